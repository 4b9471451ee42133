"""How does a message reach a place in one of the services that Apprise knows?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent, Setting
from runtime.effects.net.apprise_door import MODULES, tell
from runtime.effects.net.http import NoAnswer
from runtime.effects.robots import address

BUSY = frozenset({429, 500, 502, 503, 504})


def send(parcel: Parcel) -> Outcome:
    """Tell it where the address points, with the name of the person: whoever looks there reads it,
    so there is no link to decide by."""
    letter = parcel.letter
    link = f"\n{letter.link_text}: {letter.link}" if letter.link else ""
    body = f"{parcel.person.name}: {letter.whole}{link}"
    said = tell(parcel.doors.outbound, parcel.set["url"], letter.title, body)
    if isinstance(said, NoAnswer):
        return Failed.without(said)
    if said.ok:
        return Sent(milliseconds=said.milliseconds)
    return Failed(
        code=f"HTTP {said.status}",
        detail=said.text(),
        again=said.status in BUSY,
        milliseconds=said.milliseconds,
    )


CHANNEL = Channel(
    label=Message("其他服务（Apprise）"),
    symbol="send",
    help=Message(
        "消息发到 Slack、Telegram、Bark、ntfy 等服务里的一个位置，看得到那里的人都能看到。",
    ),
    settings=(
        Setting(
            id="url",
            label=Message("Apprise 地址"),
            kind="secret",
            help=Message("可用的服务：{schemas}", schemas=", ".join(sorted(MODULES))),
        ),
    ),
    address=address,
    send=send,
)
