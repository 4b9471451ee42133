"""The `rollup` field type."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.feel_types import Type
from engine.field import Field, Id, Storage, option
from engine.fields.formula import result_field
from engine.fields.reference import FormName
from engine.filter import Where
from engine.record import Value
from engine.typed.results import STORAGES, kept, scale_of, type_of
from engine.wording import Label, Message

Gives = Literal["number", "integer", "money", "percent", "date", "datetime"]


class Rollup(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rollup"):
    """Counts or adds up the records of another form that point here."""

    widget: ClassVar = "readonly"
    group: ClassVar = "computed"
    title: ClassVar = {"zh": "汇总", "en": "Rollup"}
    about: ClassVar = {
        "zh": "对指向本记录的其他记录计数、求和等。",
        "en": "Counts or adds up the records that point to this one.",
    }
    settable: ClassVar = False

    form: Annotated[
        FormName,
        option("汇总表单", "Form", "同一应用的表单，或 应用.表单", "A form, or app.form"),
    ]
    by: Annotated[
        Id, option("关联字段", "By", "对方指向本表的字段", "Their field that points here")
    ]
    measure: Annotated[
        Literal["count", "sum", "avg", "min", "max"],
        option("方式", "Measure", "计数、求和、平均、最小或最大", "count, sum, avg, min or max"),
    ] = "count"
    of: Annotated[
        Id | None, option("汇总字段", "Of", "对方的数值或日期字段", "Their number or date field")
    ] = None
    where: Annotated[
        Where,
        option("筛选条件", "Where", "只算符合条件的记录", "Only records that meet it count"),
    ] = ()
    result: Annotated[
        Gives,
        option("结果类型", "Result", "数值、金额、日期等；计数为整数", "Counts are integers"),
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
        return STORAGES[self._result]

    @cached_property
    def _result(self) -> Gives:
        return "integer" if self.measure == "count" else self.result

    @cached_property
    def like(self) -> Field:
        """The field that would hold such a value if people typed it."""
        return result_field(self, self._result, self.places, self.currency, self.unit)

    def feel_type(self) -> Type:
        return type_of(self._result, self.places)

    def scale(self) -> int:
        return scale_of(self._result, self.places)

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.measure != "count" and self.of is None:
            yield "measure", "field.of", Message("请用 of 指明要汇总的字段")
        elif self.measure in ("sum", "avg") and self._result in ("date", "datetime"):
            yield "result", "field.result", Message("日期只能取最小或最大")

    def kept(self, value: Any) -> Value:
        """Return what is stored of a result; None where it is of another kind."""
        return kept(self._result, self.places, value)

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
