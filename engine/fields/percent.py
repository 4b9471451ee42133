"""The `percent` field type."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import option
from engine.record import Value
from engine.typed.exact import Exact
from engine.typed.numbers import limit, plain, typed_number
from engine.typed.text import narrow


class Percent(Exact, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="percent"):
    """A share; 15 % is kept as 0.15."""

    widget: ClassVar = "percent"
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
    def low(self) -> Decimal | None:
        return None if self.min is None else _share(limit(self.min))

    @cached_property
    def high(self) -> Decimal | None:
        return None if self.max is None else _share(limit(self.max))

    def scale(self) -> int:
        return self.places + 2

    def parse(self, text: str) -> Decimal | None:
        typed = narrow(text)
        number = typed_number(typed.removesuffix("%"), self.places)
        return None if number is None else self.limited(_share(number))

    def write(self, value: Value) -> str:
        return plain(value.scaleb(2)) if isinstance(value, Decimal) else ""

    def show(self, value: Value, locale: str = "zh") -> str:
        return f"{self.write(value)}%" if isinstance(value, Decimal) else ""


def _share(number: Decimal | None) -> Decimal:
    return (number or Decimal(0)).scaleb(-2)
