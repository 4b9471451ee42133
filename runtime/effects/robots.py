"""What have the robots of chat groups in common?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.channel import Doors, Letter, Set, Setting
from runtime.store.people import Person

ADDRESS = Setting(
    id="webhook",
    label=Message("机器人 Webhook 地址"),
    kind="secret",
    help=Message("在群设置里添加自定义机器人后复制"),
)
SECRET = Setting(
    id="secret",
    label=Message("加签密钥"),
    kind="secret",
    required=False,
    help=Message("机器人的安全设置选了加签时填写"),
)


def address(doors: Doors, kept: Set, person: Person) -> str:
    """Return by what somebody is called in the group: the number, or else the name."""
    return (person.phone or "").removeprefix("+86") or person.name


def words(letter: Letter, name: str) -> str:
    """Return the letter for a group. A group has no link to decide by: anybody there could."""
    link = f"\n{letter.link_text}：{letter.link}" if letter.link else ""
    return f"{name} · {letter.title}\n{letter.whole}{link}"
