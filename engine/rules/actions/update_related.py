"""The `update_related` action."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence


class UpdateRelated(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="update_related"
):
    """Put values into fields of the records that refer to this one."""

    title: ClassVar = {"zh": "修改关联记录", "en": "Update related"}
    about: ClassVar = {
        "zh": "修改引用了本记录的那些记录，校验照常。",
        "en": "Changes the records that refer to this one; their checks hold as ever.",
    }
    titles: ClassVar = {
        "form": ("哪张表单", "Form"),
        "by": ("对方的关联字段", "By", "指向本记录的字段", "Their field that points here"),
        "set": ("填写对方的字段", "Sets"),
        "most": ("最多几条", "At most", "超过就不执行", "Else nothing is done"),
    }

    form: Id
    by: Id
    """Their reference field that points here."""
    set: Annotated[dict[Id, Feel], Meta(min_length=1)]
    """By their field, an expression over this record."""
    most: Annotated[int, Meta(ge=1, le=500)] = 200
    """If there are more of them, nothing is changed and the rule fails."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield from (Consequence("changed", self.form, id_) for id_ in self.set)
