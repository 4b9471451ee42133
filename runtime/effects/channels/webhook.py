"""How does a message reach another program, which knows how to reach the person?"""

from __future__ import annotations

import msgspec

from engine.wording import Message
from runtime.effects.channel import Channel, Doors, Failed, Outcome, Parcel, Sent, Set, Setting
from runtime.effects.net.http import NoAnswer, Request
from runtime.effects.signing import webhook_sign
from runtime.store.people import Person

BUSY = frozenset({408, 425, 429})
BROKEN = 500


def address(doors: Doors, kept: Set, person: Person) -> str:
    """Return by what the other program may know somebody."""
    return person.login


def send(parcel: Parcel) -> Outcome:
    """Post the message as JSON; the same message has the same key each time it is tried."""
    letter, person = parcel.letter, parcel.person
    body = msgspec.json.encode(
        {
            "id": letter.key,
            "at": parcel.now.isoformat(),
            "person": {"login": person.login, "name": person.name, "phone": person.phone,
                       "email": person.email},
            "title": letter.title,
            "text": letter.whole,
            "link": letter.link,
        }
    )  # fmt: skip
    moment = int(parcel.now.timestamp())
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": letter.key}
    if secret := parcel.set["secret"]:
        headers["X-Dougong-Timestamp"] = str(moment)
        headers["X-Dougong-Signature"] = f"sha256={webhook_sign(secret, moment, body)}"
    answer = parcel.doors.outbound.ask(Request(url=parcel.set["url"], body=body, headers=headers))
    if isinstance(answer, NoAnswer):
        return Failed.without(answer)
    if answer.ok:
        return Sent(milliseconds=answer.milliseconds)
    return Failed(
        code=f"HTTP {answer.status}",
        detail=answer.text(),
        again=answer.status in BUSY or answer.status >= BROKEN,
        milliseconds=answer.milliseconds,
    )


CHANNEL = Channel(
    label=Message("自有程序（Webhook）"),
    symbol="link",
    help=Message("把每条消息以 JSON 发给您自己的程序，由它转达。签名方法见文档。"),
    settings=(
        Setting(id="url", label=Message("地址")),
        Setting(id="secret", label=Message("签名密钥"), kind="secret", required=False),
    ),
    address=address,
    send=send,
)
