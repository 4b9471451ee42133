"""How does a message reach people in a group of DingTalk, by the group's robot?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent
from runtime.effects.chats import Dialect, ask
from runtime.effects.net.http import Request
from runtime.effects.robots import ADDRESS, SECRET, address, words
from runtime.effects.signing import dingtalk_sign

DIALECT = Dialect(
    code="errcode",
    detail="errmsg",
    fine=frozenset({"0"}),
    again=frozenset({"-1", "130101", "410100"}),
)


def send(parcel: Parcel) -> Outcome:
    """Write into the group and call the person, signed if the robot wants that."""
    called = [parcel.address] if parcel.address.isdecimal() else []
    text = {"content": words(parcel.letter, parcel.person.name)}
    content = {"msgtype": "text", "text": text, "at": {"atMobiles": called, "isAtAll": False}}
    params = {}
    if secret := parcel.set["secret"]:
        moment = int(parcel.now.timestamp() * 1000)
        params = {"timestamp": str(moment), "sign": dingtalk_sign(secret, moment)}
    wanted = Request(url=parcel.set["webhook"], params=params, json=content)
    said = ask(parcel.doors, DIALECT, wanted)
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


CHANNEL = Channel(
    label=Message("钉钉群机器人"),
    symbol="users-group",
    help=Message("消息发到群里并提醒本人。群里的人都能看到，不带直接审批的链接。"),
    settings=(ADDRESS, SECRET),
    address=address,
    send=send,
)
