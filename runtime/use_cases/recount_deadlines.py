"""How do deadlines under way follow the working calendar when a day of it changes?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.approvals import from_data
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.store.jobs import Job
from runtime.store.task_terms import open_terms
from runtime.use_cases.approvals.wake_approval import NotTaken, wake_approval
from runtime.use_cases.approvals.waking import WAKE
from runtime.work_calendar import FRESH

KIND = "recount_deadlines"
SOON = timedelta(seconds=FRESH + 1)
"""By then no process goes by what the calendar said before."""
Tell = Callable[[int, int | None], None]


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """How many approvals and to-dos were looked at, and of how many a deadline lies elsewhere."""

    approvals: int = 0
    tasks: int = 0
    moved: int = 0


def recount_later(unit: Unit, now: datetime) -> None:
    """Leave it to be done as soon as every process knows the calendar, in the transaction that
    changes it. Stages and rules need nothing: they count anew each time that they look."""
    unit.jobs.save(KIND, {}, now, due=now + SOON)


def last_recount(services: Services) -> Job | None:
    """Return how the deadlines were last counted anew, or are to be."""
    with services.store.reading() as unit:
        return unit.jobs.latest(KIND)


def recount_deadlines(services: Services, tell: Tell) -> Recounted:
    """Look anew at every approval under way, each in a transaction of its own, and at what people
    have to do in working time; what is due, and what comes before and after it, is worked out by
    the calendar of now. Twice is as once."""
    services.calendar.forget()
    with services.store.reading() as unit:
        ids = [approval.id for approval in unit.approvals.running()]
    moved = 0
    for number, id_ in enumerate(ids, start=1):
        moved += _moved(services, id_)
        tell(number, len(ids))
    tasks, later = _to_dos(services)
    return Recounted(approvals=len(ids), tasks=tasks, moved=moved + later)


def _to_dos(services: Services) -> tuple[int, int]:
    """Move what people have to do; return how many there are, and how many were moved."""
    with services.store.unit() as unit:
        terms = tuple(open_terms(unit))
        moved = 0
        for term in terms:
            due = term.within.after(term.opened_at, services.calendar)
            moved += due != term.due and unit.tasks.put_due(term.task, due)
    return len(terms), moved


def _moved(services: Services, id_: str) -> bool:
    try:
        with services.store.unit() as unit:
            before = _dues(unit.approvals.one(id_))
            wake_approval(services, unit, {"approval": id_})
            return _dues(unit.approvals.one(id_)) != before
    except NotTaken:
        with services.store.unit() as unit:  # its own job tries again, and shows why it can not
            unit.jobs.save(WAKE, {"approval": id_}, services.now())
        return False


def _dues(approval: Approval | None) -> Mapping[int, datetime | None]:
    visits = from_data(approval.run).visits if approval else ()
    return {visit.n: visit.due for visit in visits if visit.state == "open"}
