"""Which days are working days in China?"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.worktime import Window, measure, working_days

if TYPE_CHECKING:
    import holidays

OFFICE_HOURS: tuple[Window, ...] = (
    (timedelta(hours=9), timedelta(hours=12)),
    (timedelta(hours=13), timedelta(hours=18)),
)
"""When people work on a day for which the workspace says nothing else."""


class ChineseCalendar:
    """Working days by weekends, statutory holidays and the days worked in exchange (调休)."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    @property
    def zone(self) -> tzinfo:
        """Where the days of the calendar begin and end."""
        return self._zone

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day; unannounced years follow the rule of past ones."""
        return _is_working_day(day)

    def hours(self, day: date) -> tuple[Window, ...]:
        """Return the office hours of a working day."""
        return OFFICE_HOURS if _is_working_day(day) else ()

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the time between two moments without the days on which nobody works."""
        return max(measure(working_days(self), self._zone, start, end), timedelta(0))


@lru_cache(maxsize=4096)
def _is_working_day(day: date) -> bool:
    return bool(_calendar(day.year).is_working_day(day))


@lru_cache(maxsize=64)
def _calendar(year: int) -> holidays.HolidayBase:
    import holidays  # noqa: PLC0415 - it reads the calendars of the world; a start need not wait

    return holidays.country_holidays("CN", years=year)
