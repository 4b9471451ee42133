"""What happens when somebody agrees, refuses, or fills in what was asked for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.approvals.commands import AddSigner, Agree, Chosen, Handle, Refuse
from engine.approvals.course import Course
from engine.approvals.effects import CloseTask, SetFields
from engine.approvals.plan import Deciding
from engine.approvals.reasons import (
    own_seat,
    refusal,
    unproved,
    unsaid,
    wrong_choices,
    wrong_people,
    wrong_values,
)
from engine.approvals.run import Seat
from engine.approvals.seen import seen_now
from engine.approvals.walking import settle
from engine.definition.workflow import ApproveStep
from engine.outcomes import Denied, Refusal
from engine.record import Values

Blocked = Refusal | Denied | None


def agree(course: Course, command: Agree) -> Blocked:
    """Agree at a step."""
    seat = own_seat(course, command.seat, "approve")
    if not isinstance(seat, Seat):
        return seat
    step = step_of(course, seat)
    blocked = refusal(
        [
            *unsaid(step, "agree", command.opinion),
            *unproved(step, confirmed=command.confirmed, signature=command.signature, agrees=True),
            *wrong_values(course, step, command.values),
            *wrong_choices(course, command.chosen),
        ]
    )
    if blocked is not None:
        return blocked
    take_over(course, command.values, command.chosen)
    decided(course, seat, "agree", opinion=command.opinion, signature=command.signature)
    settle(course, course.run.visit_of(seat).n)
    return None


def refuse(course: Course, command: Refuse) -> Blocked:
    """Refuse at a step."""
    seat = own_seat(course, command.seat, "approve")
    if not isinstance(seat, Seat):
        return seat
    step = step_of(course, seat)
    blocked = refusal(
        [
            *unsaid(step, "refuse", command.opinion),
            *unproved(step, confirmed=command.confirmed, signature=None, agrees=False),
        ]
    )
    if blocked is not None:
        return blocked
    decided(course, seat, "refuse", opinion=command.opinion)
    settle(course, course.run.visit_of(seat).n)
    return None


def handle(course: Course, command: Handle) -> Blocked:
    """Fill in what a step asks for."""
    seat = own_seat(course, command.seat, "handle")
    if not isinstance(seat, Seat):
        return seat
    step = course.plan.step(course.run.visit_of(seat).step)
    assert isinstance(step, Deciding)
    blocked = refusal(
        [
            *wrong_values(course, step, command.values),
            *wrong_choices(course, command.chosen),
        ]
    )
    if blocked is not None:
        return blocked
    take_over(course, command.values, command.chosen)
    decided(course, seat, "handled", opinion=command.opinion)
    settle(course, course.run.visit_of(seat).n)
    return None


def sign_after(course: Course, command: AddSigner) -> Blocked:
    """Agree, and let others sign after oneself."""
    seat = own_seat(course, command.seat, "approve")
    if not isinstance(seat, Seat):
        return seat
    step = step_of(course, seat)
    blocked = refusal(
        [
            *unsaid(step, "agree", command.opinion),
            *unproved(step, confirmed=command.confirmed, signature=command.signature, agrees=True),
            *wrong_values(course, step, {}),
            *wrong_people(course, seat, command.people),
        ]
    )
    if blocked is not None:
        return blocked
    visit = course.run.visit_of(seat)
    decided(course, seat, "agree", opinion=command.opinion, signature=command.signature)
    add_seats(course, seat, command.people, "after")
    settle(course, visit.n)
    return None


def step_of(course: Course, seat: Seat) -> ApproveStep:
    """Return the step at which somebody is asked to agree."""
    step = course.plan.step(course.run.visit_of(seat).step)
    assert isinstance(step, ApproveStep)
    return step


def take_over(course: Course, values: Values, chosen: Chosen) -> None:
    """Let values and choices count for everything that comes."""
    if values:
        actor = course.facts.actor
        course.row = {**course.row, **values}
        course.emit(SetFields(values=values, by=actor.id if actor else None))
    if chosen:
        course.change(chosen={**course.run.chosen, **chosen})


def decided(course: Course, seat: Seat, outcome: str, **more: Any) -> Seat:
    """Write down a decision of the actor."""
    actor = course.facts.actor
    step = course.plan.step(course.run.visit_of(seat).step)
    assert isinstance(step, Deciding)
    course.change(decisions=course.run.decisions + 1)
    course.emit(CloseTask(seat=seat.id, outcome=outcome))
    done = course.reseat(
        seat,
        state="done",
        outcome=outcome,
        by=actor.id if actor else None,
        ended_at=course.now,
        order=course.run.decisions,
        saw=seen_now(course, step),
        **more,
    )
    note(course, done, outcome, more)
    return done


def note(course: Course, seat: Seat, kind: str, more: Mapping[str, Any]) -> None:
    """Write into the record's history what somebody did."""
    course.note(
        kind,
        by=seat.by or (course.facts.actor.id if course.facts.actor else None),
        seat=seat.id,
        step=course.run.visit_of(seat).step,
        instead_of=seat.instead_of,
        **more,
    )


def add_seats(course: Course, seat: Seat, people: tuple[str, ...], place: Any) -> None:
    """Ask further people at the same step."""
    for person in dict.fromkeys(people):
        further = Seat(
            id="",
            kind="opinion" if place == "opinion" else seat.kind,
            person=person,
            state="waiting",
            asked_by=seat.id,
            place=place,
            opened_at=course.now,
        )
        course.sit(course.run.visit_of(seat).n, further)
