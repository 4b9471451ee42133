"""What happens by itself: when time has passed, somebody has left, or the record has changed?"""

from __future__ import annotations

from msgspec.structs import replace

from engine.approvals.course import Course
from engine.approvals.effects import MoveDue
from engine.approvals.ladder import climb
from engine.approvals.people import keepers, managers
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.seating import others, own_policy, stand_in
from engine.approvals.timing import ladder_of
from engine.approvals.turns import call_next
from engine.approvals.walking import look_at_wait, settle
from engine.deadlines import due_at, field_followed
from engine.definition.workflow import WaitStep


def wake(course: Course) -> None:
    """Look at everything anew. What has happened already does not happen again."""
    for n in [visit.n for visit in course.open_visits()]:
        if course.run.outcome is None and course.visit(n).state == "open":
            _look_at(course, n)


def _look_at(course: Course, n: int) -> None:
    visit = course.visit(n)
    for seat in visit.seats:
        if seat.state == "open":
            _still_there(course, seat)
    if visit.step == SUBMITTER:
        call_next(course, n)
        return
    step = course.plan.step(visit.step)
    if isinstance(step, WaitStep):
        _move_due(course, course.visit(n), step)
        look_at_wait(course, n, step)
    elif isinstance(step, Deciding):
        _move_due(course, course.visit(n), step)
        settle(course, n)
        if course.visit(n).state == "open":
            climb(course, n)


def _still_there(course: Course, seat: Seat) -> None:
    """Give the task of somebody who has left, or has entrusted another, to who takes it on."""
    visit = course.run.visit_of(seat)
    if not course.facts.organisation.active(seat.person):
        heir = _heir(course, seat, visit)
        if heir is not None or seat.kind != "todo":
            _hand_on(course, seat, heir, "left")
        return
    if seat.kind in ("approve", "handle") and seat.instead_of is None:
        step = course.plan.step(visit.step)
        assert isinstance(step, Deciding)
        other, _ = stand_in(course, step, seat.person)
        if other != seat.person and other not in _sitting(visit):
            _hand_on(course, seat, other, "entrusted")


def _heir(course: Course, seat: Seat, visit: Visit) -> str | None:
    """Return who takes on the task of somebody who has left; nobody if it needs no one else."""
    if seat.kind in ("cc", "opinion"):
        return None
    organisation = course.facts.organisation
    above = tuple(managers(organisation, seat.person))
    if seat.kind == "todo":
        return next(iter((*above, *others(course, keepers(course)))), None)
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    own = own_policy(course, step)
    fit = [one for one in above if one != course.run.submitter or own == "decide"]
    heir = next(iter((*fit, *others(course, keepers(course)))), None)
    return None if heir in _sitting(visit) else heir


def _sitting(visit: Visit) -> frozenset[str]:
    return frozenset(
        seat.person for seat in visit.seats if seat.place != "opinion" and seat.state != "void"
    )


def _hand_on(course: Course, seat: Seat, heir: str | None, why: str) -> None:
    course.leave(seat, why)
    course.note(
        why,
        seat=seat.id,
        step=course.run.visit_of(seat).step,
        person=seat.person,
        to=heir,
    )
    if heir is None:
        return
    course.sit(
        course.run.visit_of(seat).n,
        replace(
            seat,
            person=heir,
            instead_of=seat.instead_of or seat.person,
            state="waiting",
            why=why,
            asked_by=seat.id,
            place="instead",
            opened_at=course.now,
        ),
    )
    call_next(course, course.run.visit_of(seat).n)


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
