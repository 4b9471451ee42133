"""The `duration` field type."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from engine.expressions.feel_types import DAYS, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.moments import iso_duration, parts_of, typed_duration
from engine.typed.text import as_text
from engine.wording import Message

_UNITS = {"zh": ("天", "小时", "分钟", "秒"), "en": ("d", "h", "min", "s")}


class Duration(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="duration"):
    """How long something takes, in days, hours, minutes and seconds."""

    storage: ClassVar = Storage.DURATION
    widget: ClassVar = "duration"
    group: ClassVar = "time"
    title: ClassVar = {"zh": "时长", "en": "Duration"}
    about: ClassVar = {
        "zh": "经过多久，如 3天4小时；文件里写作 P3DT4H。",
        "en": "How long it takes, such as 3d 4h; P3DT4H in files.",
    }

    min: Annotated[
        timedelta | None, option("最短", "Shortest", "如 PT30M", "Shorter is refused, as PT30M")
    ] = None
    max: Annotated[
        timedelta | None, option("最长", "Longest", "如 P30D", "Longer is refused, as P30D")
    ] = None

    def feel_type(self) -> Type:
        return DAYS

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> timedelta | None:
        value = typed_duration(text)
        if value is None:
            return None
        least = self.min or timedelta()
        if value < least:
            raise NotAcceptable(Message("不能短于 {limit}", limit=_spoken(least)))
        if self.max is not None and value > self.max:
            raise NotAcceptable(Message("不能长于 {limit}", limit=_spoken(self.max)))
        return value

    def read(self, data: Any) -> timedelta | None:
        return None if data is None else self.parse(as_text(data))

    def write(self, value: Value) -> str:
        return iso_duration(value) if isinstance(value, timedelta) else ""

    def show(self, value: Value, locale: str = "zh") -> str:
        return _spoken(value).get(locale, "") if isinstance(value, timedelta) else ""


def _spoken(length: timedelta) -> dict[str, str]:
    minus, parts = "-" if length < timedelta() else "", parts_of(length)
    said = {}
    for locale, units in _UNITS.items():
        named = [f"{count}{unit}" for count, unit in zip(parts, units, strict=True) if count]
        said[locale] = minus + ("" if locale == "zh" else " ").join(named or [f"0{units[2]}"])
    return said
