"""Who is asked at a step, and who need not be asked?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.course import Course
from engine.approvals.effects import NoticeKind, Notify, OpenTask
from engine.approvals.people import found, keepers, managers
from engine.approvals.plan import Deciding, People
from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.seen import changed_since, last_decision, seen_now, shown_fields
from engine.definition.workflow import ApproveStep
from engine.wording import Label, Message, Said


def people_of_step(course: Course, step: Deciding) -> tuple[str, ...]:
    """Return who should decide at a step, before anybody is left out or stood in for."""
    people = found(course, step.who, f"{step.id}/who", step.id)
    roles = course.facts.organisation.roles
    for role in getattr(step, "must", ()):
        if people and not any(role in roles(person) for person in people):
            people = (*people, *course.facts.organisation.of_role(role))
    return people


def seats_at(
    course: Course, visit: Visit, step: Deciding, people: tuple[str, ...], *, anew: bool = False
) -> Iterator[Seat]:
    """Yield the seats of a step, those who need not decide among them. `anew`: everybody decides,
    whatever they decided before."""
    taken: set[str] = set()
    for named in people:
        for person, why in _instead_of_submitter(course, step, named):
            if person in taken:
                continue
            seat = _seat(course, visit, step, person, why)
            taken |= {person, seat.person}
            yield seat if anew or seat.outcome else _spared(course, step, seat)


def _instead_of_submitter(
    course: Course, step: Deciding, person: str
) -> Iterator[tuple[str, str | None]]:
    """Nobody decides on what is their own, unless the workflow says so."""
    same = own_policy(course, step)
    if person != course.run.submitter or same == "decide":
        yield person, None
    elif same == "pass":
        yield person, "own"
    else:
        above = next(managers(course.facts.organisation, person), None)
        stepping_in = (above,) if above else others(course, keepers(course))
        yield from ((one, None if above else "keeper") for one in stepping_in)


def own_policy(course: Course, step: People) -> str:
    """Return what happens when somebody would decide on what is their own."""
    if not isinstance(step, ApproveStep):
        return "decide"
    return step.same or course.workflow.definition.same


def others(course: Course, people: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out who submitted, unless that is the only one there is."""
    return tuple(one for one in people if one != course.run.submitter) or people


def _seat(course: Course, visit: Visit, step: Deciding, person: str, why: str | None) -> Seat:
    sitting, instead_of = stand_in(course, step, person)
    passed = why == "own"
    return Seat(
        id="",
        kind="approve" if isinstance(step, ApproveStep) else "handle",
        person=person if passed else sitting,
        instead_of=None if passed else instead_of,
        state="done" if passed else "waiting",
        outcome="passed" if passed else None,
        why=why,
        opened_at=course.now,
        ended_at=course.now if passed else None,
    )


def stand_in(course: Course, step: People, person: str) -> tuple[str, str | None]:
    """Return who takes a person's place just now, and whose place it is."""
    organisation = course.facts.organisation
    other = organisation.stand_in(person, course.workflow.id, course.now)
    if other is None or other == person or not organisation.active(other):
        return person, None
    if other == course.run.submitter and own_policy(course, step) != "decide":
        return person, None
    return other, person


def _spared(course: Course, step: Deciding, seat: Seat) -> Seat:
    why = _why_spared(course, step, seat.person)
    if why is None:
        return seat
    saw = seen_now(course, step) if why == "unchanged" else {}
    return Seat(
        id="",
        kind=seat.kind,
        person=seat.person,
        instead_of=seat.instead_of,
        state="done",
        outcome="kept" if why == "unchanged" else "passed",
        why=why,
        opened_at=course.now,
        ended_at=course.now,
        saw=saw,
    )


def _why_spared(course: Course, step: Deciding, person: str) -> str | None:
    before = last_decision(course, step.id, person, course.run.keeps_until)
    if before is not None and before.outcome in ("agree", "handled", "kept"):
        if not changed_since(course, step, before):
            return "unchanged"
        return None
    if isinstance(step, ApproveStep) and _repeated(course, step, person):
        return "repeated"
    return None


def _repeated(course: Course, step: ApproveStep, person: str) -> bool:
    policy = step.repeated or course.workflow.definition.repeated
    empty = any(course.row.get(name) in (None, "", ()) for name in step.need)
    if policy == "decide" or step.signature or step.password or empty:
        return False
    decided = [visit for visit in course.run.visits if visit.outcome == "agreed" and _counts(visit)]
    if policy == "adjacent":
        decided = decided[-1:]
    return any(
        seat.person == person and seat.outcome in ("agree", "kept")
        for visit in decided
        for seat in visit.seats
    )


def _counts(visit: Visit) -> bool:
    return visit.state == "done" and visit.step != SUBMITTER


def open_seat(course: Course, seat: Seat) -> None:
    """Let a person's turn come."""
    visit = course.run.visit_of(seat)
    opened = course.reseat(seat, state="open", opened_at=course.now)
    if visit.step == SUBMITTER:
        _ask_again(course, opened)
        return
    step = course.plan.step(visit.step)
    assert isinstance(step, People)
    before = last_decision(course, step.id, seat.person, visit.n - 1)
    deciding = seat.kind in ("approve", "handle")
    course.emit(
        OpenTask(
            seat=opened.id,
            person=opened.person,
            kind=opened.kind,
            step=step.id,
            title=Message(
                "{workflow}：{step}", workflow=course.workflow.definition.label, step=step.label
            ),
            note=_note(opened.question or step.help),
            due=visit.due if deciding else None,
            sees=shown_fields(step),
            edit=getattr(step, "edit", ()) if deciding else (),
            need=getattr(step, "need", ()) if deciding else (),
            changed=changed_since(course, step, before) if before and deciding else (),
        )
    )


def _ask_again(course: Course, seat: Seat) -> None:
    label = course.workflow.definition.label
    course.emit(
        OpenTask(
            seat=seat.id,
            person=seat.person,
            kind="todo",
            step=SUBMITTER,
            title=Message("{workflow}：退回修改", workflow=label),
            note=_note(seat.question),
        )
    )


def _note(text: Label | None) -> Message | None:
    return Said(text) if text else None


def tell(
    course: Course, people: tuple[str, ...], text: Message, kind: NoticeKind, key: str
) -> None:
    """Let people read something; who has left is not told."""
    reached = tuple(one for one in people if course.facts.organisation.active(one))
    if reached:
        course.emit(Notify(people=reached, text=text, kind=kind, key=key))
