"""The `changed` trigger."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.consequence import Consequence
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class Changed(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="changed"):
    """A field of a record gets another value, by hand or worked out."""

    title: ClassVar = {"zh": "字段变化", "en": "Changed"}
    about: ClassVar = {
        "zh": "所列字段中任何一个的值改变后触发。",
        "en": "Goes off after any of the fields has another value.",
    }
    titles: ClassVar = {
        "fields": ("哪些字段变化", "Fields"),
    }

    fields: Annotated[tuple[Id, ...], Meta(min_length=1)]
    """Any of these; `owner` and `department` may be among them."""

    def hears(self, happened: Happened) -> bool:
        return happened.kind != "created" and any(id_ in happened.changes for id_ in self.fields)

    def follows_from(self, consequence: Consequence) -> bool:
        return consequence.kind == "changed" and consequence.name in self.fields
