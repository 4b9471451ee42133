"""What happens when somebody lets others decide, sign as well, or say what they think?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.commands import AddSigner, AskOpinion, Opine, Transfer
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked, add_seats, note, sign_after
from engine.approvals.effects import CloseTask
from engine.approvals.reasons import missing, order, own_seat, refusal, wrong_people
from engine.approvals.run import Seat
from engine.approvals.seating import open_seat
from engine.approvals.turns import call_next
from engine.outcomes import Reason
from engine.wording import Message

MOST_SEATS = 50
"""So many people at most are asked at one step."""


def transfer(course: Course, command: Transfer) -> Blocked:
    """Let somebody else decide instead."""
    seat = own_seat(course, command.seat, "approve", "handle")
    if not isinstance(seat, Seat):
        return seat
    step = course.plan.step(course.run.visit_of(seat).step)
    forbidden = []
    if not getattr(step, "transfer", True):
        forbidden = [order(Message("“{step}”不允许转交", step=step.label))]
    people = (command.to,) if command.to else ()
    blocked = refusal([*forbidden, *_too_many(course, seat), *wrong_people(course, seat, people)])
    if blocked is not None:
        return blocked
    replace_by(course, seat, command.to, "transfer", command.opinion)
    call_next(course, course.run.visit_of(seat).n)
    return None


def replace_by(
    course: Course, seat: Seat, person: str, outcome: str, opinion: str | None = None
) -> Seat:
    """Give a person's seat to somebody else, or to the same person once more."""
    course.emit(CloseTask(seat=seat.id, outcome=outcome))
    actor = course.facts.actor
    left = course.reseat(
        seat,
        state="done",
        outcome=outcome,
        by=actor.id if actor else None,
        ended_at=course.now,
        opinion=opinion,
    )
    heir = Seat(
        id="",
        kind=seat.kind,
        person=person,
        state="waiting",
        asked_by=seat.id,
        place="instead",
        instead_of=seat.instead_of if person == seat.person else None,
        question=opinion if outcome == "transfer" else None,
        opened_at=course.now,
    )
    note(course, left, outcome, {"to": person, "opinion": opinion})
    return course.sit(course.run.visit_of(seat).n, heir)


def add_signer(course: Course, command: AddSigner) -> Blocked:
    """Let others sign as well."""
    seat = own_seat(course, command.seat, "approve")
    if not isinstance(seat, Seat):
        return seat
    step = course.plan.step(course.run.visit_of(seat).step)
    forbidden = []
    if not getattr(step, "add", True):
        forbidden = [order(Message("“{step}”不允许加签", step=step.label))]
    people = wrong_people(course, seat, command.people)
    blocked = refusal([*forbidden, *_too_many(course, seat), *people])
    if blocked is not None:
        return blocked
    if command.place == "after":
        return sign_after(course, command)
    visit = course.run.visit_of(seat)
    replace_by(course, seat, seat.person, "added", command.opinion)
    add_seats(course, seat, command.people, "before")
    call_next(course, visit.n)
    return None


def ask_opinion(course: Course, command: AskOpinion) -> Blocked:
    """Ask others what they think; the one who asks goes on deciding alone."""
    seat = own_seat(course, command.seat, "approve", "handle")
    if not isinstance(seat, Seat):
        return seat
    people = dict.fromkeys(command.people)
    blocked = refusal([*_too_many(course, seat), *_unaskable(course, seat, tuple(people))])
    if blocked is not None:
        return blocked
    n = course.run.visit_of(seat).n
    for person in people:
        further = Seat(
            id="", kind="opinion", person=person, state="waiting", asked_by=seat.id,
            place="opinion", question=command.question, opened_at=course.now,
        )  # fmt: skip
        open_seat(course, course.sit(n, further))
    note(course, seat, "asked", {"people": list(people), "question": command.question})
    return None


def opine(course: Course, command: Opine) -> Blocked:
    """Say what one thinks."""
    seat = own_seat(course, command.seat, "opinion")
    if not isinstance(seat, Seat):
        return seat
    if not command.opinion.strip():
        return refusal([missing("opinion", Message("请填写意见"))])
    course.emit(CloseTask(seat=seat.id, outcome="opined"))
    done = course.reseat(
        seat,
        state="done",
        outcome="opined",
        by=seat.person,
        ended_at=course.now,
        opinion=command.opinion,
    )
    note(course, done, "opined", {"opinion": command.opinion})
    return None


def _unaskable(course: Course, seat: Seat, people: tuple[str, ...]) -> Iterator[Reason]:
    organisation = course.facts.organisation
    if not people:
        yield missing("people", Message("请选择人员"))
    for person in people:
        name = organisation.name(person)
        if not organisation.active(person):
            yield order(Message("{person}已停用或离职，请选择其他人", person=name), "people")
        elif person == seat.person:
            yield order(Message("不能选择自己"), "people")


def _too_many(course: Course, seat: Seat) -> Iterator[Reason]:
    if len(course.run.visit_of(seat).seats) >= MOST_SEATS:
        yield order(Message("这一步已经有 {most} 人参与，不能再加人", most=MOST_SEATS), "people")
