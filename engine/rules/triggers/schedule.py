"""The `schedule` trigger."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.rules.looking import Looking
from engine.rules.stretch import Stretch
from engine.rules.trigger import Trigger
from engine.rules.window import Window
from engine.wording import Message
from engine.worktime import WorkCalendar

DAY = timedelta(days=1)
PUNCTUAL = timedelta(minutes=10)
"""So late still counts as in time for those that are not caught up with."""
MOST = 100
"""How many missed times are made up for in one look."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Schedule(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="schedule"):
    """It is time, for each record for which the condition holds."""

    title: ClassVar = {"zh": "定时", "en": "Schedule"}
    about: ClassVar = {
        "zh": "到点时对每条符合条件的记录触发一次。",
        "en": "Goes off at set times, once for each record for which the condition holds.",
    }
    titles: ClassVar = {
        "every": ("每", "Every"),
        "at": ("几点", "At", "如 09:00", "As 09:00"),
        "on": ("星期几", "On", "每周时用", "For each week"),
        "day": ("几号", "Day", "每月时用", "For each month"),
        "working": ("休息日不触发", "Not on days off"),
        "catch_up": ("错过了补做", "Catch up", "系统停机错过时", "When it was missed"),
    }
    by_clock: ClassVar = True
    remembers: ClassVar = True

    every: Literal["day", "week", "month"]
    at: Annotated[str, Meta(pattern=CLOCK)] = "09:00"
    """The time of the day."""
    on: tuple[Weekday, ...] = ()
    """On which days of the week, with `every: week`."""
    day: Annotated[int, Meta(ge=1, le=31)] | None = None
    """On which day of the month, with `every: month`; in shorter months, the last."""
    working: bool = False
    """Not on days off."""
    catch_up: Literal["once", "all", "skip"] = "once"
    """Times that passed while nothing ran: made up for once, each, or not at all."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if (self.every == "week") != bool(self.on):
            yield "on", Message("every: week 要写明 on，其他周期不写 on")
        if (self.every == "month") != (self.day is not None):
            yield "day", Message("every: month 要写明 day，其他周期不写 day")

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        if looking.since is None:
            return ()
        missed = tuple(self.times(looking.since, looking.now, looking.calendar))
        if self.catch_up == "once":
            missed = missed[-1:]
        elif self.catch_up == "skip":
            missed = tuple(one for one in missed if looking.now - one <= PUNCTUAL)
        return tuple(Window(field="", until=one) for one in missed[-MOST:])

    def moments(self, stretch: Stretch) -> Iterator[datetime]:
        moments = self.times(stretch.start, stretch.end, stretch.calendar)
        yield from (moment for moment in moments if stretch.has(moment))

    def times(self, since: datetime, now: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
        """Yield the times that lie after one moment and not after another."""
        clock = time.fromisoformat(self.at)
        day = since.astimezone(calendar.zone).date()
        while day <= now.astimezone(calendar.zone).date():
            moment = datetime.combine(day, clock, calendar.zone)
            if since < moment <= now and self._falls_on(day, calendar):
                yield moment
            day += DAY

    def _falls_on(self, day: date, calendar: WorkCalendar) -> bool:
        if self.working and not calendar.is_working_day(day):
            return False
        if self.every == "week":
            return DAYS[day.weekday()] in self.on
        if self.every == "month":
            last = (day + DAY).day == 1
            return day.day == self.day or (last and day.day < (self.day or 0))
        return True
