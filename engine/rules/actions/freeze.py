"""The `freeze` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Id
from engine.rules.action import Action
from engine.rules.who import Who
from engine.wording import Label, Message


class Freeze(Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="freeze"):
    """Let nothing new be made of a form, for a record or for people, until it is lifted."""

    for_figures: ClassVar = True
    title: ClassVar = {"zh": "冻结新建", "en": "Freeze"}
    about: ClassVar = {
        "zh": "为某条记录或某些人停止新建某种记录，直到解除；每个入口都会拒绝并说明原因。",
        "en": "Nothing new of a form for a record, or for people; refused at every door with why.",
    }
    titles: ClassVar = {
        "form": ("停止新建", "Nothing new of"),
        "by": ("引用字段", "By", "新记录里引用被冻结记录的字段", "Of the new record"),
        "through": ("冻结哪条记录", "Through", "不选就是本记录", "The record itself without it"),
        "people": ("冻结谁", "People"),
        "text": ("原因", "Why", "被拒绝时看到", "Said when it is refused"),
        "way_on": ("怎么解除", "Way on"),
        "lifted_by": ("谁能解除", "Lifted by", "管理员总是可以", "Administrators always may"),
    }

    form: Id
    """Nothing new of this form."""
    by: Id | None = None
    """Its reference field: nothing new that refers to the record by it."""
    through: Id | None = None
    """The reference of this record to the one that is frozen; without it, this record itself."""
    people: Who | None = None
    """Instead of a record: nothing new that would be theirs."""
    text: Label
    """Why; `{name}` becomes the value of a field."""
    way_on: Label | None = None
    """What has to be done so that it is lifted."""
    lifted_by: tuple[Id, ...] = ()
    """The roles that may lift it by hand."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if (self.by is None) == (self.people is None):
            yield "by", Message("by 和 people 要写且只写一个")
        if self.people is not None and not self.people.named():
            yield "people", Message("没有写明冻结谁")
        if self.through is not None and self.by is None:
            yield "through", Message("through 要和 by 一起写")
