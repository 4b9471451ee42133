"""How does a new version of an app meet what was changed in it here?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import msgspec

from engine.app import App
from engine.editing.draft import open_draft
from engine.editing.merge import Choices, Merged, Stuck
from engine.editing.three_way import Conflict
from engine.problems import BrokenApp, Problem
from runtime.services import Services
from runtime.store import Unit
from runtime.store.migrate.change import Migration
from runtime.store.origins import Origin
from runtime.store.upgrades import Former, WaitingUpgrade
from runtime.workspace.meeting import Arrival, Sides, conflicts_in, log, put_in, sides_of

TRIES = 5
"""How often it is looked anew when somebody edits meanwhile."""
Also: TypeAlias = Callable[[Unit], None]


@dataclass(frozen=True)
class Upgraded:
    """The new version is what people work with, with what was changed here."""

    app: App
    kept: bool
    """Whether there was anything of one's own to keep."""
    report: Migration
    """What it did to the records."""


@dataclass(frozen=True)
class Undecided:
    """What has to be decided first. The new version waits for it, and nothing is changed."""

    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class NotMerged:
    """Why the new version and what was changed here can't be brought together as decided."""

    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...] = ()


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
        found = _met(sides, choices)
        if not isinstance(found, tuple):
            offer_upgrade(services, files, origin)
            return found
        arrival = Arrival(
            kind="upgraded", person=person, note=_noting(services, sides, files, origin, also)
        )
        try:
            done = put_in(services, sides, found, arrival)
        except BrokenApp as broken:
            return NotMerged(broken.problems)
        if done is not None:
            return Upgraded(done.whole.app, done.whole.files != _texts(files), done.report)
    raise TimeoutError("the draft is edited all the time")


def offer_upgrade(
    services: Services, files: Mapping[str, bytes], origin: Origin | None = None
) -> None:
    """Let a new version of an app wait until a designer has looked at what it would change.
    Raises BrokenApp if it does not load."""
    new = open_draft(_texts(files))
    told = msgspec.to_builtins(origin) if origin else None
    version = new.app.definition.version
    waiting = WaitingUpgrade(
        app=new.app.id, version=version, at=services.now(), origin=told, files=new.files
    )
    with services.store.unit() as unit:
        unit.upgrades.wait(waiting)


def waiting_sides(services: Services, app: str) -> tuple[WaitingUpgrade, Sides] | None:
    """Return the new version of an app that waits, with what it meets."""
    with services.store.reading() as unit:
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
            log(services, unit, app, "upgrade_declined", waiting.version, person)
    return waiting is not None


def _met(sides: Sides, choices: Choices | None) -> tuple[Merged, Merged] | Undecided | NotMerged:
    online, draft = sides.met(choices)
    conflicts = conflicts_in(draft, online)
    if any(one.target not in (choices or {}) for one in conflicts):
        return Undecided(conflicts)
    if isinstance(draft, Stuck):
        return NotMerged(draft.problems, conflicts)
    if isinstance(online, Stuck):
        return NotMerged(online.problems, conflicts)
    return online, draft


def _noting(
    services: Services, sides: Sides, files: Mapping[str, bytes], origin: Origin | None,
    also: Also | None,
) -> Callable[[Unit, Mapping[str, str]], None]:  # fmt: skip
    def note(unit: Unit, installed: Mapping[str, str]) -> None:
        app = sides.new.app.id
        unit.upgrades.forget_former(app)
        if sides.revision:
            unit.upgrades.keep_former(_former(services, unit, sides, installed))
        unit.upgrades.keep_base(app, files)
        unit.upgrades.forget(app)
        if origin is not None:
            unit.origins.keep(replace(origin, at=services.now()))
        if also is not None:
            also(unit)

    return note


def _former(services: Services, unit: Unit, sides: Sides, installed: Mapping[str, str]) -> Former:
    origin = unit.origins.one(sides.new.app.id)
    return Former(
        app=sides.new.app.id,
        version=sides.online.app.definition.version,
        at=services.now(),
        origin=msgspec.to_builtins(origin) if origin else None,
        base=sides.base.files,
        files=sides.online.files,
        upgraded=installed,
    )


def _same_publisher(unit: Unit, origin: Origin | None) -> None:
    there = unit.origins.one(origin.app) if origin else None
    if origin and there and there.key != origin.key and not origin.reason:
        raise ValueError("somebody else has just installed it")


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: content.decode("utf-8-sig") for path, content in files.items()}
