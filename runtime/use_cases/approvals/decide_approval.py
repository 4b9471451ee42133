"""What happens when somebody decides on a task of an approval, or passes it on?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.approvals import Command
from engine.approvals.commands import (
    Acknowledge,
    AddSigner,
    Agree,
    AskOpinion,
    Handle,
    Opine,
    Refuse,
    Resubmit,
    Return,
    TakeBack,
    Transfer,
    Urge,
    Withdraw,
)
from engine.outcomes import Invalid, Missing, Saved, Submission
from engine.record import Values
from engine.wording import Message
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.store import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Course, Settled, course_of, take
from runtime.use_cases.approvals.submit_approval import trace_of
from runtime.use_cases.edit_record import edit_in
from runtime.use_cases.once import once_for_key
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import reach

Verb = Literal[
    "agree", "refuse", "return", "transfer", "add_signer", "ask_opinion", "opine", "handle",
    "acknowledge", "take_back", "resubmit",
]  # fmt: skip
LONGEST = 2_000
"""Characters of an opinion."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody chose to do with a task, with all that the choice takes."""

    verb: Verb
    opinion: str | None = None
    """What is said: an opinion, a reason, a question."""
    submission: Submission | None = None
    """Fields that are filled in on the way."""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who decides at later steps that leave the choice, by step."""
    people: tuple[str, ...] = ()
    """Whom to ask as well."""
    to: str | None = None
    """The person who decides instead, or where the record goes back to."""
    resubmit: Literal["all", "straight", "changed"] | None = None
    place: Literal["before", "after"] = "before"
    signature: str | None = None
    """The id of a file that the person uploaded."""
    password: str | None = None


@lost_to_another
def decide_approval(services: Services, act: Act, task: str, choice: Choice) -> Answer:
    """Do with one's own task what one chose, as one transaction with everything that follows.
    Whoever comes second is told what happened first."""
    return _once(services, act, lambda unit: _decide(services, unit, act, task, choice))


def withdraw_approval(
    services: Services, act: Act, approval: str, reason: str | None = None
) -> Answer:
    """Take back what one submitted."""
    return _of_submitter(services, act, approval, Withdraw(reason=reason))


def urge_approval(services: Services, act: Act, approval: str) -> Answer:
    """Ask those who must decide on what one submitted to hurry."""
    return _of_submitter(services, act, approval, Urge())


def _of_submitter(services: Services, act: Act, approval: str, command: Command) -> Answer:
    return _once(
        services, act, lambda unit: _submitter_takes(services, unit, act, approval, command)
    )


def _once(services: Services, act: Act, work: Callable[[Unit], Answer]) -> Answer:
    """Do it in one transaction, that keeps nothing of what was refused."""
    with services.store.unit() as unit:
        answer = once_for_key(unit, act, services.now(), trace_of(unit), lambda: work(unit))
        if not isinstance(answer, Settled):
            unit.rollback()
        return answer


def _submitter_takes(
    services: Services, unit: Unit, act: Act, id_: str, command: Command
) -> Answer:
    held = unit.approvals.held(id_)
    course = course_of(services, unit, act, held) if held else Missing()
    if isinstance(course, Missing) or held is None:
        return Missing()
    unseen = isinstance(reach(course.work, held.record), Missing)
    if held.submitter != act.actor.id and unseen:
        return Missing()
    return take(course, command, act.actor)


def _decide(services: Services, unit: Unit, act: Act, id_: str, choice: Choice) -> Answer:
    task = unit.tasks.one(id_)
    if task is None or task.approval is None or task.person != act.actor.id:
        return Missing()
    held = unit.approvals.held(task.approval)
    course = course_of(services, unit, act, held) if held else Missing()
    if isinstance(course, Missing):
        return course
    wrong = _complaints(course, choice)
    if wrong:
        return Invalid(wrong)
    if choice.verb == "resubmit":
        return _resubmit(course, choice)
    seat = task.key.rpartition(":")[2]
    answer = take(course, _command(seat, choice), act.actor)
    if isinstance(answer, Settled) and choice.signature:
        unit.files.put(course.work.form, task.record or "", "approval", (choice.signature,))
    return answer


def _complaints(course: Course, choice: Choice) -> dict[str, tuple[Message, ...]]:
    unit, act = course.work.unit, course.work.act
    found: dict[str, tuple[Message, ...]] = {}
    if choice.submission is not None and choice.verb != "resubmit":
        found.update(choice.submission.complaints)
    if choice.opinion and len(choice.opinion) > LONGEST:
        found["opinion"] = (Message("意见最长 {longest} 字", longest=LONGEST),)
    if choice.signature and unit.files.fresh(choice.signature, act.actor.id) is None:
        found["signature"] = (Message("请重新签名"),)
    if choice.password is not None and not _is_password(unit, act, choice.password):
        found["password"] = (Message("密码不正确"),)
    strangers = [id_ for id_ in _named(choice) if not unit.people.all_known((id_,))]
    if strangers:
        place = "to" if choice.verb == "transfer" else "people"
        found[place] = (Message("请选择在职的同事"),)
    return found


def _named(choice: Choice) -> tuple[str, ...]:
    to = (choice.to or "",) if choice.verb == "transfer" else ()
    return (*to, *choice.people, *(one for people in choice.chosen.values() for one in people))


def _is_password(unit: Unit, act: Act, password: str) -> bool:
    person = unit.people.one(act.actor.id)
    known = unit.people.credentials(person.login) if person else None
    return Passwords().matches(known.password_hash if known else None, password)


def _resubmit(course: Course, choice: Choice) -> Answer:
    """Save what the submitter mended, by the rights that the submitter has, and hand it in."""
    work = course.work
    if choice.submission is not None:
        reached = reach(work, course.record.id)
        if isinstance(reached, Missing):
            return reached
        edited = edit_in(work, reached, choice.submission, None)
        if not isinstance(edited, Saved):
            return edited
        course = replace(course, record=edited.record)
    command = Resubmit(remark=_tidy(choice.opinion), chosen=choice.chosen)
    return take(course, command, work.act.actor)


def _command(seat: str, choice: Choice) -> Command:
    return _COMMANDS[choice.verb](seat, choice)


def _values(choice: Choice) -> Values:
    return choice.submission.values if choice.submission else {}


def _tidy(text: str | None) -> str | None:
    return (text or "").strip() or None


def _agree(seat: str, given: Choice) -> Command:
    return Agree(
        seat=seat,
        opinion=_tidy(given.opinion),
        values=_values(given),
        chosen=given.chosen,
        signature=given.signature,
        confirmed=given.password is not None,
    )


def _refuse(seat: str, given: Choice) -> Command:
    confirmed = given.password is not None
    return Refuse(seat=seat, opinion=_tidy(given.opinion), confirmed=confirmed)


def _return(seat: str, given: Choice) -> Command:
    return Return(
        seat=seat,
        to=given.to or "submitter",
        resubmit=given.resubmit,
        opinion=_tidy(given.opinion),
        confirmed=given.password is not None,
    )


def _add_signer(seat: str, given: Choice) -> Command:
    return AddSigner(
        seat=seat,
        people=given.people,
        place=given.place,
        opinion=_tidy(given.opinion),
        signature=given.signature,
        confirmed=given.password is not None,
    )


def _handle(seat: str, given: Choice) -> Command:
    return Handle(
        seat=seat, values=_values(given), opinion=_tidy(given.opinion), chosen=given.chosen
    )


_COMMANDS: Mapping[str, Callable[[str, Choice], Command]] = {
    "agree": _agree,
    "refuse": _refuse,
    "return": _return,
    "transfer": lambda seat, given: Transfer(
        seat=seat, to=given.to or "", opinion=_tidy(given.opinion)
    ),
    "add_signer": _add_signer,
    "ask_opinion": lambda seat, given: AskOpinion(
        seat=seat, people=given.people, question=_tidy(given.opinion)
    ),
    "opine": lambda seat, given: Opine(seat=seat, opinion=_tidy(given.opinion) or ""),
    "handle": _handle,
    "acknowledge": lambda seat, _: Acknowledge(seat=seat),
    "take_back": lambda seat, _: TakeBack(seat=seat),
}
