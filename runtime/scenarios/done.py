"""What is one step of a scenario while it is played, and after it?"""

from __future__ import annotations

from dataclasses import dataclass

from runtime.scenarios.values import Unplayable
from runtime.scenarios.world import Named, World
from runtime.store.handovers import Handover
from runtime.use_cases.act import Act


@dataclass(frozen=True)
class Done:
    """What came of a step; `record` is the one that it was about."""

    outcome: object
    record: Named | None = None


@dataclass(frozen=True)
class Turn:
    """One step while it is played."""

    world: World
    act: Act
    in_bulk: bool


def person(world: World, login: str) -> str:
    """Return the id of who has a login name. Raises Unplayable."""
    if login not in world.people:
        raise Unplayable(login)
    return world.people[login].id


def named(turn: Turn, name: str) -> Named:
    """Return the record that steps call by a name. Raises Unplayable."""
    if name not in turn.world.names:
        raise Unplayable(name)
    return turn.world.names[name]


def newest_list(world: World, login: str) -> Handover:
    """Return the newest list of what somebody hands over. Raises Unplayable."""
    with world.services.store.reading() as unit:
        found = unit.handovers.of_person(person(world, login))
    if not found:
        raise Unplayable(login)
    return found[0]
