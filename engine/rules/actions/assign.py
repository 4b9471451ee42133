"""The `assign` action."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.rules.action import Action
from engine.rules.consequence import Consequence
from engine.rules.who import Who
from engine.wording import Message


class Assign(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="assign"):
    """Give the record to one of some people."""

    title: ClassVar = {"zh": "分配负责人", "en": "Assign"}
    about: ClassVar = {
        "zh": "把记录交给其中一人；可轮到手上最少的人，可限每人手上的数量。",
        "en": "Gives the record to one of them: the first, or whoever has the fewest.",
    }
    titles: ClassVar = {
        "to": ("分给谁", "To"),
        "pick": ("多人时给谁", "Of several"),
        "most": ("手上最多几条", "At most", "满了就不再分给他", "Whoever has so many gets none"),
    }

    to: Who
    pick: Literal["first", "least_loaded"] = "first"
    """`least_loaded` takes whoever owns the fewest records of the form that are under way; of
    equals, whoever waited longest for one."""
    most: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    """Nobody gets one who has so many under way; if that is everybody, the rule fails."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield Consequence("changed", form, "owner")

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if not self.to.named():
            yield "to", Message("没有写明分给谁")
