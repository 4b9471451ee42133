"""What happens by itself: when time has passed, somebody has left, or the record has changed?"""

from __future__ import annotations

from engine.approvals.course import Course
from engine.approvals.effects import MoveDue
from engine.approvals.heirs import hand_on, heir_of
from engine.approvals.ladder import climb
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Visit
from engine.approvals.timing import ladder_of
from engine.approvals.walking import look_at_wait, seat_submitter, settle
from engine.deadlines import due_at, field_followed
from engine.definition.workflow import WaitStep


def wake(course: Course) -> None:
    """Look at everything anew. What has happened already does not happen again."""
    for n in [visit.n for visit in course.open_visits()]:
        if course.run.outcome is None and course.visit(n).state == "open":
            _look_at(course, n)


def _look_at(course: Course, n: int) -> None:
    for seat in course.visit(n).seats:
        heir = heir_of(course, seat) if seat.state == "open" else None
        if heir is not None:
            hand_on(course, seat, heir)
    visit = course.visit(n)
    if visit.step == SUBMITTER:
        seat_submitter(course, n)
        return
    step = course.plan.step(visit.step)
    if isinstance(step, WaitStep):
        _move_due(course, visit, step)
        look_at_wait(course, n, step)
    elif isinstance(step, Deciding):
        _move_due(course, visit, step)
        settle(course, n)
        if course.visit(n).state == "open":
            climb(course, n)


def _move_due(course: Course, visit: Visit, step: Deciding | WaitStep) -> None:
    """A deadline that depends on a date of the record moves with it."""
    if step.within is None or field_followed(step.within) is None:
        return
    due = due_at(step.within, visit.opened_at, course.row, course.facts.calendar)
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
