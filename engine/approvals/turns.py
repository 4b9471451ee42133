"""Whose turn is it at a step?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.approvals.counting import counts, groups, mode_of
from engine.approvals.course import Course
from engine.approvals.heirs import hand_on, heir_of
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.seating import open_seat


def call_next(course: Course, n: int) -> None:
    """Open every seat of a visit whose turn has come; who is gone by then is taken over for."""
    while (seat := _next(course, n)) is not None:
        heir = heir_of(course, seat)
        if heir is None:
            open_seat(course, seat)
        else:
            hand_on(course, seat, heir)


def _next(course: Course, n: int) -> Seat | None:
    visit = course.visit(n)
    waiting = (seat for seat in visit.seats if seat.state == "waiting")
    return next((seat for seat in waiting if may_open(course, visit, seat)), None)


def may_open(course: Course, visit: Visit, seat: Seat) -> bool:
    """Tell whether those who come first have agreed: who signs before somebody, and with people
    who decide one after the other everybody ahead."""
    if visit.step == SUBMITTER:
        return True
    voices = groups(visit)
    own = next((group for group in voices if seat in group.seats), None)
    if own is None or any(_ahead(visit, one, seat) for one in own.seats if one.live):
        return False
    step = course.plan.step(visit.step)
    if not isinstance(step, Deciding) or mode_of(step) != "sequential":
        return True
    return all(group.vote == "agree" for group in voices[: voices.index(own)])


def _ahead(visit: Visit, one: Seat, seat: Seat) -> bool:
    """Tell whether somebody signs before the one who took a seat again."""
    by_id = {other.id: other for other in visit.seats}
    former = set(_former(by_id, seat))
    at: Seat | None = one
    while at is not None and at.asked_by is not None:
        if at.place == "before" and at.asked_by in former:
            return True
        at = by_id.get(at.asked_by)
    return False


def _former(by_id: Mapping[str, Seat], seat: Seat) -> Iterator[str]:
    """Yield the seats that a person had here before this one."""
    while seat.place == "instead" and seat.asked_by is not None:
        yield seat.asked_by
        seat = by_id[seat.asked_by]


def stalled(visit: Visit) -> bool:
    """Tell whether nobody is asked any more, though nothing was decided."""
    return not any(seat.live and counts(seat) for seat in visit.seats)
