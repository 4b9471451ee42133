"""What happens to what is under way while the record is with somebody further back?"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.approvals.course import Course
from engine.approvals.effects import CancelChild, StartChild
from engine.approvals.moving import move_due
from engine.approvals.plan import Deciding
from engine.approvals.run import Back, Visit
from engine.approvals.turns import call_next
from engine.definition.workflow import SubStep


def rest(course: Course, visits: Iterable[Visit]) -> tuple[int, ...]:
    """Let open visits wait: nobody is asked meanwhile, and no deadline runs."""
    rested = tuple(visit.n for visit in visits)
    for n in rested:
        for seat in course.visit(n).seats:
            if seat.state == "open":
                course.leave(seat, "rested")
        visit = course.visit(n)
        if visit.step in course.plan.nodes and isinstance(course.plan.step(visit.step), SubStep):
            course.emit(CancelChild(visit=n))
        course.put(course.visit(n), state="paused", rests_since=course.now)
    return rested


def wake_up(course: Course, back: Back) -> tuple[int, ...]:
    """Let what waited go on where it was; return the visits that do."""
    woken = tuple(n for n in back.rested if course.visit(n).state == "paused")
    for n in woken:
        visit = course.visit(n)
        rests = (*visit.rests, (visit.rests_since or course.now, course.now))
        step = course.plan.step(visit.step)
        again = course.put(visit, state="open", rests_since=None, rests=rests)
        if isinstance(step, Deciding):
            move_due(course, again, step)
        _ask_anew(course, n, back)
        if isinstance(step, SubStep):
            course.emit(StartChild(visit=n, workflow=step.workflow, of=step.of))
    return woken


def forget(course: Course, back: Back) -> None:
    """Let nothing count any more of what waited."""
    for n in back.rested:
        visit = course.visit(n)
        if visit.state == "paused":
            for seat in visit.seats:
                course.leave(seat, "over")
            course.put(course.visit(n), state="past", ended_at=course.now)


def close_back(course: Course, back: Back) -> None:
    """Note that the record has come again."""
    backs = tuple(replace(one, open=False) if one.n == back.n else one for one in course.run.backs)
    course.change(backs=backs)


def _ask_anew(course: Course, n: int, back: Back) -> None:
    for seat in course.visit(n).seats:
        if seat.place != "opinion" and (seat.why == "rested" or seat.id == back.seat):
            again = replace(
                seat,
                state="waiting",
                outcome=None,
                why=None,
                by=None,
                order=None,
                opinion=None,
                saw={},
                asked_by=seat.id,
                place="instead",
                opened_at=course.now,
                ended_at=None,
            )
            course.sit(n, again)
            course.reseat(seat, why="over" if seat.why == "rested" else seat.why)
    call_next(course, n)
