"""The `rollup` field type."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from engine.field import Field, Id, option
from engine.fields.formula import result_field
from engine.fields.reference import FormName
from engine.filter import Where
from engine.typed.results import Result
from engine.typed.worked_out import Currency, Places, Unit, WorkedOut
from engine.wording import Message

Gives = Literal["number", "integer", "money", "percent", "date", "datetime"]


class Rollup(WorkedOut, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rollup"):
    """Counts or adds up the records of another form that point here."""

    title: ClassVar = {"zh": "汇总", "en": "Rollup"}
    about: ClassVar = {
        "zh": "对指向本记录的其他记录计数、求和等。",
        "en": "Counts or adds up the records that point to this one.",
    }

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
    places: Places = 2
    currency: Currency = "CNY"
    unit: Unit = None

    @property
    def digits(self) -> int:
        return self.places

    @cached_property
    def gives(self) -> Result:
        return "integer" if self.measure == "count" else self.result

    @cached_property
    def like(self) -> Field:
        """The field that would hold such a value if people typed it."""
        return result_field(self, self.gives, self.places, self.currency, self.unit)

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.measure != "count" and self.of is None:
            yield "measure", "field.of", Message("请用 of 指明要汇总的字段")
        elif self.measure in ("sum", "avg") and self.gives in ("date", "datetime"):
            yield "result", "field.result", Message("日期只能取最小或最大")
