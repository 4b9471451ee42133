"""How does a message reach people in a group of Feishu, by the group's robot?"""

from __future__ import annotations

from typing import Any

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent
from runtime.effects.chats import Dialect, ask
from runtime.effects.net.http import Request
from runtime.effects.robots import ADDRESS, SECRET, address, words
from runtime.effects.signing import feishu_sign

DIALECT = Dialect(
    code="code", detail="msg", fine=frozenset({"0"}), again=frozenset({"11232", "9499"})
)


def send(parcel: Parcel) -> Outcome:
    """Write into the group, signed if the robot wants that."""
    text = words(parcel.letter, parcel.person.name)
    content: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret := parcel.set["secret"]:
        moment = int(parcel.now.timestamp())
        content |= {"timestamp": str(moment), "sign": feishu_sign(secret, moment)}
    said = ask(parcel.doors, DIALECT, Request(url=parcel.set["webhook"], json=content))
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


CHANNEL = Channel(
    label=Message("飞书群机器人"),
    symbol="users-group",
    help=Message("消息发到群里并提醒本人。群里的人都能看到，不带直接审批的链接。"),
    settings=(ADDRESS, SECRET),
    address=address,
    send=send,
)
