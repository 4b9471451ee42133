"""The `datetime` field type."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from engine.expressions.env import Env
from engine.expressions.feel_types import DATETIME, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.limits import wrong_moment
from engine.typed.moments import typed_moment, zone_of
from engine.typed.text import as_text
from engine.wording import Message

_LAST_YEAR = 9998
"""In the next one, some zones have no date for some moments."""


class DateTime(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="datetime"):
    """A moment, kept in UTC and shown in its zone."""

    storage: ClassVar = Storage.DATETIME
    widget: ClassVar = "datetime"
    group: ClassVar = "time"
    title: ClassVar = {"zh": "日期时间", "en": "Date and time"}
    about: ClassVar = {
        "zh": "某一天的某一刻，如 2026-11-21 08:30。",
        "en": "A moment, such as 2026-11-21 08:30.",
    }

    precision: Annotated[
        Literal["minute", "second"],
        option("精确到", "Precision", "分钟或秒", "Minutes or seconds"),
    ] = "minute"
    only: Annotated[
        Literal["past", "future"] | None,
        option("只能是", "Only", "保存时的过去或将来", "In the past or to come, when it changes"),
    ] = None
    zone: Annotated[
        str,
        option("时区", "Zone", "填写和显示所用的时区", "In which it is typed and shown"),
    ] = "Asia/Shanghai"

    @property
    def contextual(self) -> bool:
        return self.only is not None

    @cached_property
    def _zone(self) -> ZoneInfo:
        return zone_of(self.zone) or ZoneInfo("UTC")

    def feel_type(self) -> Type:
        return DATETIME

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if zone_of(self.zone) is None:
            yield "zone", "field.zone", Message("没有名为“{zone}”的时区", zone=self.zone)
            return
        yield from super().mistakes()

    def parse(self, text: str) -> datetime | None:
        moment = typed_moment(text, self._zone)
        return moment and self._precise(moment)

    def read(self, data: Any) -> datetime | None:
        return None if data is None else self.parse(as_text(data))

    def write(self, value: Value) -> str:
        if not isinstance(value, datetime):
            return ""
        local = value.astimezone(self._zone)
        return local.strftime(
            "%Y-%m-%dT%H:%M" if self.precision == "minute" else "%Y-%m-%dT%H:%M:%S"
        )

    def data(self, value: Value) -> str | None:
        if not isinstance(value, datetime):
            return None
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def show(self, value: Value, locale: str = "zh") -> str:
        return self.write(value).replace("T", " ")

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        if value == before or not isinstance(value, datetime):
            return None
        if not wrong_moment(value, self.only, env.now):
            return None
        return Message("不能是将来的时间") if self.only == "past" else Message("不能是过去的时间")

    def _precise(self, moment: datetime) -> datetime:
        if not 1000 <= moment.year <= _LAST_YEAR:
            message = Message("年份应在 {first} 到 {last} 之间", first=1000, last=_LAST_YEAR)
            raise NotAcceptable(message)
        return moment.replace(second=0) if self.precision == "minute" else moment
