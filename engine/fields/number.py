"""The `number` field type."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type, number
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.numbers import grouped, limit, outside, plain, sent_number, typed_number
from engine.wording import Label, Message, words


class Number(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="number"):
    """An exact decimal number."""

    storage: ClassVar = Storage.DECIMAL
    widget: ClassVar = "number"
    group: ClassVar = "number"
    title: ClassVar = {"zh": "数值", "en": "Number"}
    about: ClassVar = {
        "zh": "精确的小数，如重量、长度、数量。",
        "en": "An exact decimal, such as a weight, a length or a quantity.",
    }

    places: Annotated[
        Annotated[int, Meta(ge=0, le=8)],
        option("小数位", "Decimal places", "最多保留几位小数", "More places are refused"),
    ] = 2
    min: Annotated[
        float | None, option("最小值", "Least", "小于它不能保存", "Smaller is refused")
    ] = None
    max: Annotated[
        float | None, option("最大值", "Greatest", "大于它不能保存", "Greater is refused")
    ] = None
    unit: Annotated[
        Label | None, option("单位", "Unit", "显示在数字后面", "Stands behind the number")
    ] = None

    @cached_property
    def _low(self) -> Decimal | None:
        return limit(self.min)

    @cached_property
    def _high(self) -> Decimal | None:
        return limit(self.max)

    def feel_type(self) -> Type:
        return number(self.places)

    def scale(self) -> int:
        return self.places

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self._low is not None and self._high is not None and self._low > self._high:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> Decimal | None:
        return self._limited(typed_number(text, self.places))

    def read(self, data: Any) -> Decimal | None:
        return self._limited(sent_number(data, self.places))

    def write(self, value: Value) -> str:
        return plain(value) if isinstance(value, Decimal) else ""

    def data(self, value: Value) -> str | None:
        return f"{value:f}" if isinstance(value, Decimal) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, Decimal):
            return ""
        unit = words(self.unit, locale)
        return f"{grouped(value)} {unit}" if unit else grouped(value)

    def _limited(self, value: Decimal | None) -> Decimal | None:
        if value is not None:
            complaint = outside(value, self._low, self._high)
            if complaint:
                raise NotAcceptable(complaint)
        return value
