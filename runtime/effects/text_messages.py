"""What have the providers of text messages in common?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.channel import Doors, Failed, Letter, Set, Setting
from runtime.store.people import Person

LONGEST = 35
"""Characters that both providers allow in one blank of a template."""
HOST = Setting(
    id="host",
    label=Message("接口地址"),
    required=False,
    help=Message("专有云时填写，不填用官方地址"),
)
SIGN = Setting(id="sign", label=Message("短信签名"))
TEMPLATE = Setting(
    id="template",
    label=Message("模板编号"),
    help=Message("模板里只留一个变量，消息内容会填进去"),
)


def address(doors: Doors, kept: Set, person: Person) -> str | Failed:
    """Return somebody's number, as providers in China write it."""
    if not person.phone:
        return Failed(code="no_address", detail="", again=False)
    return person.phone if person.phone.startswith("+") else f"+86{person.phone}"


def words(letter: Letter) -> str:
    """Return what fits into the blank."""
    text = " ".join((letter.headline or letter.text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
