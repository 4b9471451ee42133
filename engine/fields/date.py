"""The `date` field type."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from engine.expressions.env import Env
from engine.expressions.feel_types import DATE, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.limits import Side, wrong_side
from engine.typed.moments import typed_date
from engine.typed.text import as_text
from engine.wording import Message


class Date(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="date"):
    """A day of the calendar."""

    storage: ClassVar = Storage.DATE
    widget: ClassVar = "date"
    group: ClassVar = "time"
    title: ClassVar = {"zh": "日期", "en": "Date"}
    about: ClassVar = {
        "zh": "某一天，如 2026-11-21。",
        "en": "A day of the calendar, such as 2026-11-21.",
    }

    min: Annotated[
        date | None, option("最早", "Earliest", "早于它不能保存", "Earlier days are refused")
    ] = None
    max: Annotated[
        date | None, option("最晚", "Latest", "晚于它不能保存", "Later days are refused")
    ] = None
    only: Annotated[
        Side | None,
        option(
            "只能是",
            "Only",
            "保存时与当天比较：past、past_or_today、today_or_future、future",
            "Compared with the day on which it changes",
        ),
    ] = None

    @property
    def contextual(self) -> bool:
        return self.only is not None

    def feel_type(self) -> Type:
        return DATE

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> date | None:
        value = typed_date(text)
        if value is not None and self.min is not None and value < self.min:
            raise NotAcceptable(Message("不能早于 {limit}", limit=self.min.isoformat()))
        if value is not None and self.max is not None and value > self.max:
            raise NotAcceptable(Message("不能晚于 {limit}", limit=self.max.isoformat()))
        return value

    def read(self, data: Any) -> date | None:
        return None if data is None else self.parse(as_text(data))

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        if value == before or not isinstance(value, date):
            return None
        return wrong_side(value, self.only, env.today)
