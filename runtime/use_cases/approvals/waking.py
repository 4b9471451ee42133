"""When is an approval looked at anew, beside the moments that it chose itself?"""

from __future__ import annotations

from datetime import datetime

from engine.record import Actor
from runtime.store import Unit
from runtime.store.tasks import Asked
from runtime.use_cases.act import Act

WAKE = "wake_approval"
"""`approval`, `at`: look at it anew. With `person`: at all that wait for somebody."""
CHILD = "link_approvals"
"""`approval`, `visit`, `what`: start or end the approval that another waits for, or say how it
ended."""
START_CHILD, END_CHILD = "start", "end"
MOST = 10_000
NOBODY = Actor(id="approval", name="审批流程", admin=True)
"""As whom an approval does what the clock or its definition asks for."""


def by_itself() -> Act:
    """Return the act of an approval that nobody does anything to."""
    return Act(actor=NOBODY, door="automation")


def wake_for_record(unit: Unit, record: str, version: int, now: datetime, but: str | None) -> None:
    """Let the approvals of a record look at what it has become, except the one that changed it."""
    for approval in unit.approvals.of_record(record, running=True):
        if approval.id != but:
            key = f"{WAKE}:{approval.id}:v{version}"
            unit.jobs.save(WAKE, {"approval": approval.id}, now, key=key)


def wake_for_person(unit: Unit, person: str, now: datetime, due: datetime | None = None) -> None:
    """Let everything that waits for a person be looked at, now or at a moment: the person leaves,
    or hands over for a time."""
    key = f"{WAKE}:person:{person}:{(due or now).isoformat()}"
    unit.jobs.save(WAKE, {"person": person}, now, key=key, due=due)


def waiting_for(unit: Unit, person: str) -> tuple[str, ...]:
    """Return the approvals that wait for a person."""
    asked = Asked(kinds=("approve", "handle", "opinion", "todo", "cc"), limit=MOST)
    found = (task.approval for task in unit.tasks.of_person(person, asked))
    return tuple(dict.fromkeys(approval for approval in found if approval))
