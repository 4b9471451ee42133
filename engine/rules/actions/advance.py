"""The `advance` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence


class Advance(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="advance"):
    """Move the record to a stage; gates hold as for people."""

    title: ClassVar = {"zh": "推进阶段", "en": "Advance"}
    about: ClassVar = {
        "zh": "把记录推进到某个阶段，关卡照常检查。",
        "en": "Moves the record to a stage; gates hold as for people.",
    }
    titles: ClassVar = {
        "stage": ("推进到", "To the stage"),
    }

    stage: Id

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield Consequence("entered", form, self.stage)
