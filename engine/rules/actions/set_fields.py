"""The `set_fields` action."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence


class SetFields(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="set_fields"):
    """Put values into fields of the record, those that people can't change too."""

    title: ClassVar = {"zh": "填写字段", "en": "Set fields"}
    about: ClassVar = {
        "zh": "按表达式填写本记录的字段，表单的校验照常。",
        "en": "Puts values into fields of the record; the form's checks hold as ever.",
    }
    titles: ClassVar = {
        "set": ("填写字段", "Sets"),
    }

    set: Annotated[dict[Id, Feel], Meta(min_length=1)]
    """By field, the expression of its new value."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield from (Consequence("changed", form, id_) for id_ in self.set)
