"""The `stage_entered` trigger."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.consequence import Consequence
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class StageEntered(
    Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="stage_entered"
):
    """A record comes into a stage, from wherever; a new one comes into its first."""

    title: ClassVar = {"zh": "进入阶段", "en": "Stage entered"}
    about: ClassVar = {
        "zh": "记录进入所列阶段后触发。",
        "en": "Goes off after a record comes into one of the stages.",
    }
    titles: ClassVar = {
        "stages": ("进入哪些阶段", "Stages"),
    }

    stages: Annotated[tuple[Id, ...], Meta(min_length=1)]

    def hears(self, happened: Happened) -> bool:
        if happened.kind == "created":
            return happened.stage in self.stages
        change = happened.changes.get("stage")
        return change is not None and change[1] in self.stages

    def follows_from(self, consequence: Consequence) -> bool:
        return consequence.kind == "entered" and consequence.name in self.stages
