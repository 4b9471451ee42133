"""The `add_points` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Feel, Id
from engine.rules.action import Action
from engine.rules.who import Who
from engine.wording import Label, Message


class AddPoints(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="add_points"):
    """Book points for people; a number below zero takes them away."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "记积分", "en": "Add points"}
    about: ClassVar = {
        "zh": "给相关人员各记一笔积分；负数是扣分，每次触发只记一次。",
        "en": "Books points for each of them, once for each occurrence; below zero takes away.",
    }
    titles: ClassVar = {
        "ledger": ("记到哪个积分池", "Ledger"),
        "to": ("记给谁", "To"),
        "points": ("多少分", "Points", "可以是表达式，负数扣分", "An expression; below zero takes"),
        "text": ("为什么", "What for"),
    }

    ledger: Id
    to: Who
    points: Feel
    """How many, an expression over the record; nothing is booked for zero or null."""
    text: Label
    """What for; `{name}` becomes the value of a field."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if not self.to.named():
            yield "to", Message("没有写明记给谁")
