"""How does an app become again what it was before its upgrade, with the records of today?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from engine.app import App
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Target
from engine.editing.merge import Merged, Stuck
from engine.editing.three_way import Conflict, Side
from engine.packages.breaking import Breaking
from runtime.packages.blocking import breaking_for
from runtime.packages.plan import Obstacle, requirements
from runtime.services import Services
from runtime.store import Unit
from runtime.store.origins import Origin
from runtime.store.upgrades import Former
from runtime.workspace.meeting import Arrival, Sides, conflicts_in, put_in, sides_of

TRIES = 5
"""How often it is looked anew when somebody edits meanwhile, or decided what else meets."""


@dataclass(frozen=True)
class RolledBack:
    """The former version is what people work with again."""

    app: App
    given_up: tuple[Conflict, ...]
    """What was changed here since the upgrade and has no place in the former version."""


@dataclass(frozen=True)
class WayBack:
    """What going back would mean."""

    former: Former
    obstacles: tuple[Obstacle, ...]
    breaking: tuple[tuple[Breaking, int | None], ...]
    """What the former version does not have, with how many records use it."""


def way_back(services: Services, app: str) -> WayBack | None:
    """Return to which version an app can go back and what that takes away; None if to none."""
    with services.store.reading() as unit:
        former = unit.upgrades.former(app) if unit.packages.one(app) else None
    if former is None:
        return None
    before = open_draft(former.files).app
    obstacles = tuple(requirements(services.apps, before))
    return WayBack(former, obstacles, tuple(breaking_for(services, before)))


def roll_back(
    services: Services, app: str, person: str | None = None
) -> RolledBack | tuple[Obstacle, ...] | None:
    """Install what an app was before its last upgrade, as one transaction. Records stay as they
    are; what only the newer version had is kept out of sight until it comes again. What was
    changed here since stays too, as far as the former version has a place for it. Returns what
    stands against it, or None if there is nothing to go back to."""
    for _ in range(TRIES):
        with services.store.unit() as unit:
            former = unit.upgrades.former(app) if unit.packages.one(app) else None
            if former is None:
                return None
            before = open_draft(former.files)
            sides = sides_of(unit, before, former.upgraded)
        obstacles = tuple(requirements(services.apps, before.app))
        if obstacles:
            return obstacles
        found, given_up = _returned(sides)
        note = _noting(former)
        arrival = Arrival(kind="rolled_back", person=person, note=note, back_from=sides.online.app)
        done = put_in(services, sides, found, arrival)
        if done is not None:
            return RolledBack(done.whole.app, given_up)
    raise TimeoutError("the draft is edited all the time")


def _returned(sides: Sides) -> tuple[tuple[Merged, Merged], tuple[Conflict, ...]]:
    """Return what becomes of what is online and of the draft: where the upgrade and a later edit
    changed the same, it is as before the upgrade."""
    choices: dict[Target, Side] = {}
    for _ in range(TRIES):
        online, draft = sides.met(choices)
        conflicts = conflicts_in(draft, online)
        if all(one.target in choices for one in conflicts):
            break
        choices = {one.target: "theirs" for one in conflicts}
    return (_sound(online, sides.new), _sound(draft, sides.new)), conflicts


def _sound(found: Merged | Stuck, former: Draft) -> Merged:
    return found if isinstance(found, Merged) else Merged(former, ())


def _noting(former: Former) -> Callable[[Unit, Mapping[str, str]], None]:
    def note(unit: Unit, _installed: Mapping[str, str]) -> None:
        app = former.app
        unit.upgrades.keep_base(app, {path: text.encode() for path, text in former.base.items()})
        unit.upgrades.forget_former(app)
        if former.origin is None:
            unit.origins.forget(app)
        else:
            unit.origins.keep(msgspec.convert(former.origin, Origin))

    return note
