"""How does a deadline move while something is asked: with a date of the record, or the calendar?"""

from __future__ import annotations

from datetime import datetime

from engine.approvals.course import Course
from engine.approvals.effects import MoveDue
from engine.approvals.plan import Deciding
from engine.approvals.run import Visit
from engine.approvals.timing import ladder_of
from engine.deadlines import due_at, paused
from engine.definition.workflow import WaitStep


def move_due(course: Course, visit: Visit, step: Deciding | WaitStep) -> None:
    """Put a deadline where it lies by the record and the calendar of now. Worked out from when
    the step was come to, and the times for which it rested: twice is the same as once."""
    if step.within is None:
        return
    due = _due(course, visit, step)
    if due == visit.due:
        return
    later = due is not None and (visit.due is None or due > visit.due)
    moved = course.put(visit, due=due, fired=() if later else visit.fired)
    if later:
        # What would have come by now is not made up for: the new date is what counts.
        come = tuple(one.key for one in ladder_of(course, moved) if one.when <= course.now)
        course.put(moved, fired=come)
    for seat in visit.seats:
        if seat.state == "open" and seat.kind in ("approve", "handle"):
            course.emit(MoveDue(seat=seat.id, due=due))


def _due(course: Course, visit: Visit, step: Deciding | WaitStep) -> datetime | None:
    assert step.within is not None
    calendar = course.facts.calendar
    due = due_at(step.within, visit.opened_at, course.row, calendar)
    for since, until in visit.rests if isinstance(step, Deciding) else ():
        if due is not None:
            due = paused(step.within, due, calendar, since=since, now=until)
    return due
