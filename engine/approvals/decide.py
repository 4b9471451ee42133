"""What becomes of an approval by a command?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.app import Workflow
from engine.approvals.asking_others import add_signer, ask_opinion, opine, transfer
from engine.approvals.commands import (
    Acknowledge,
    AddSigner,
    Agree,
    AskOpinion,
    Cancel,
    ChildEnded,
    Command,
    Handle,
    Opine,
    Refuse,
    Resubmit,
    Return,
    Submit,
    TakeBack,
    Transfer,
    Urge,
    Wake,
    Withdraw,
)
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked, agree, handle, refuse
from engine.approvals.effects import WakeAt
from engine.approvals.facts import Facts
from engine.approvals.leaving import acknowledge, cancel, child_ended, urge, withdraw
from engine.approvals.outcomes import Answer, Decided
from engine.approvals.run import Run
from engine.approvals.sending_back import resubmit, return_
from engine.approvals.starting import new_run, start
from engine.approvals.taking_back import take_back
from engine.approvals.timing import next_wake
from engine.approvals.waking import wake
from engine.outcomes import Refusal

_DOES: Mapping[type, Callable[[Course, Any], Blocked]] = {
    Submit: start,
    Agree: agree,
    Refuse: refuse,
    Return: return_,
    Resubmit: resubmit,
    Transfer: transfer,
    AddSigner: add_signer,
    AskOpinion: ask_opinion,
    Opine: opine,
    Withdraw: withdraw,
    TakeBack: take_back,
    Urge: urge,
    Handle: handle,
    Acknowledge: acknowledge,
    ChildEnded: child_ended,
    Cancel: cancel,
}

_CHOOSES = (Submit, Agree, Handle, Resubmit)
"""What people do who can choose those who come next."""


def decide(workflow: Workflow, run: Run | None, command: Command, facts: Facts) -> Answer:
    """Return the approval after the command and what follows from it, or every reason why not.
    Changes nothing. Only `Submit` begins without a run."""
    if isinstance(command, Submit):
        run = new_run(workflow, command, facts)
    assert run is not None
    course = Course(workflow, run, facts)
    course.asks = isinstance(command, _CHOOSES) and facts.actor is not None
    blocked = _carry_out(course, command)
    if blocked is not None:
        return blocked
    if course.lacking:
        return Refusal(tuple(dict.fromkeys(course.lacking)))
    when = next_wake(course)
    if when != course.run.wake:
        course.change(wake=when)
        course.emit(WakeAt(when=when))
    return Decided(course.run, tuple(course.effects))


def _carry_out(course: Course, command: Command) -> Blocked:
    if isinstance(command, Wake):
        if course.run.outcome is None:
            wake(course)
        return None
    return _DOES[type(command)](course, command)
