"""The `lookup` field type."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from engine.expressions.feel_types import ANY, Type
from engine.field import Field, Id, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.anything import data_of, shown
from engine.typed.json_values import checked, frozen
from engine.wording import Message


class Lookup(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="lookup"):
    """Shows a field of the record that a reference points to, as it is now."""

    storage: ClassVar = Storage.NONE
    widget: ClassVar = "readonly"
    group: ClassVar = "computed"
    title: ClassVar = {"zh": "他表字段", "en": "Lookup"}
    about: ClassVar = {
        "zh": "显示关联记录的某个字段，随对方更新。",
        "en": "Shows a field of the referenced record, always as it is now.",
    }
    settable: ClassVar = False
    sortable: ClassVar = False
    filterable: ClassVar = False

    by: Annotated[
        Id, option("关联字段", "By", "本表的关联字段", "The reference field of this form")
    ]
    field: Annotated[Id, option("显示字段", "Field", "对方的字段", "The field of the other form")]

    def feel_type(self) -> Type:
        """Return anything: what the field over there is, only the linker knows."""
        return ANY

    def value_in(self, row: Mapping[str, Any]) -> Value:
        """Return the value from a row that holds the referenced record."""
        target = row.get(f"{self.by}.")
        return target.get(self.field) if isinstance(target, Mapping) else None

    def parse(self, text: str) -> Value:
        if not text.strip():
            return None
        raise NotAcceptable(Message("取自关联记录，不能填写"))

    def read(self, data: Any) -> Value:
        value = None if data is None else frozen(checked(data, 100_000))
        return None if value in ("", ()) else value

    def write(self, value: Value) -> str:
        return ""

    def data(self, value: Value) -> Any:
        return data_of(value)

    def show(self, value: Value, locale: str = "zh") -> str:
        return shown(value, locale)
