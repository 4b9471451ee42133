"""The `money` field type."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type, number
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.currencies import amount
from engine.typed.numbers import limit, sent_number, typed_number
from engine.wording import Message


class Money(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="money"):
    """An amount of money, exact to the last place."""

    storage: ClassVar = Storage.DECIMAL
    widget: ClassVar = "money"
    group: ClassVar = "number"
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
    def _low(self) -> Decimal | None:
        lowest = limit(self.min)
        return lowest if lowest is not None or self.allow_negative else Decimal(0)

    @cached_property
    def _high(self) -> Decimal | None:
        return limit(self.max)

    def feel_type(self) -> Type:
        return number(self.places)

    def scale(self) -> int:
        return self.places

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self._low is not None and self._high is not None and self._low > self._high:
            yield "max", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> Decimal | None:
        return self._limited(typed_number(text, self.places))

    def read(self, data: Any) -> Decimal | None:
        return self._limited(sent_number(data, self.places))

    def write(self, value: Value) -> str:
        return f"{value:f}" if isinstance(value, Decimal) else ""

    def data(self, value: Value) -> str | None:
        return f"{value:f}" if isinstance(value, Decimal) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        return amount(value, self.currency, self.places) if isinstance(value, Decimal) else ""

    def _limited(self, value: Decimal | None) -> Decimal | None:
        if value is None:
            return None
        if self._low is not None and value < self._low:
            raise NotAcceptable(Message("不能小于 {limit}", limit=self.show(self._low)))
        if self._high is not None and value > self._high:
            raise NotAcceptable(Message("不能大于 {limit}", limit=self.show(self._high)))
        return value
