"""Of which kinds are messages, so that people can choose how they want to be told of each?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import Message

KINDS: Mapping[str, Message] = {
    "approve": Message("待我审批"),
    "todo": Message("待办任务"),
    "cc": Message("抄送给我"),
    "result": Message("我发起的审批有结果"),
    "urge": Message("催办和超时"),
    "reminder": Message("提醒"),
    "comment": Message("评论和提到我"),
    "system": Message("系统通知"),
}
OTHER = "reminder"


def known_kind(kind: str) -> str:
    """Return the kind by whose wishes a message goes: rules may say any."""
    return kind if kind in KINDS else OTHER
