"""The `threshold` trigger."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.trigger import Trigger
from engine.wording import Message
from engine.worktime import WorkCalendar

DAY = timedelta(days=1)
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
Period = tuple[date, date]
"""Its first day, and the first day after it."""


class Threshold(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="threshold"):
    """A figure of some periods, one after the other, is too low or too high."""

    title: ClassVar = {"zh": "指标连续越线", "en": "Threshold"}
    about: ClassVar = {
        "zh": "一个或连续几个周期的数量、合计、平均或占比低于（高于）界线时触发，每个周期一次。",
        "en": "Goes off when a figure was too low or too high in each of some periods, once each.",
    }
    titles: ClassVar = {
        "measure": ("看什么", "Measure"),
        "of": ("哪个数字", "Of", "合计和平均要选", "For sum and average"),
        "that": ("占比的条件", "That", "占比要写", "For the ratio"),
        "when": ("按哪个日期", "By the date", "不选就按创建时间", "When it was made without it"),
        "per": ("周期", "Period"),
        "periods": ("连续几个周期", "In a row"),
        "below": ("低于", "Below"),
        "above": ("高于", "Above"),
        "each": ("对谁", "For", "每个负责人，或全部合计", "Each owner, or all together"),
        "roles": ("哪些角色", "Roles", "没有记录的人也算", "Those without any records too"),
        "working": ("只算工作日", "Working days only"),
        "at": ("几点", "At"),
    }
    by_clock: ClassVar = True
    remembers: ClassVar = True
    replays: ClassVar = False

    measure: Literal["count", "sum", "avg", "ratio"] = "count"
    """`ratio` is the share of the records for which `that` holds, from 0 to 1."""
    of: Id | None = None
    """The number that is summed or averaged."""
    that: Feel | None = None
    """Of a ratio: what must hold."""
    when: Id = "created_at"
    """The date or moment that puts a record into a period."""
    per: Literal["day", "week", "month"] = "week"
    periods: Annotated[int, Meta(ge=1, le=12)] = 1
    """In so many ended periods, one after the other."""
    below: Decimal | None = None
    above: Decimal | None = None
    each: Literal["owner", "total"] = "total"
    """For each person by their own records, or for all together."""
    roles: tuple[Id, ...] = ()
    """With `each: owner`: whoever plays one of them, with no records too."""
    working: bool = False
    """With `per: day`: days off are no periods."""
    at: Annotated[str, Meta(pattern=CLOCK)] = "09:00"
    """From which time of the day after the period."""

    @property
    def of_a_record(self) -> bool:
        return False

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if (self.below is None) == (self.above is None):
            yield "below", Message("below 和 above 要写且只写一个")
        if (self.of is not None) != (self.measure in ("sum", "avg")):
            yield "of", Message("合计（sum）和平均（avg）要写 of，其他不写")
        if (self.that is not None) != (self.measure == "ratio"):
            yield "that", Message("占比（ratio）要写 that，其他不写")
        if self.roles and self.each != "owner":
            yield "roles", Message("roles 要和 each: owner 一起写")
        if self.working and self.per != "day":
            yield "working", Message("working 只用于 per: day")

    def looked_for(self, now: datetime, calendar: WorkCalendar) -> tuple[Period, ...]:
        """Return the last ended periods, oldest first."""
        local = now.astimezone(calendar.zone)
        today = local.date() if f"{local:%H:%M}" >= self.at else local.date() - DAY
        end = self._begin(today)
        found: list[Period] = []
        while len(found) < self.periods:
            start = self._begin(end - DAY)
            if not self.working or calendar.is_working_day(start):
                found.append((start, end))
            end = start
        return tuple(reversed(found))

    def told_at(self, period: Period, calendar: WorkCalendar) -> datetime:
        """Return from which moment a period counts as ended."""
        return datetime.combine(period[1], time.fromisoformat(self.at), calendar.zone)

    def _begin(self, day: date) -> date:
        if self.per == "week":
            return day - day.weekday() * DAY
        return day.replace(day=1) if self.per == "month" else day

    def crossed(self, figure: Decimal | None) -> bool:
        """Tell whether a figure is too low or too high; one that nothing gives is neither."""
        if figure is None:
            return False
        if self.below is not None:
            return figure < self.below
        return self.above is not None and figure > self.above
