"""The `number` field type."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import option
from engine.record import Value
from engine.typed.exact import Exact
from engine.typed.numbers import grouped, limit, plain
from engine.wording import Label, words


class Number(Exact, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="number"):
    """An exact decimal number."""

    widget: ClassVar = "number"
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
    def low(self) -> Decimal | None:
        return limit(self.min)

    @cached_property
    def high(self) -> Decimal | None:
        return limit(self.max)

    def scale(self) -> int:
        return self.places

    def write(self, value: Value) -> str:
        return plain(value) if isinstance(value, Decimal) else ""

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, Decimal):
            return ""
        unit = words(self.unit, locale)
        return f"{grouped(value)} {unit}" if unit else grouped(value)
