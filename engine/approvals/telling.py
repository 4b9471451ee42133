"""How does an approval stand, in words: what does it wait for, and why did things happen?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.app import Workflow
from engine.approvals.facts import Organisation
from engine.approvals.plan import Plan, plan_of
from engine.approvals.reasons import OUTCOMES
from engine.approvals.run import SUBMITTER, Run, Seat, Visit
from engine.definition.workflow import SubStep, WaitStep
from engine.wording import Message

SEAT_REASONS: Mapping[str, Message] = {
    "repeated": Message("之前已同意过，不用再审批"),
    "own": Message("是提交人自己，自动通过"),
    "unchanged": Message("看过的内容没有变化，沿用上次的意见"),
    "deadline": Message("到期未处理，已自动决定"),
    "left": Message("原处理人已停用或离职"),
    "entrusted": Message("原处理人已委托他人"),
    "handed": Message("到期未处理，改由他人处理"),
    "keeper": Message("没有找到处理人，由流程负责人处理"),
    "over": Message("不用再处理"),
    "rested": Message("已退回，等重新提交"),
}
"""Why somebody was asked, or is not asked any more, though nobody did anything."""

VISIT_REASONS: Mapping[str, Message] = {
    "condition": Message("条件不符合，跳过"),
    "nobody": Message("没有处理人"),
    "deadline": Message("到期未处理，已自动决定"),
    "moment": Message("等待的时间到了"),
    "unneeded": Message("不再需要"),
    "failed": Message("下级审批无法开始"),
}
"""Why a step was passed, or is over, though nobody decided there."""


def waits_for(workflow: Workflow, run: Run, organisation: Organisation) -> tuple[Message, ...]:
    """Return what an approval waits for, one sentence each; nothing once it has ended."""
    plan = plan_of(workflow.definition)
    open_ = [visit for visit in run.visits if visit.state == "open"]
    return tuple(text for visit in open_ for text in _waits(plan, visit, organisation))


def ended_how(run: Run) -> Message | None:
    """Return how an approval ended."""
    return None if run.outcome is None else OUTCOMES[run.outcome]


def why_seat(seat: Seat) -> Message | None:
    """Return why something is so with a seat, if nobody did it."""
    return SEAT_REASONS.get(seat.why or "")


def why_visit(visit: Visit) -> Message | None:
    """Return why something is so with a step, if nobody did it."""
    return VISIT_REASONS.get(visit.why or "")


def _waits(plan: Plan, visit: Visit, organisation: Organisation) -> Iterator[Message]:
    seats = [seat for seat in visit.seats if seat.state == "open" and seat.kind != "opinion"]
    names = list(dict.fromkeys(organisation.name(seat.person) for seat in seats))
    if visit.step == SUBMITTER:
        if names:
            yield Message("等{people}修改后重新提交", people=names)
        else:
            yield Message("等有人能接手重新提交")
        return
    step = plan.step(visit.step)
    if isinstance(step, SubStep):
        yield Message("等“{step}”审批结束", step=step.label)
    elif isinstance(step, WaitStep):
        yield _wait(step, visit)
    elif names:
        yield Message("“{step}”等{people}处理", step=step.label, people=names)
    elif not visit.paths:
        yield Message("“{step}”没有人可以处理，请管理员指定", step=step.label)


def _wait(step: WaitStep, visit: Visit) -> Message:
    if visit.due is None:
        return Message("“{step}”：等条件成立", step=step.label)
    if step.that is None:
        return Message("“{step}”：等到{moment}", step=step.label, moment=visit.due)
    return Message("“{step}”：等条件成立，最晚到{moment}", step=step.label, moment=visit.due)
