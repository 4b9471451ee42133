"""What do people read of a message that did not go?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import Message
from runtime.effects.channel import Failed, Outcome

OURS: Mapping[str, Message] = {
    "no_address": Message("没有填写这个渠道的联系方式"),
    "refused": Message("地址在内网，服务器没有被允许连接"),
    "not_found": Message("找不到服务器的地址"),
    "timeout": Message("对方没有及时应答"),
    "network": Message("连接不上对方的服务器"),
    "address": Message("地址不正确"),
    "too_large": Message("对方的应答太大"),
    "unsupported": Message("对方的服务器不支持所选的方式"),
    "error": Message("发送时程序出错，已记入日志"),
    "no_key": Message("渠道的密钥打不开，请重新填写"),
}
NOT_THEIRS = frozenset({"no_address", "unknown_phone"})
"""Codes that say something of the person, not of the channel."""


def trouble(outcome: Outcome) -> Message | None:
    """Return why a message did not go; None if it did."""
    if not isinstance(outcome, Failed):
        return None
    if outcome.code == "unknown_phone":
        return Message("服务商那里没有手机号与此人一致的账号")
    known = OURS.get(outcome.code)
    if known:
        return known
    return Message(
        "服务商没有接受（{code}）：{detail}", code=outcome.code, detail=outcome.detail or "—"
    )
