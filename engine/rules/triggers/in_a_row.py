"""The `in_a_row` trigger."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.consequence import Consequence
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class InARow(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="in_a_row"):
    """Something holds for the newest records of a list, so many one after the other."""

    title: ClassVar = {"zh": "连续多次", "en": "In a row"}
    about: ClassVar = {
        "zh": "最近的关联记录连续若干条都符合条件时触发，一次连续只触发一次。",
        "en": "Goes off when the condition holds for so many newest records; once per run.",
    }
    titles: ClassVar = {
        "of": ("哪张表单的记录", "Of the form"),
        "by": ("关联字段", "By", "它指向本表单", "Their field that points here"),
        "that": ("每条都要符合", "Each must meet"),
        "times": ("连续几条", "So many"),
    }

    of: Id
    """The form of the list."""
    by: Id
    """Its reference field that points to the rule's form."""
    that: Feel
    """What must hold for each of them."""
    times: Annotated[int, Meta(ge=2, le=20)] = 3

    @property
    def heard_at(self) -> str | None:
        return self.of

    def hears(self, happened: Happened) -> bool:
        return happened.kind in ("created", "edited", "restored")

    def follows_from(self, consequence: Consequence) -> bool:
        return consequence.kind in ("created", "changed")
