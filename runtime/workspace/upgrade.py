"""How does a new version of an app meet what was changed in it here?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import msgspec

from engine.app import App
from engine.editing.draft import Draft, open_draft
from engine.editing.line_splices import line_splices
from engine.editing.mending import mended
from engine.editing.merge import Choices, Merged, Stuck, merge
from engine.editing.three_way import Conflict
from engine.problems import BrokenApp, Problem
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.app_versions import AppVersion
from runtime.store.drafts import DraftHead, DraftStep
from runtime.store.ids import new_id
from runtime.store.migrate.install import install
from runtime.store.origins import Origin
from runtime.store.upgrades import WaitingUpgrade

TRIES = 5
"""How often it is looked anew when somebody edits meanwhile."""


Also: TypeAlias = Callable[[Unit, App], None]
"""What happens in the same transaction as an installation."""


@dataclass(frozen=True)
class Noted:
    """What is noted of an installation, and what happens along with it."""

    origin: Origin | None
    person: str | None
    also: Also | None


@dataclass(frozen=True)
class Upgraded:
    """The new version is what people work with, with what was changed here."""

    app: App
    kept: bool
    """Whether there was anything of one's own to keep."""


@dataclass(frozen=True)
class Undecided:
    """What has to be decided first. The new version waits for it, and nothing is changed."""

    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class NotMerged:
    """Why the new version and what was changed here can't be brought together as decided."""

    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Sides:
    """What meets in an upgrade."""

    base: Draft
    """The package as it was."""
    online: Draft
    """What people work with now."""
    draft: Draft | None
    """What designers are changing, if they have not published all of it."""
    new: Draft
    revision: int
    head: DraftHead | None

    def met(self, choices: Choices | None) -> tuple[Merged | Stuck, Merged | Stuck]:
        """Return what becomes of what is online and of the draft."""
        online = merge(self.base, self.online, self.new, choices)
        if self.draft is None:
            return online, online
        return online, merge(self.base, self.draft, self.new, choices)


def conflicts_in(*found: Merged | Stuck) -> tuple[Conflict, ...]:
    """Return what both sides changed, in what is online and in the draft, each thing once."""
    known = {one.target: one for each in found for one in each.conflicts}
    return tuple(known.values())


def upgrade_app(
    services: Services,
    files: Mapping[str, bytes],
    *,
    choices: Choices | None = None,
    origin: Origin | None = None,
    person: str | None = None,
    also: Also | None = None,
) -> Upgraded | Undecided | NotMerged:
    """Install a new version of an app as one transaction, and keep what was published and edited
    here; `also` happens in the same transaction. Where both changed the same, the new version
    waits until that is decided. Raises BrokenApp if the new version does not load, ValueError if
    another publisher's came first."""
    new = open_draft(_texts(files))
    for _ in range(TRIES):
        with services.store.unit() as unit:
            _same_publisher(unit, origin)
            sides = sides_of(unit, new)
        online, draft = sides.met(choices)
        conflicts = conflicts_in(draft, online)
        if any(one.target not in (choices or {}) for one in conflicts):
            _wait(services, new, origin)
            return Undecided(conflicts)
        if isinstance(online, Stuck) or isinstance(draft, Stuck):
            _wait(services, new, origin)
            stuck = [one for one in (draft, online) if isinstance(one, Stuck)]
            return NotMerged(stuck[0].problems, conflicts)
        noted = Noted(origin, person, also)
        done = _install(services, sides, (online, draft), files, noted)
        if done is not None:
            return done
    raise TimeoutError("the draft is edited all the time")


def sides_of(unit: Unit, new: Draft) -> Sides:
    """Return what an upgrade to a version meets."""
    app = new.app.id
    package = unit.packages.one(app)
    head = unit.drafts.head(app)
    if package is None:
        return Sides(new, new, None, new, 0, head)
    online = open_draft(unit.packages.files(app))
    base = unit.upgrades.base(app) or unit.app_versions.files(app, 1)
    edited = head is not None and unit.drafts.pending(app) > 0
    return Sides(
        base=open_draft(base) if base is not None else online,
        online=online,
        draft=open_draft(unit.drafts.files(app)) if edited else None,
        new=new,
        revision=package.revision,
        head=head,
    )


def waiting_sides(services: Services, app: str) -> tuple[WaitingUpgrade, Sides] | None:
    """Return the new version of an app that waits, with what it meets."""
    with services.store.unit() as unit:
        waiting = unit.upgrades.waiting(app)
        return None if waiting is None else (waiting, sides_of(unit, open_draft(waiting.files)))


