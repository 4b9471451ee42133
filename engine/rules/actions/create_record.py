"""The `create_record` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Feel, Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence
from engine.rules.who import Who


class CreateRecord(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="create_record"
):
    """Make a record of a form."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "新建记录", "en": "Create record"}
    about: ClassVar = {
        "zh": "在某个表单里新建一条记录，校验照常。",
        "en": "Makes a record of a form; its checks hold as ever.",
    }
    titles: ClassVar = {
        "form": ("在哪张表单新建", "Form"),
        "set": ("填写字段", "Sets"),
        "by": (
            "关联字段",
            "Refers by",
            "新记录的这个字段指向本记录",
            "Its reference to this record",
        ),
        "owner": ("负责人", "Owner", "不选就和本记录一样", "That of this record without it"),
    }

    form: Id
    set: dict[Id, Feel] = {}
    """By field of the new record, an expression over the rule's own."""
    by: Id | None = None
    """A reference field of the new record, filled with the rule's own."""
    owner: Who | None = None
    """Whose it is: the first of them; without it, the owner of the rule's own record."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield Consequence("created", self.form)
