"""The `reference` field type."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.env import Env
from engine.expressions.feel_types import Type, reference
from engine.field import Field, Id, Storage, option
from engine.filter import Where
from engine.record import Value
from engine.typed.ids import one_id, sent_id
from engine.wording import Message

FormName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,47}(\.[a-z][a-z0-9_]{0,47})?$")]
"""A form of the same app, or `app.form` of another."""


class Reference(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="reference"):
    """Points to one record of a form."""

    storage: ClassVar = Storage.LINK
    widget: ClassVar = "reference"
    group: ClassVar = "link"
    title: ClassVar = {"zh": "关联记录", "en": "Reference"}
    about: ClassVar = {
        "zh": "指向另一张表单的一条记录。",
        "en": "Points to one record of another form.",
    }

    to: Annotated[
        FormName,
        option("关联表单", "Form", "同一应用的表单，或 应用.表单", "A form, or app.form"),
    ]
    where: Annotated[
        Where,
        option("筛选条件", "Where", "只能选符合条件的记录", "Only records that meet it"),
    ] = ()
    match: Annotated[
        dict[Id, Id],
        option(
            "联动",
            "Match",
            "对方字段: 本表字段，两者相等的才能选",
            "Their field: our field; both must be equal",
        ),
    ] = {}
    columns: Annotated[
        tuple[Id, ...],
        option("附带显示", "Columns", "选择时显示对方的这些字段", "Fields seen when choosing"),
    ] = ()
    add: Annotated[
        bool, option("可新建", "Add", "选择时可以新建一条", "Offers a new one while choosing")
    ] = True

    @property
    def contextual(self) -> bool:
        return bool(self.match)

    def feel_type(self) -> Type:
        return reference(self.to)

    def follows(self) -> tuple[str, ...]:
        return tuple(self.match)

    def parse(self, text: str) -> str | None:
        return one_id(text)

    def read(self, data: Any) -> str | None:
        return sent_id(data)

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        target = row.get(f"{self.id}.")
        if value is None or not isinstance(target, Mapping):
            return None
        if not all(target.get(theirs) == row.get(ours) for theirs, ours in self.match.items()):
            return Message("所选记录与其他内容不符，请重新选择")
        return None
