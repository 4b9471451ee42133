"""The `money` field type."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import option
from engine.record import Value
from engine.typed.currencies import amount
from engine.typed.exact import Exact
from engine.typed.numbers import limit


class Money(Exact, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="money"):
    """An amount of money, exact to the last place."""

    widget: ClassVar = "money"
    crossed: ClassVar = "max"
    title: ClassVar = {"zh": "金额", "en": "Money"}
    about: ClassVar = {
        "zh": "一种货币的金额，精确到分。",
        "en": "An amount of one currency, exact to the last place.",
    }

    currency: Annotated[
        Annotated[str, Meta(pattern="^[A-Z]{3}$")],
        option("币种", "Currency", "三个字母的代码，如 CNY", "Three letters, such as CNY"),
    ] = "CNY"
    places: Annotated[
        Annotated[int, Meta(ge=0, le=4)],
        option("小数位", "Decimal places", "保留几位小数", "More places are refused"),
    ] = 2
    min: Annotated[
        float | None, option("最小金额", "Least", "小于它不能保存", "Smaller is refused")
    ] = None
    max: Annotated[
        float | None, option("最大金额", "Greatest", "大于它不能保存", "Greater is refused")
    ] = None
    allow_negative: Annotated[
        bool, option("可为负数", "Negative", "允许填负数，如退款", "Amounts below zero are taken")
    ] = False

    @cached_property
    def low(self) -> Decimal | None:
        lowest = limit(self.min)
        return lowest if lowest is not None or self.allow_negative else Decimal(0)

    @cached_property
    def high(self) -> Decimal | None:
        return limit(self.max)

    def scale(self) -> int:
        return self.places

    def show(self, value: Value, locale: str = "zh") -> str:
        return amount(value, self.currency, self.places) if isinstance(value, Decimal) else ""
