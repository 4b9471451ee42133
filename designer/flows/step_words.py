"""In which words is a step of an approval said: who, how together, by when, and what else?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.flows.people_words import People
from designer.flows.time_words import deadline_of
from engine.definition.workflow import (
    AnyStep,
    ApproveStep,
    BranchStep,
    CcStep,
    HandleStep,
    ParallelStep,
    SubStep,
    WaitStep,
)
from engine.wording import Message
from runtime.web.approvals.words import mode_of

MANY = 2
"""As if so many were asked: how they decide together is said wherever there may be several."""


@dataclass(frozen=True)
class Line:
    """One thing that is said of a step."""

    icon: str
    text: str


def step_lines(people: People, step: AnyStep) -> Iterator[Line]:
    """Yield what a step does, the most important first."""
    match step:
        case ApproveStep() | HandleStep():
            yield from _asked(people, step)
        case CcStep():
            yield Line("users", people.all(step.who, f"{step.id}/who"))
        case BranchStep():
            yield Line("git-branch", people.speech.say("从左到右，走第一条条件成立的路"))
        case ParallelStep():
            yield Line("columns-3", people.speech.say("几条路同时走"))
        case SubStep():
            yield from _sub(people, step)
        case WaitStep():
            yield from _wait(people, step)


def _asked(people: People, step: ApproveStep | HandleStep) -> Iterator[Line]:
    speech = people.speech
    yield Line("users", people.all(step.who, f"{step.id}/who"))
    if _perhaps_several(step):
        mode = mode_of(step, MANY)
        yield Line("checks", speech.fill(mode) if mode else "")
    if step.within is not None:
        yield Line("clock", deadline_of(speech, step.within))
    rungs = list(people.ladder(step.ladder, step.id))
    if rungs:
        yield Line("bell", rungs[0] if len(rungs) == 1 else _several(people, rungs))
    if step.need:
        yield Line("checkbox", speech.say("须填写：{fields}", fields=speech.fields(step.need)))
    elif step.edit:
        yield Line("edit", speech.say("可填写：{fields}", fields=speech.fields(step.edit)))
    yield from (Line("shield-check", text) for text in _proofs(people, step))


def _several(people: People, rungs: list[str]) -> str:
    return people.speech.say("{first}等 {n} 项", first=rungs[0], n=len(rungs))


def _perhaps_several(step: ApproveStep | HandleStep) -> bool:
    if len(step.who) > 1:
        return True
    who = step.who[0]
    return bool(who.role or who.chain or who.feel or who.chosen or who.field)


def _proofs(people: People, step: ApproveStep | HandleStep) -> Iterator[str]:
    if isinstance(step, ApproveStep) and step.signature:
        yield people.speech.say("同意时要手写签名")
    if isinstance(step, ApproveStep) and step.password:
        yield people.speech.say("处理前要再输一次密码")


def _sub(people: People, step: SubStep) -> Iterator[Line]:
    speech = people.speech
    other = speech.app.workflows.get(step.workflow)
    label = other.definition.label if other else step.workflow
    yield Line("rotate", speech.fill(Message("“{workflow}”通过之后继续", workflow=label)))
    if step.of is not None:
        yield Line("link", speech.say("审批的是“{field}”那条记录", field=speech.field(step.of)))


def _wait(people: People, step: WaitStep) -> Iterator[Line]:
    speech = people.speech
    if step.within is not None:
        yield Line("clock", deadline_of(speech, step.within))
    that = people.workflow.logic.get(f"{step.id}/that")
    if that is not None:
        told = speech.condition(that)
        text = speech.listed(told.lines) or told.feel
        yield Line("circle-check", speech.say("直到{condition}", condition=text))
