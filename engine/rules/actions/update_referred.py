"""The `update_referred` action."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.action import Action


class UpdateReferred(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="update_referred"
):
    """Put values into fields of the record that this one refers to."""

    title: ClassVar = {"zh": "修改被引用的记录", "en": "Update referred"}
    about: ClassVar = {
        "zh": "修改本记录引用的那条记录，校验照常。",
        "en": "Changes the record that this one refers to; its checks hold as ever.",
    }
    titles: ClassVar = {
        "through": ("通过哪个关联字段", "Through"),
        "set": ("填写对方的字段", "Sets"),
    }

    through: Id
    """The reference field of this record; while it is empty nothing is done."""
    set: Annotated[dict[Id, Feel], Meta(min_length=1)]
    """By field over there, an expression over this record."""
