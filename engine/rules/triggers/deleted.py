"""The `deleted` trigger."""

from typing import ClassVar

from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class Deleted(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="deleted"):
    """A record is put into the recycle bin."""

    title: ClassVar = {"zh": "删除记录", "en": "Deleted"}
    about: ClassVar = {
        "zh": "记录移入回收站后触发。",
        "en": "Goes off after a record is put into the recycle bin.",
    }

    def hears(self, happened: Happened) -> bool:
        return happened.kind == "deleted"
