"""A calendar of which a test says everything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from engine.worktime import Window, measure, working_days

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE_TO_SIX: tuple[Window, ...] = (
    (timedelta(hours=9), timedelta(hours=12)),
    (timedelta(hours=13), timedelta(hours=18)),
)


@dataclass(frozen=True)
class Weekly:
    """Monday to Friday from nine to six, but for days off and days worked in exchange."""

    off: Collection[date] = ()
    worked: Collection[date] = ()
    zone: tzinfo = SHANGHAI

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def hours(self, day: date) -> tuple[Window, ...]:
        """Return when people work on a day."""
        return NINE_TO_SIX if self.is_working_day(day) else ()

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working days between two moments."""
        return measure(working_days(self), self.zone, start, end)
