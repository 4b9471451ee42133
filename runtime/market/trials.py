"""How is an app tried with its sample data, in a workspace of its own that is thrown away?"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from engine.app import App
from engine.loading.load import load_app
from engine.packages.broken import BrokenPackage
from engine.packages.manifest import PLATFORM
from engine.packages.package import Package
from engine.record import Actor
from engine.wording import Label, Message
from runtime.market.catalogue import Offering, offering
from runtime.packages.folder import write_whole
from runtime.packages.plan import served
from runtime.scenarios.cast import cast
from runtime.scenarios.world import NOBODY_SIGNS_IN
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.copying import copy_workspace
from runtime.workspace.demo_data import BadDemoData, install_demo
from runtime.workspace.open import open_workspace
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import PeopleFile, add_people, read_people

JOB, CLOSING = "prepare_trial", "remove_trial"
KEPT = timedelta(hours=4)
"""How long a trial can be walked through."""
MOST = 20
"""Trials at the same time; each is a few megabytes and some memory."""
DATABASE, STORY = "trial.db", "trial.json"

Loaded: TypeAlias = tuple[App, Mapping[str, bytes]]
Progress = Callable[[int, int | None], None]


class Trial(Struct, frozen=True, kw_only=True):
    """One workspace in which somebody tries an app."""

    id: str
    app: str
    label: Label
    source: str
    begun: datetime
    person: str
    """Who tries it: nobody else walks in it."""
    who: str = ""
    """In whose place they are now."""


@dataclass(frozen=True)
class Prepared:
    """A workspace with an app and its sample data, of which trials are copies."""

    folder: Path

    @property
    def ready(self) -> bool:
        """Whether it is all there."""
        return (self.folder / DATABASE).is_file()


def prepared(services: Services, digest: str) -> Prepared:
    """Return where the workspace lies that trials of a package are copied from on this day: its
    records tell of yesterday and tomorrow."""
    day = services.today(services.now()).isoformat()
    return Prepared(_home(services) / f"ready-{digest[:32]}-{day}")


def start_trial(services: Services, actor: Actor, found: Offering) -> str:
    """Prepare trials of an app in the background, and return the job."""
    digest = found.latest.sha256
    given = {"package": found.entry.app, "source": found.source.id, "digest": digest}
    with services.store.unit() as unit:
        return unit.jobs.save(JOB, given, services.now(), person=actor.id)


def prepare(services: Services, package: Package, digest: str, progress: Progress) -> None:
    """Make the workspace that trials are copied from, whole or not at all. Raises BrokenPackage
    if its sample data is refused, or if an app that it needs is not to be had."""
    place = prepared(services, digest)
    if place.ready:
        return
    _sweep(services)
    building = place.folder.with_name(f"making-{secrets.token_hex(8)}")
    building.mkdir(mode=0o700, parents=True)
    try:
        _fill(services, package, building, progress)
        building.rename(place.folder)
    except (BadDemoData, KeyError) as bad:
        message = Message("它的示例数据装不上：{why}", why=str(bad))
        raise BrokenPackage("trial.data", message) from bad
    finally:
        shutil.rmtree(building, ignore_errors=True)


def begin_trial(services: Services, actor: Actor, found: Offering) -> Trial | None:
    """Copy the workspace that was prepared for an app; None if there are too many trials."""
    if len(list(_home(services).glob("trial-*"))) >= MOST:
        return None
    place, now = prepared(services, found.latest.sha256), services.now()
    trial = Trial(
        id=secrets.token_hex(16),
        app=found.entry.app,
        label=found.entry.label,
        source=found.source.id,
        begun=now,
        person=actor.id,
    )
    folder = _folder(services, trial.id)
    folder.mkdir(mode=0o700, parents=True)
    copy_workspace(place.folder / DATABASE, folder / DATABASE)
    shutil.copytree(place.folder / "files", folder / "files", dirs_exist_ok=True)
    _note(services, trial)
    with services.store.unit() as unit:
        unit.jobs.save(CLOSING, {"trial": trial.id}, now, due=now + KEPT)
    return trial


def trial_of(services: Services, id_: str) -> Trial | None:
    """Return a trial that is still open."""
    path = _folder(services, id_) / STORY
    if not id_.isalnum() or not path.is_file():
        return None
    trial = msgspec.json.decode(path.read_bytes(), type=Trial)
    return trial if services.now() < trial.begun + KEPT else None


def take_place(services: Services, trial: Trial, person: str) -> None:
    """Be somebody else in a trial from now on."""
    _note(services, replace(trial, who=person))


def open_trial(services: Services, trial: Trial) -> Services:
    """Return what serves the workspace of a trial; whoever asked closes its store."""
    return open_workspace(_settings(services, _folder(services, trial.id)), services.clock)


def end_trial(services: Services, id_: str) -> None:
    """Throw a trial away with all that was done in it."""
    if id_.isalnum():
        shutil.rmtree(_folder(services, id_), ignore_errors=True)


def personas(trial: Services, app: str) -> tuple[Actor, ...]:
    """Return whose place somebody can take in a trial: first who may make records, then by the
    order of the roles."""
    with trial.store.reading() as unit:
        found = [unit.people.actor(person.id) for person in unit.people.list()]
    definition = trial.apps[app]
    order = [role.id for role in definition.definition.roles]
    playing = [one for one in found if one is not None and one.roles_in(app)]

    def place(actor: Actor) -> tuple[bool, int]:
        mine = actor.roles_in(app)
        grants = (
            form.definition.access.get(role) for form in definition.forms.values() for role in mine
        )
        makes = any(grant and grant.create for grant in grants)
        return not makes, min((order.index(role) for role in mine if role in order), default=99)

    return tuple(sorted(playing, key=place))


def _note(services: Services, trial: Trial) -> None:
    write_whole(_folder(services, trial.id) / STORY, msgspec.json.encode(trial), mode=0o600)


def _fill(services: Services, package: Package, folder: Path, progress: Progress) -> None:
    inside = open_workspace(_settings(services, folder), services.clock, whole=True)
    (folder / "files").mkdir(exist_ok=True)
    with closing(inside.store):
        needed = {app.id: (app, files) for app, files in _needed(services, package)}
        steps = 2 * len(needed) + 1
        progress(0, steps)
        apps = []
        for done, (app, files) in enumerate(needed.values(), 1):
            inside.store.install(app, files, inside.now())
            inside.apps[app.id] = app
            apps.append(app)
            progress(done, steps)
        people = _players()
        for app in apps:
            people = cast(people, app)
        with inside.store.unit() as unit:
            add_people(unit, people, NOBODY_SIGNS_IN, inside.now())
        for done, app in enumerate(apps, len(apps) + 1):
            with inside.store.unit() as unit:
                install_demo(inside, unit, app)
            progress(done, steps)


def _needed(services: Services, package: Package) -> Iterator[Loaded]:
    """Yield an app with its files, after the apps that it needs."""
    for other in package.app.definition.requires:
        if other != PLATFORM:
            yield from _installed_or_offered(services, other)
    yield package.app, served(package.files)


def _installed_or_offered(services: Services, id_: str) -> Iterator[Loaded]:
    with services.store.reading() as unit:
        files = unit.packages.files(id_)
    if files:
        app = load_app(files, checked=True)
        for other in app.definition.requires:
            if other != PLATFORM:
                yield from _installed_or_offered(services, other)
        yield app, files
        return
    found = offering(services, id_)
    if found is None:
        message = Message("它需要的应用“{app}”这里没有", app=id_)
        raise BrokenPackage("trial.requires", message)
    yield from _needed(services, found.package())


def _players() -> PeopleFile:
    """Return the people of the demo: nobody is an administrator, and nothing reaches them."""
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    players = (replace(one, admin=False, email=None, phone=None) for one in people.people)
    return replace(people, people=tuple(players))


def _settings(services: Services, folder: Path) -> Settings:
    own = services.settings
    return Settings(
        home=folder,
        database_url=f"sqlite:///{folder / DATABASE}",
        secret_key=secrets.token_urlsafe(32),
        zone=own.zone,
        https=own.https,
        hosts=own.hosts,
        max_upload=own.max_upload,
        job_threads=0,
        cheap_passwords=True,
    )


def _sweep(services: Services) -> None:
    """Remove what was prepared on another day."""
    day = services.today(services.now()).isoformat()
    for folder in _home(services).glob("ready-*"):
        if not folder.name.endswith(day):
            shutil.rmtree(folder, ignore_errors=True)


def _folder(services: Services, id_: str) -> Path:
    return _home(services) / f"trial-{id_}"


def _home(services: Services) -> Path:
    return services.settings.home / "trials"
