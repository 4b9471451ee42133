"""Which days are working days in China?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import holidays


class ChineseCalendar:
    """Working days by weekends, statutory holidays and the days worked in exchange (调休)."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day; unannounced years follow the rule of past ones."""
        return _is_working_day(day)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the time between two moments without the days on which nobody works."""
        start, end = start.astimezone(self._zone), end.astimezone(self._zone)
        total = end - start
        day = start.date()
        while day <= end.date():
            if not _is_working_day(day):
                midnight = datetime.combine(day, time(0), self._zone)
                total -= min(end, midnight + timedelta(days=1)) - max(start, midnight)
            day += timedelta(days=1)
        return max(total, timedelta(0))


@lru_cache(maxsize=4096)
def _is_working_day(day: date) -> bool:
    return bool(_calendar(day.year).is_working_day(day))


@lru_cache(maxsize=64)
def _calendar(year: int) -> holidays.HolidayBase:
    import holidays  # noqa: PLC0415 - it reads the calendars of the world; a start need not wait

    return holidays.country_holidays("CN", years=year)
