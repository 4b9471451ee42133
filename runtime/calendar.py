"""Which days are working days in China?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
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
SATURDAY = 5
SOME_YEAR = 2020


@dataclass(frozen=True)
class Statutory:
    """What the announcement of the state says about a day."""

    working: bool
    """False on a holiday, and on a day off for which another one is worked."""
    names: tuple[str, ...] = ()
    """The holidays, in Chinese; none on days that are exchanged."""


class ChineseCalendar:
    """Working days by weekends, statutory holidays and the days worked in exchange (调休)."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    @property
    def zone(self) -> tzinfo:
        """Where the days of the calendar begin and end."""
        return self._zone

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day; by weekends in years that are not announced."""
        said = statutory(day)
        return said.working if said else day.weekday() < SATURDAY

    def hours(self, day: date) -> tuple[Window, ...]:
        """Return the office hours of a working day."""
        return OFFICE_HOURS if self.is_working_day(day) else ()

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the time between two moments without the days on which nobody works."""
        return max(measure(working_days(self), self._zone, start, end), timedelta(0))


def announced(year: int) -> bool:
    """Tell whether the holidays of a year are known: each autumn the state announces the next."""
    return year <= _last_announced()


@lru_cache(maxsize=8192)
def statutory(day: date) -> Statutory | None:
    """Return what the state announced about a day; None for days that are like all others."""
    if not announced(day.year):
        return None
    calendar = _calendar(day.year)
    if day in calendar.weekend_workdays:
        return Statutory(working=True)
    if day not in calendar:
        return None
    # “国庆节（观察日）” is the holiday; “休息日（…起取代）” is a day off in exchange.
    names = tuple(name.split("（")[0] for name in calendar.get_list(day))
    return Statutory(working=False, names=tuple(name for name in names if name != "休息日"))


@cache
def _last_announced() -> int:
    # Of a year that is not announced the library only has guesses.
    return max(map(int, _calendar(SOME_YEAR).special_public_holidays))


@lru_cache(maxsize=64)
def _calendar(year: int) -> holidays.HolidayBase:
    import holidays  # noqa: PLC0415 - it reads the calendars of the world; a start need not wait

    return holidays.country_holidays("CN", years=year, language="zh_CN")
