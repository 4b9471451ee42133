"""Who takes on the task of somebody who has left, or has entrusted another?"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from engine.approvals.course import Course
from engine.approvals.people import keepers, managers
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.seating import others, own_policy, stand_in


@dataclass(frozen=True)
class Heir:
    """Who takes a seat on, and why; without a person nobody needs to."""

    person: str | None
    why: str


def heir_of(course: Course, seat: Seat) -> Heir | None:
    """Return who should have a seat instead of its person, if that is somebody else by now."""
    visit = course.run.visit_of(seat)
    if not course.facts.organisation.active(seat.person):
        return Heir(_above(course, seat, visit), "left")
    taken_over = _successor(course, seat, visit)
    if taken_over is not None:
        return taken_over
    if seat.kind not in ("approve", "handle") or seat.instead_of is not None:
        return None
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    other, _ = stand_in(course, step, seat.person)
    if other == seat.person or other in _sitting(visit):
        return None
    return Heir(other, "entrusted")


def _successor(course: Course, seat: Seat, visit: Visit) -> Heir | None:
    """Return who was named for somebody who left, after their seat had gone to another."""
    if seat.why != "left" or seat.instead_of is None:
        return None
    person = course.facts.organisation.successor(seat.instead_of)
    if person is None or person == seat.person or person in _sitting(visit):
        return None
    own = person == course.run.submitter and _spares_own(course, visit)
    return None if own else Heir(person, "left")


def _spares_own(course: Course, visit: Visit) -> bool:
    if visit.step == SUBMITTER:
        return False
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    return own_policy(course, step) != "decide"


def hand_on(course: Course, seat: Seat, heir: Heir) -> None:
    """Give a seat to its heir, whose turn comes when it comes."""
    course.leave(seat, heir.why)
    n = course.run.visit_of(seat).n
    course.note(
        heir.why, seat=seat.id, step=course.visit(n).step, person=seat.person, to=heir.person
    )
    if heir.person is None:
        return
    taken_on = replace(
        seat,
        person=heir.person,
        instead_of=seat.instead_of or seat.person,
        state="waiting",
        why=heir.why,
        asked_by=seat.id,
        place="instead",
        opened_at=course.now,
    )
    course.sit(n, taken_on)


def _above(course: Course, seat: Seat, visit: Visit) -> str | None:
    if seat.kind in ("cc", "opinion"):
        return None
    organisation = course.facts.organisation
    named = organisation.successor(seat.person)
    above = (*managers(organisation, seat.person), *others(course, keepers(course)))
    people = (named, *above) if named else above
    if _spares_own(course, visit):
        people = others(course, people)
    heir = next(iter(people), None)
    return None if heir in _sitting(visit) else heir


def _sitting(visit: Visit) -> frozenset[str]:
    return frozenset(
        seat.person for seat in visit.seats if seat.place != "opinion" and seat.state != "void"
    )
