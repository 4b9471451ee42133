"""The `time` field type."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.feel_types import TIME, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.moments import typed_time
from engine.typed.text import as_text
from engine.wording import Message


class Time(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="time"):
    """A time of day."""

    storage: ClassVar = Storage.TIME
    widget: ClassVar = "time"
    group: ClassVar = "time"
    title: ClassVar = {"zh": "时间", "en": "Time"}
    about: ClassVar = {
        "zh": "一天中的时刻，如 08:30。",
        "en": "A time of day, such as 08:30.",
    }

    precision: Annotated[
        Literal["minute", "second"],
        option("精确到", "Precision", "分钟或秒", "Minutes or seconds"),
    ] = "minute"
    min: Annotated[
        time | None, option("最早", "Earliest", "如 08:00:00", "Earlier times are refused")
    ] = None
    max: Annotated[
        time | None, option("最晚", "Latest", "如 18:00:00", "Later times are refused")
    ] = None

    def feel_type(self) -> Type:
        return TIME

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> time | None:
        value = typed_time(text)
        if value is None:
            return None
        if self.precision == "minute":
            value = value.replace(second=0)
        if self.min is not None and value < self.min.replace(tzinfo=None):
            raise NotAcceptable(Message("不能早于 {limit}", limit=self.write(self.min)))
        if self.max is not None and value > self.max.replace(tzinfo=None):
            raise NotAcceptable(Message("不能晚于 {limit}", limit=self.write(self.max)))
        return value

    def read(self, data: Any) -> time | None:
        return None if data is None else self.parse(as_text(data))

    def write(self, value: Value) -> str:
        if not isinstance(value, time):
            return ""
        return value.strftime("%H:%M" if self.precision == "minute" else "%H:%M:%S")
