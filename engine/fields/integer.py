"""The `integer` field type."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from engine.expressions.feel_types import INTEGER, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.numbers import sent_number, typed_number
from engine.wording import Label, Message, words


class Integer(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="integer"):
    """A whole number."""

    storage: ClassVar = Storage.INTEGER
    widget: ClassVar = "integer"
    group: ClassVar = "number"
    title: ClassVar = {"zh": "整数", "en": "Integer"}
    about: ClassVar = {
        "zh": "没有小数的数，如件数、人数、次数。",
        "en": "A number without decimals, such as pieces, people or times.",
    }

    min: Annotated[
        int | None, option("最小值", "Least", "小于它不能保存", "Smaller is refused")
    ] = None
    max: Annotated[
        int | None, option("最大值", "Greatest", "大于它不能保存", "Greater is refused")
    ] = None
    unit: Annotated[
        Label | None, option("单位", "Unit", "显示在数字后面", "Stands behind the number")
    ] = None

    def feel_type(self) -> Type:
        return INTEGER

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> int | None:
        if len(text) < 12 and text.isascii() and text.isdigit():
            return self._limited(int(text))
        number = typed_number(text, 0)
        return None if number is None else self._limited(int(number))

    def read(self, data: Any) -> int | None:
        number = sent_number(data, 0)
        return None if number is None else self._limited(int(number))

    def data(self, value: Value) -> int | None:
        return value if isinstance(value, int) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, int):
            return ""
        unit = words(self.unit, locale)
        return f"{value:,} {unit}" if unit else f"{value:,}"

    def _limited(self, value: int) -> int:
        if self.min is not None and value < self.min:
            raise NotAcceptable(Message("不能小于 {limit}", limit=f"{self.min:,}"))
        if self.max is not None and value > self.max:
            raise NotAcceptable(Message("不能大于 {limit}", limit=f"{self.max:,}"))
        return value
