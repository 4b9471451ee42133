"""The `formula` field type."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type
from engine.field import Feel, Field, Storage, option
from engine.fields.date import Date
from engine.fields.datetime import DateTime
from engine.fields.duration import Duration
from engine.fields.integer import Integer
from engine.fields.money import Money
from engine.fields.number import Number
from engine.fields.percent import Percent
from engine.fields.text import Text
from engine.fields.time import Time
from engine.fields.yes_no import YesNo
from engine.record import Value
from engine.typed.results import STORAGES, Result, kept, scale_of, type_of
from engine.wording import Label

_LIKE: Mapping[str, type[Field]] = {
    "number": Number,
    "integer": Integer,
    "money": Money,
    "percent": Percent,
    "text": Text,
    "yes_no": YesNo,
    "date": Date,
    "datetime": DateTime,
    "time": Time,
    "duration": Duration,
}


class Formula(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="formula"):
    """Worked out from other fields by an expression, at every save."""

    widget: ClassVar = "readonly"
    group: ClassVar = "computed"
    title: ClassVar = {"zh": "公式", "en": "Formula"}
    about: ClassVar = {
        "zh": "由其他字段自动算出，保存时更新。",
        "en": "Worked out from other fields at every save.",
    }
    settable: ClassVar = False

    feel: Annotated[
        Feel, option("公式", "Expression", "如 quantity * price", "As quantity * price")
    ]
    result: Annotated[
        Result,
        option("结果类型", "Result", "数值、金额、文字、日期等", "A number, text, date and so on"),
    ] = "number"
    places: Annotated[
        Annotated[int, Meta(ge=0, le=6)],
        option("小数位", "Decimal places", "四舍五入到几位", "Rounded half up to so many"),
    ] = 2
    currency: Annotated[
        Annotated[str, Meta(pattern="^[A-Z]{3}$")],
        option("币种", "Currency", "结果为金额时的币种", "Of a result that is money"),
    ] = "CNY"
    unit: Annotated[
        Label | None, option("单位", "Unit", "显示在数字后面", "Stands behind the number")
    ] = None

    @property
    def storage(self) -> Storage:  # type: ignore[override]  # depends on the result
        """The column that fits the result."""
        return STORAGES[self.result]

    @cached_property
    def like(self) -> Field:
        """The field that would hold such a value if people typed it."""
        return result_field(self, self.result, self.places, self.currency, self.unit)

    def feel_type(self) -> Type:
        return type_of(self.result, self.places)

    def scale(self) -> int:
        return scale_of(self.result, self.places)

    def kept(self, value: Any) -> Value:
        """Return what is stored of a result; None where it is of another kind."""
        return kept(self.result, self.places, value)

    def parse(self, text: str) -> Value:
        return self.like.parse(text)

    def read(self, data: Any) -> Value:
        return self.like.read(data)

    def write(self, value: Value) -> str:
        return self.like.write(value)

    def data(self, value: Value) -> Any:
        return self.like.data(value)

    def show(self, value: Value, locale: str = "zh") -> str:
        return self.like.show(value, locale)


def result_field(
    field: Field, result: Result, places: int, currency: str, unit: Label | None
) -> Field:
    """Return the field that would hold a result if people typed it."""
    said: dict[str, Any] = {"id": field.id, "label": field.label}
    match result:
        case "number":
            said |= {"places": places, "unit": unit}
        case "integer":
            said |= {"unit": unit}
        case "money":
            said |= {"places": min(places, 4), "currency": currency, "allow_negative": True}
        case "percent":
            said |= {"places": places, "min": None, "max": None}
        case "text":
            said |= {"max_length": 500}
    return _LIKE[result](**said)
