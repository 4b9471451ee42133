"""How does a message reach people in a group of WeCom, by the group's robot?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent
from runtime.effects.channels.wecom import DIALECT
from runtime.effects.chats import ask
from runtime.effects.net.http import Request
from runtime.effects.robots import ADDRESS, address, words


def send(parcel: Parcel) -> Outcome:
    """Write into the group and call the person."""
    called = [parcel.address] if parcel.address.isdecimal() else []
    text = {"content": words(parcel.letter, parcel.person.name), "mentioned_mobile_list": called}
    content = {"msgtype": "text", "text": text}
    said = ask(parcel.doors, DIALECT, Request(url=parcel.set["webhook"], json=content))
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


CHANNEL = Channel(
    label=Message("企业微信群机器人"),
    symbol="users-group",
    help=Message("消息发到群里并提醒本人。群里的人都能看到，不带直接审批的链接。"),
    settings=(ADDRESS,),
    address=address,
    send=send,
)
