"""The `formula` field type."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from engine.field import Feel, Field, option
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
from engine.typed.results import Result
from engine.typed.worked_out import Currency, Places, Unit, WorkedOut
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


class Formula(WorkedOut, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="formula"):
    """Worked out from other fields by an expression, at every save."""

    title: ClassVar = {"zh": "公式", "en": "Formula"}
    about: ClassVar = {
        "zh": "由其他字段自动算出，保存时更新。",
        "en": "Worked out from other fields at every save.",
    }

    feel: Annotated[
        Feel, option("公式", "Expression", "如 quantity * price", "As quantity * price")
    ]
    result: Annotated[
        Result,
        option("结果类型", "Result", "数值、金额、文字、日期等", "A number, text, date and so on"),
    ] = "number"
    places: Places = 2
    currency: Currency = "CNY"
    unit: Unit = None

    @property
    def gives(self) -> Result:
        return self.result

    @property
    def digits(self) -> int:
        return self.places

    @cached_property
    def like(self) -> Field:
        """The field that would hold such a value if people typed it."""
        return result_field(self, self.result, self.places, self.currency, self.unit)


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
