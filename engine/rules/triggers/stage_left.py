"""The `stage_left` trigger."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class StageLeft(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="stage_left"):
    """A record goes out of a stage, wherever to."""

    title: ClassVar = {"zh": "离开阶段", "en": "Stage left"}
    about: ClassVar = {
        "zh": "记录离开所列阶段后触发。",
        "en": "Goes off after a record goes out of one of the stages.",
    }
    titles: ClassVar = {
        "stages": ("离开哪些阶段", "Stages"),
    }

    stages: Annotated[tuple[Id, ...], Meta(min_length=1)]

    def hears(self, happened: Happened) -> bool:
        change = happened.changes.get("stage")
        return change is not None and change[0] in self.stages
