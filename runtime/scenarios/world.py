"""In which workspace does a scenario play, who is in it, and what time is it there?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from engine.app import App, Form
from engine.definition.scenario import GivenDef
from engine.definition.scenario_outside import GivenAnswer
from engine.moments import moment
from engine.record import Actor
from runtime.clock import now as now_here
from runtime.scenarios.cast import cast
from runtime.services import Services
from runtime.settings import Settings
from runtime.store import Store
from runtime.store.copying import (
    copy_workspace,
    drop_schemas,
    keep_schema,
    put_schema_back,
)
from runtime.use_cases.act import Act, Door
from runtime.work_calendar import WorkspaceCalendar
from runtime.workspace.demo_data import Ids, add_rows, install_demo, people_by_login
from runtime.workspace.people_file import PeopleFile, add_people

ZONE = "Asia/Shanghai"
NOBODY_SIGNS_IN = "!"


@dataclass
class Clock:
    """The time in a scenario: it stands still until a step moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Named:
    """A record that steps call by a name."""

    form: Form
    id: str


@dataclass
class World:
    """One scenario's workspace while it plays."""

    services: Services
    app: App
    clock: Clock
    people: Mapping[str, Actor]
    names: dict[str, Named] = field(default_factory=dict)
    answers: dict[tuple[str, str], list[GivenAnswer]] = field(default_factory=dict)
    """What other systems answer next, by connector and operation."""

    def act(self, login: str, door: Door = "scenario", reason: str | None = None) -> Act:
        """Return an act of a person, with the rights of now."""
        with self.services.store.reading() as unit:
            now = unit.people.actor(self.people[login].id)
        return Act(actor=now or self.people[login], door=door, reason=reason)

    def called(self, id_: str) -> str:
        """Return what the steps call a record, or its id if they don't."""
        return next((name for name, named in self.names.items() if named.id == id_), id_)


@dataclass(frozen=True)
class Beginning:
    """A workspace that scenarios start from, and the one that they play in, one by one."""

    url: str
    """Its database, in which scenarios play."""
    kept: str
    """Where it is kept as it was when it was made."""
    store: Store
    people: Mapping[str, Actor]
    ids: Ids


class Workshop:
    """Makes worlds: the app is installed once per beginning, and put back for each scenario."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        home: Path,
        people: PeopleFile,
        database: str | None = None,
    ) -> None:
        self._files = files
        self._home = home
        self._people = people
        self._database = database
        self._beginnings: dict[tuple[bool, datetime | None], Beginning] = {}

    def close(self) -> None:
        """Let go of all databases."""
        for beginning in self._beginnings.values():
            if beginning.store.dialect == "postgresql":
                drop_schemas(beginning.store, beginning.kept)
            beginning.store.close()

    def world(self, app: App, given: GivenDef) -> World:
        """Return a world as the scenario is given it; the next one undoes what happened in it."""
        start = _start(given)
        beginning = self._beginning(app, given.demo, start)
        _put_back(beginning)
        app = _with_asleep(app, given.asleep)
        services = self._services(app, beginning.store, beginning.url, Clock(start))
        return _opened(services, app, given, beginning)

    def _beginning(self, app: App, demo: bool, start: datetime) -> Beginning:
        key = (demo, start if demo else None)
        if key not in self._beginnings:
            self._beginnings[key] = self._make(app, demo, start)
        return self._beginnings[key]

    def _make(self, app: App, demo: bool, start: datetime) -> Beginning:
        number = len(self._beginnings)
        url, kept = self._places(number)
        store = Store(url, self._home / "files")
        with store.unit() as unit:
            add_people(unit, cast(self._people, app), NOBODY_SIGNS_IN, start)
        store.install(app, self._files, start)
        ids = _demo(self._services(app, store, url, Clock(start)), app) if demo else {}
        with store.reading() as unit:
            people = people_by_login(unit)
        beginning = Beginning(url, kept, store, people, ids)
        _keep(beginning)
        return beginning

    def _places(self, number: int) -> tuple[str, str]:
        """Return where a beginning plays, and where it is kept."""
        if self._database is None:
            played, kept = (self._home / f"{state}-{number}.db" for state in ("played", "kept"))
            return f"sqlite:///{played}", str(kept)
        name = f"scenarios_{secrets.token_hex(6)}"
        mark = "&" if "?" in self._database else "?"
        return f"{self._database}{mark}schema={name}", f"{name}_kept"

    def _services(self, app: App, store: Store, url: str, clock: Clock) -> Services:
        made = services_of(app, store, self._home / "played.db", clock)
        return replace(made, settings=replace(made.settings, database_url=url))


def open_scratch(path: Path) -> Store:
    """Open a workspace in a file that is thrown away afterwards."""
    return Store(f"sqlite:///{path}")


def services_of(app: App, store: Store, path: Path, clock: Clock) -> Services:
    """Return what use cases need in a workspace that has this one app and its own clock."""
    settings = Settings(
        home=path.parent,
        database_url=f"sqlite:///{path}",
        secret_key="-" * 32,
        zone=ZONE,
        cheap_passwords=True,
    )
    calendar = WorkspaceCalendar(store, ZONE)
    return Services(
        store=store, apps={app.id: app}, clock=clock, calendar=calendar, settings=settings
    )


def _demo(services: Services, app: App) -> Ids:
    with services.store.unit() as unit:
        return install_demo(services, unit, app)


def _keep(beginning: Beginning) -> None:
    if beginning.store.dialect == "postgresql":
        keep_schema(beginning.store, beginning.kept)
    else:
        copy_workspace(_file(beginning), Path(beginning.kept))


def _put_back(beginning: Beginning) -> None:
    if beginning.store.dialect == "postgresql":
        put_schema_back(beginning.store, beginning.kept)
    else:
        copy_workspace(Path(beginning.kept), _file(beginning))


def _file(beginning: Beginning) -> Path:
    return Path(beginning.url.removeprefix("sqlite:///"))


def _start(given: GivenDef) -> datetime:
    return moment(given.now, now_here().astimezone(ZoneInfo(ZONE)))


def _with_asleep(app: App, rules: tuple[str, ...]) -> App:
    asleep = {
        id_: replace(rule, definition=msgspec.structs.replace(rule.definition, paused=True))
        for id_, rule in app.rules.items()
        if id_ in rules
    }
    return replace(app, rules={**app.rules, **asleep}) if asleep else app


def _opened(services: Services, app: App, given: GivenDef, beginning: Beginning) -> World:
    rows = [(app.forms[row.form], row) for row in given.records]
    known, people = beginning.ids, beginning.people
    ids = add_rows(services, app, rows, known, people) if rows else known
    names = {name: Named(app.forms[form], id_) for (form, name), id_ in ids.items()}
    clock = services.clock
    assert isinstance(clock, Clock)
    answers: dict[tuple[str, str], list[GivenAnswer]] = {}
    for one in given.answers:
        answers.setdefault((one.connector, one.operation), []).append(one)
    return World(services, app, clock, people, names, answers)
