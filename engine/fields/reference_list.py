"""The `reference_list` field type."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type, list_of, reference
from engine.field import Id, NotAcceptable, Storage, option
from engine.fields.reference import FormName
from engine.filter import Where
from engine.record import Value
from engine.typed.ids import some_ids
from engine.typed.lists import counted
from engine.typed.several import Several


class ReferenceList(
    Several, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="reference_list"
):
    """Points to several records of a form, which others may point to as well."""

    storage: ClassVar = Storage.LINKS
    widget: ClassVar = "reference_list"
    group: ClassVar = "link"
    title: ClassVar = {"zh": "关联多条记录", "en": "Reference list"}
    about: ClassVar = {
        "zh": "指向另一张表单的多条记录（多对多）。",
        "en": "Points to several records of another form (many to many).",
    }

    to: Annotated[
        FormName,
        option("关联表单", "Form", "同一应用的表单，或 应用.表单", "A form, or app.form"),
    ]
    where: Annotated[
        Where,
        option("筛选条件", "Where", "只能选符合条件的记录", "Only records that meet it"),
    ] = ()
    columns: Annotated[
        tuple[Id, ...],
        option("附带显示", "Columns", "选择时显示对方的这些字段", "Fields seen when choosing"),
    ] = ()
    add: Annotated[
        bool, option("可新建", "Add", "选择时可以新建一条", "Offers a new one while choosing")
    ] = True
    min_items: Annotated[
        Annotated[int, Meta(ge=1, le=500)] | None,
        option("最少几条", "At least", "选了就不能更少", "Fewer are refused, none is not"),
    ] = None
    max_items: Annotated[
        Annotated[int, Meta(ge=1, le=500)],
        option("最多几条", "At most", "更多不能保存", "More are refused"),
    ] = 100

    def feel_type(self) -> Type:
        return list_of(reference(self.to))

    def parse(self, text: str) -> tuple[str, ...] | None:
        return self.parse_all(tuple(text[:40_000].replace("，", ",").split(",")))

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        chosen = some_ids(tuple(text.strip() for text in texts), None)
        complaint = counted(len(chosen or ()), self.min_items, self.max_items)
        if complaint:
            raise NotAcceptable(complaint)
        return chosen

    def show(self, value: Value, locale: str = "zh") -> str:
        count = len(value) if isinstance(value, tuple) else 0
        return (f"{count} 条" if locale == "zh" else str(count)) if count else ""