def finish_upgrade(
    services: Services, app: str, choices: Choices, person: str
) -> Upgraded | Undecided | NotMerged | None:
    """Install the new version that waits, as it was decided; None if none does."""
    with services.store.reading() as unit:
        waiting = unit.upgrades.waiting(app)
    if waiting is None:
        return None
    files = {path: text.encode() for path, text in waiting.files.items()}
    origin = msgspec.convert(waiting.origin, Origin) if waiting.origin else None
    try:
        return upgrade_app(services, files, choices=choices, origin=origin, person=person)
    except ValueError:
        decline_upgrade(services, app, person)
        return None


def decline_upgrade(services: Services, app: str, person: str) -> bool:
    """Stay with what is installed; False if no new version waits."""
    with services.store.unit() as unit:
        waiting = unit.upgrades.waiting(app)
        unit.upgrades.forget(app)
        if waiting is not None:
            _log(services, unit, app, "upgrade_declined", waiting.version, person)
    return waiting is not None


def _same_publisher(unit: Unit, origin: Origin | None) -> None:
    there = unit.origins.one(origin.app) if origin else None
    if origin and there and there.key != origin.key and not origin.reason:
        raise ValueError("somebody else has just installed it")


def _wait(services: Services, new: Draft, origin: Origin | None) -> None:
    told = msgspec.to_builtins(origin) if origin else None
    version = new.app.definition.version
    with services.store.unit() as unit:
        waiting = WaitingUpgrade(
            app=new.app.id, version=version, at=services.now(), origin=told, files=new.files
        )
        unit.upgrades.wait(waiting)


def _install(
    services: Services, sides: Sides, found: tuple[Merged, Merged], files: Mapping[str, bytes],
    noted: Noted,
) -> Upgraded | NotMerged | None:  # fmt: skip
    """Install what was merged; None if somebody went on meanwhile, so that it must be merged
    anew."""
    try:
        whole = mended(found[0].draft)
    except BrokenApp as broken:
        return NotMerged(broken.problems)
    app, now = whole.app, services.now()
    packed = {path: text.encode() for path, text in whole.files.items()}
    own = whole.files != _texts(files)
    with services.store.installation(app) as unit:
        if not _as_before(unit, app.id, sides):
            unit.rollback()
        else:
            install(unit, app, packed, now)
            unit.upgrades.keep_base(app.id, files)
            unit.upgrades.forget(app.id)
            if noted.origin is not None:
                unit.origins.keep(replace(noted.origin, at=now))
            _keep_version(services, unit, whole.app, whole.files, noted.person)
            _follow(services, unit, sides, found[1].draft, noted.person)
            _log(services, unit, app.id, "upgraded", app.definition.version, noted.person)
            if noted.also is not None:
                noted.also(unit, app)
            services.apps[app.id] = app
            return Upgraded(app, own)
    if app.id in services.apps:
        services.store.serve(services.apps[app.id])
    return None


def _as_before(unit: Unit, app: str, sides: Sides) -> bool:
    package = unit.packages.one(app)
    head = unit.drafts.head(app, hold=True)
    rev = (head.rev, head.base) if head else None
    known = (sides.head.rev, sides.head.base) if sides.head else None
    return (package.revision if package else 0) == sides.revision and rev == known


def _keep_version(
    services: Services, unit: Unit, app: App, files: Mapping[str, str], person: str | None
) -> None:
    """Where versions are kept, an upgrade is one too."""
    if unit.app_versions.list(app.id):
        number = unit.app_versions.next_number(app.id)
        note = app.definition.version
        version = AppVersion(app=app.id, number=number, at=services.now(), person=person, note=note)
        unit.app_versions.keep(app.id, files, version)


def _follow(services: Services, unit: Unit, sides: Sides, after: Draft, person: str | None) -> None:
    """Let the draft be what it becomes, as a step that is nobody's edit."""
    if sides.draft is None or sides.head is None:
        return
    app, seq = sides.head.app, sides.head.rev + 1
    splices = line_splices(sides.draft.files, after.files)
    paths = sorted({one.path for one in splices})
    step = DraftStep(
        app=app, seq=seq, kind="upgrade", person=person or "", at=services.now(), edits=[],
        splices=[msgspec.to_builtins(one) for one in splices],
        touched=[[path] for path in paths], state="gone", last=seq,
    )  # fmt: skip
    unit.drafts.add(step, {path: after.files.get(path) for path in paths})
    package = unit.packages.one(app)
    unit.drafts.published(app, sides.head.published, package.revision if package else 0)


def _log(
    services: Services, unit: Unit, app: str, kind: str, version: str, person: str | None
) -> None:
    now = services.now()
    data: dict[str, Any] = {"version": version}
    unit.events.add(Event(id=new_id(now), at=now, kind=kind, app=app, actor=person, data=data))


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: content.decode("utf-8-sig") for path, content in files.items()}
