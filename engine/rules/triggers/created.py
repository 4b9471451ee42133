"""The `created` trigger."""

from typing import ClassVar

from engine.rules.consequence import Consequence
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class Created(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="created"):
    """A record is made, in whatever way."""

    title: ClassVar = {"zh": "新建记录", "en": "Created"}
    about: ClassVar = {
        "zh": "记录以任何方式新建后触发。",
        "en": "Goes off after a record is made in any way.",
    }

    def hears(self, happened: Happened) -> bool:
        return happened.kind == "created"

    def follows_from(self, consequence: Consequence) -> bool:
        return consequence.kind == "created"
