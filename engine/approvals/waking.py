"""What happens by itself: when time has passed, somebody has left, or the record has changed?"""

from __future__ import annotations

from engine.approvals.course import Course
from engine.approvals.heirs import hand_on, heir_of
from engine.approvals.ladder import climb
from engine.approvals.moving import move_due
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER
from engine.approvals.walking import look_at_wait, seat_submitter, settle
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
        move_due(course, visit, step)
        look_at_wait(course, n, step)
    elif isinstance(step, Deciding):
        move_due(course, visit, step)
        settle(course, n)
        if course.visit(n).state == "open":
            climb(course, n)
