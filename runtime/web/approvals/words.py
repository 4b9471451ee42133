"""In which words is an approval told: how it stands, who did what, and why by itself?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.approvals.run import Run, Seat, Visit
from engine.definition.workflow import AnyStep, ApproveStep, HandleStep
from engine.wording import Message

ENDS: Mapping[str, tuple[Message, str]] = {
    "agreed": (Message("已通过"), "green"),
    "refused": (Message("未通过"), "red"),
    "withdrawn": (Message("已撤回"), "grey"),
    "cancelled": (Message("已取消"), "grey"),
}
RUNNING = (Message("审批中"), "amber")
RETURNED = (Message("已退回"), "red")

OUTCOMES: Mapping[str, tuple[Message, str]] = {
    "agree": (Message("已同意"), "green"),
    "refuse": (Message("不同意"), "red"),
    "return": (Message("已退回"), "red"),
    "transfer": (Message("已转交"), "grey"),
    "added": (Message("已加签"), "grey"),
    "handled": (Message("已办理"), "green"),
    "opined": (Message("已回复"), "green"),
    "seen": (Message("已阅"), "green"),
    "resubmitted": (Message("已重新提交"), "green"),
    "taken_back": (Message("已撤回处理"), "grey"),
    "kept": (Message("沿用上次的同意"), "green"),
    "passed": (Message("自动通过"), "green"),
}
OPEN: Mapping[str, Message] = {
    "approve": Message("等待审批"),
    "handle": Message("等待办理"),
    "cc": Message("未阅"),
    "opinion": Message("等待回复"),
    "todo": Message("等待修改后重新提交"),
}
WAITING = Message("还没有轮到")
VOID = Message("无需处理")

MODES: Mapping[str, Message] = {
    "all": Message("会签，需全部同意"),
    "any": Message("或签，一人同意即可"),
    "ratio": Message("会签，{share}% 同意即可"),
    "weighted": Message("按权重，达到 {share}% 即可"),
    "sequential": Message("依次审批"),
}
PLACES: Mapping[str, Message] = {
    "before": Message("前加签"),
    "after": Message("后加签"),
    "opinion": Message("征求意见"),
}


def standing(run: Run) -> tuple[Message, str]:
    """Return how an approval stands, and its colour."""
    if run.outcome is not None:
        return ENDS[run.outcome]
    back = any(seat.kind == "todo" for seat in run.open_seats)
    return RETURNED if back else RUNNING


def seat_words(seat: Seat) -> tuple[Message, str]:
    """Return how one person stands at a step, and its colour."""
    if seat.state == "void":
        return VOID, "grey"
    if seat.state == "waiting":
        return WAITING, "grey"
    if seat.state == "open":
        return OPEN[seat.kind], "amber"
    return OUTCOMES.get(seat.outcome or "", (Message("已处理"), "grey"))


def mode_words(step: AnyStep, visit: Visit) -> Message | None:
    """Return how the people of a step decide together; nothing where there is only one."""
    return mode_of(step, sum(1 for seat in visit.seats if seat.place is None))


def mode_of(step: AnyStep, people: int) -> Message | None:
    """Return how so many people at a step decide together."""
    if people < 2 or not isinstance(step, ApproveStep | HandleStep):
        return None
    chain = any(who.chain is not None for who in step.who)
    mode = step.mode or ("sequential" if chain else "all")
    share = getattr(step, "share", None)
    return Message(MODES[mode].text, share=share) if share else MODES[mode]
