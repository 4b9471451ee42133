"""Which kinds of steps can be put into an approval, and with what does each begin?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from designer.flows.conditions import fresh_condition
from designer.flows.edits import free
from designer.speech import Speech
from engine.app import Workflow
from engine.approvals.plan import placed_steps
from engine.definition.workflow import BranchStep, ParallelStep
from engine.wording import Message, words

Beginning: TypeAlias = dict[str, Any] | None
"""What a new step begins with; None where the app has nothing for it."""


@dataclass(frozen=True)
class Kind:
    """One kind of step."""

    title: Message
    about: Message
    icon: str
    tone: str


KINDS: Mapping[str, Kind] = {
    "approve": Kind(
        Message("审批"), Message("请人同意或拒绝，可多人会签"), "rubber-stamp", "amber"
    ),
    "handle": Kind(Message("办理"), Message("请人补填内容，不表态"), "edit", "violet"),
    "cc": Kind(Message("抄送"), Message("告诉一声，不用等"), "send", "blue"),
    "branch": Kind(Message("条件分支"), Message("按条件走其中一条路"), "git-branch", "cyan"),
    "parallel": Kind(Message("并行"), Message("几条路同时走"), "columns-3", "cyan"),
    "wait": Kind(Message("等待"), Message("过一段时间，或等条件成立再继续"), "hourglass", "grey"),
    "approval": Kind(Message("子审批"), Message("另一个审批先通过才继续"), "rotate", "grey"),
}


@dataclass(frozen=True)
class Offer:
    """One kind of step as the menu offers it, with the value of the new step."""

    kind: str
    title: str
    about: str
    icon: str
    tone: str
    value: Mapping[str, Any]


def taken_ids(workflow: Workflow) -> set[str]:
    """Return the ids of all steps and paths of a workflow."""
    found: set[str] = set()
    for step, _ in placed_steps(workflow.definition.steps):
        found.add(step.id)
        if isinstance(step, BranchStep | ParallelStep):
            found |= {path.id for path in step.paths}
    return found


def offers(speech: Speech, workflow: Workflow) -> Iterator[Offer]:
    """Yield every kind of step that can be put into a workflow now."""
    taken = taken_ids(workflow)
    for kind, told in KINDS.items():
        value = _first(speech, workflow, kind, free(kind, taken), taken)
        if value is not None:
            title, about = speech.fill(told.title), speech.fill(told.about)
            yield Offer(kind, title, about, told.icon, told.tone, value)


def _first(speech: Speech, workflow: Workflow, kind: str, id_: str, taken: set[str]) -> Beginning:
    label = speech.fill(KINDS[kind].title)
    head = {"kind": kind, "id": id_, "label": label}
    more = _BEGINNINGS[kind](speech, workflow, taken)
    return None if more is None else {**head, **more}


def _people(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    return {"who": [{"manager": "submitter"}]}


def _told(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    return {"who": [{"head": "submitter"}]}


def _handled(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    fields = [field.id for field in speech.form.fields.values() if field.settable]
    return {"who": [{"head": "submitter"}], "edit": fields[:1]} if fields else None


def _branch(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    condition = fresh_condition(speech.form, ())
    if condition is None:
        return None
    ids = _two(taken)
    first = {"id": ids[0], "label": speech.say("条件 {n}", n=1), "when": condition}
    return {"paths": [first, {"id": ids[1], "label": speech.say("其他情况")}]}


def _parallel(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    labels = [speech.say("第 {n} 路", n=n) for n in (1, 2)]
    named = zip(_two(taken), labels, strict=True)
    return {"paths": [{"id": id_, "label": label} for id_, label in named]}


def _wait(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    return {"within": {"working": "P1D"}}


def _approval(speech: Speech, workflow: Workflow, taken: set[str]) -> Beginning:
    for other in speech.app.workflows.values():
        if other.id != workflow.id and other.form == workflow.form:
            return {"workflow": other.id, "label": words(other.definition.label, speech.locale)}
    return None


def _two(taken: set[str]) -> tuple[str, str]:
    first = free("path", taken)
    return first, free("path", {*taken, first})


def new_path(speech: Speech, workflow: Workflow, step: BranchStep | ParallelStep) -> Beginning:
    """Return one more path for a step; None where no condition is left that it could have."""
    id_ = free("path", taken_ids(workflow))
    number = len(step.paths)
    if isinstance(step, ParallelStep):
        return {"id": id_, "label": speech.say("第 {n} 路", n=number + 1)}
    keys = [f"{step.id}/paths/{path.id}" for path in step.paths]
    before = [workflow.logic[key] for key in keys if key in workflow.logic]
    condition = fresh_condition(speech.form, before)
    if condition is None:
        return None
    return {"id": id_, "label": speech.say("条件 {n}", n=number), "when": condition}


_BEGINNINGS: Mapping[str, Callable[[Speech, Workflow, set[str]], Beginning]] = {
    "approve": _people,
    "handle": _handled,
    "cc": _told,
    "branch": _branch,
    "parallel": _parallel,
    "wait": _wait,
    "approval": _approval,
}
