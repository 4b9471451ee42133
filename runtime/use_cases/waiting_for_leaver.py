"""What waits for somebody who goes, or went on with others since they are gone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.approvals import from_data
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.store.tasks import Asked, Task

MOST = 2_000
TASKS = Asked(kinds=("todo",), limit=MOST)
SEATS = Asked(kinds=("approve", "handle", "opinion", "todo"), limit=MOST)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An approval that waits for somebody, or for who sits in their place since they left."""

    approval: Approval
    with_: str
    """Who has it just now."""


def to_dos_of(unit: Unit, person: str) -> tuple[Task, ...]:
    """Return the open to-dos of a person that are no part of an approval."""
    found = unit.tasks.of_person(person, TASKS)
    return tuple(task for task in found if task.approval is None)


def approvals_of(services: Services, unit: Unit, person: str) -> tuple[Waiting, ...]:
    """Return the approvals that wait for a person, and those that went to somebody else because
    the person left; each once."""
    own = [task.approval for task in unit.tasks.of_person(person, SEATS) if task.approval]
    known = unit.approvals.by_ids(own)
    found = {id_: Waiting(approval=known[id_], with_=person) for id_ in own if id_ in known}
    for waiting in _taken_on(services, unit, person):
        found.setdefault(waiting.approval.id, waiting)
    return tuple(found.values())


def _taken_on(services: Services, unit: Unit, person: str) -> Iterator[Waiting]:
    leaver = unit.people.one(person)
    if leaver is None or leaver.active:
        return
    for app in list(services.apps):
        for approval in unit.approvals.running(app):
            for seat in from_data(approval.run).open_seats:
                if seat.why == "left" and seat.instead_of == person:
                    yield Waiting(approval=approval, with_=seat.person)
