"""When does something happen by itself at a step?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.approvals.course import Course
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Visit
from engine.approvals.turns import stalled
from engine.deadlines import counted
from engine.definition.deadline import DeadlineDef
from engine.definition.workflow import RungDef, WaitStep
from engine.worktime import add

AGAIN = timedelta(days=1)
"""How often one looks for somebody when there is nobody at all."""


@dataclass(frozen=True)
class Due:
    """One time that a rung of a ladder comes."""

    rung: RungDef
    number: int
    """The rung's place on the ladder."""
    time: int
    when: datetime

    @property
    def key(self) -> str:
        """Tells this time from all others of the visit."""
        return f"{self.number}.{self.time}"


def ladder_of(course: Course, visit: Visit) -> tuple[Due, ...]:
    """Return everything that happens by itself at a visit and has not happened yet."""
    if visit.step == SUBMITTER or visit.due is None:
        return ()
    step = course.plan.step(visit.step)
    if not isinstance(step, Deciding) or step.within is None:
        return ()
    comes = [
        due
        for number, rung in enumerate(step.ladder)
        for due in _times(course, step.within, visit.due, rung, number)
        if due.key not in visit.fired
    ]
    return tuple(sorted(comes, key=lambda due: (due.when, due.number)))


def too_late(course: Course, visit: Visit) -> tuple[str, ...]:
    """Return what would have come before the step began: nobody is warned of what is past."""
    ladder = ladder_of(course, visit)
    return tuple(due.key for due in ladder if due.rung.before and due.when <= course.now)


def _times(
    course: Course, within: DeadlineDef, due: datetime, rung: RungDef, number: int
) -> Iterator[Due]:
    windows, _ = counted(within, course.facts.calendar)
    zone = course.facts.calendar.zone
    offset = rung.after or -(rung.before or timedelta(0))
    for time in range(rung.times if rung.every else 1):
        when = add(windows, zone, due, offset + time * (rung.every or timedelta(0)))
        yield Due(rung, number, time, when)


def next_wake(course: Course) -> datetime | None:
    """Return when the run must look at everything anew, if nobody does anything before."""
    if course.run.outcome is not None:
        return None
    moments = [moment for visit in course.open_visits() for moment in _moments(course, visit)]
    return min(moments, default=None)


def _moments(course: Course, visit: Visit) -> Iterator[datetime]:
    if visit.step == SUBMITTER:
        if stalled(visit):
            yield course.now + AGAIN
        return
    step = course.plan.step(visit.step)
    if isinstance(step, WaitStep):
        if visit.due is not None:
            yield visit.due
    elif isinstance(step, Deciding):
        if stalled(visit):
            yield course.now + AGAIN
        yield from (due.when for due in ladder_of(course, visit)[:1])
