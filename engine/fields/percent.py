"""The `percent` field type."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type, number
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.numbers import exact, limit, plain, sent_number, typed_number
from engine.typed.text import narrow
from engine.wording import Message


class Percent(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="percent"):
    """A share; 15 % is kept as 0.15."""

    storage: ClassVar = Storage.DECIMAL
    widget: ClassVar = "percent"
    group: ClassVar = "number"
    title: ClassVar = {"zh": "百分比", "en": "Percent"}
    about: ClassVar = {
        "zh": "比例，如折扣、进度；15% 在表达式里是 0.15。",
        "en": "A share, such as a discount; 15% is 0.15 in expressions.",
    }

    places: Annotated[
        Annotated[int, Meta(ge=0, le=6)],
        option("小数位", "Decimal places", "百分号前保留几位", "Places before the sign"),
    ] = 2
    min: Annotated[
        float | None, option("最小百分数", "Least", "如 0 表示 0%", "As written before the sign")
    ] = 0
    max: Annotated[
        float | None,
        option("最大百分数", "Greatest", "如 100 表示 100%", "As written before the sign"),
    ] = 100

    @cached_property
    def _low(self) -> Decimal | None:
        return None if self.min is None else _share(limit(self.min))

    @cached_property
    def _high(self) -> Decimal | None:
        return None if self.max is None else _share(limit(self.max))

    def feel_type(self) -> Type:
        return number(self.scale())

    def scale(self) -> int:
        return self.places + 2

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self._low is not None and self._high is not None and self._low > self._high:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> Decimal | None:
        typed = narrow(text)
        number = typed_number(typed.removesuffix("%"), self.places)
        return None if number is None else self._limited(_share(number))

    def read(self, data: Any) -> Decimal | None:
        return self._limited(sent_number(data, self.scale()))

    def write(self, value: Value) -> str:
        return plain(value.scaleb(2)) if isinstance(value, Decimal) else ""

    def data(self, value: Value) -> str | None:
        return f"{value:f}" if isinstance(value, Decimal) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        return f"{self.write(value)}%" if isinstance(value, Decimal) else ""

    def _limited(self, value: Decimal | None) -> Decimal | None:
        if value is None:
            return None
        if self._low is not None and value < self._low:
            raise NotAcceptable(Message("不能小于 {limit}", limit=self.show(self._low)))
        if self._high is not None and value > self._high:
            raise NotAcceptable(Message("不能大于 {limit}", limit=self.show(self._high)))
        return exact(value, self.scale())


def _share(number: Decimal | None) -> Decimal:
    return (number or Decimal(0)).scaleb(-2)
