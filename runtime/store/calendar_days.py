"""Which days does a workspace work, and when, where it says so itself?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from engine.worktime import Window
from runtime.store.calendar_tables import calendar_day, calendar_week, calendar_year

if TYPE_CHECKING:
    from runtime.store.unit import Unit

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SaidDay:
    """What a workspace says about one day."""

    day: date
    working: bool
    hours: tuple[Window, ...] | None = None
    """When people work; as on other days of the week without it."""
    reason: str
    changed_at: datetime
    changed_by: str | None


@dataclass(frozen=True, kw_only=True)
class SaidCalendar:
    """All that a workspace says about its days."""

    days: Mapping[date, SaidDay]
    week: Mapping[int, tuple[Window, ...]]
    """When people work on a day of the week, Monday being 0; only those that were changed."""
    years: frozenset[int]
    """The years whose holidays somebody entered."""


class CalendarDays:
    """The days, weeks and years that a workspace speaks about."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def all(self) -> SaidCalendar:
        """Return everything that was said."""
        days = [_day(row) for row in self._connection.execute(select(calendar_day))]
        week = self._connection.execute(select(calendar_week.c.weekday, calendar_week.c.hours))
        years = self._connection.execute(select(calendar_year.c.year))
        return SaidCalendar(
            days={one.day: one for one in days},
            week={weekday: windows_of(hours) for weekday, hours in week},
            years=frozenset(row.year for row in years),
        )

    def say(self, days: Iterable[SaidDay]) -> None:
        """Say something about days, instead of what was said before."""
        for one in days:
            self.unsay(one.day)
            row = {**vars(one), "hours": None if one.hours is None else told(one.hours)}
            self._connection.execute(insert(calendar_day), row)

    def unsay(self, day: date) -> bool:
        """Let a day follow the rule again; False if it did already."""
        gone = self._connection.execute(delete(calendar_day).where(calendar_day.c.day == day))
        return gone.rowcount == 1

    def say_week(self, week: Sequence[tuple[Window, ...]], at: datetime, by: str | None) -> None:
        """Say when people work on each day of the week."""
        self._connection.execute(delete(calendar_week))
        rows = [
            {"weekday": weekday, "hours": told(hours), "changed_at": at, "changed_by": by}
            for weekday, hours in enumerate(week)
        ]
        self._connection.execute(insert(calendar_week), rows)

    def say_year(self, year: int, entered: bool, at: datetime, by: str | None) -> None:
        """Say that the holidays of a year are entered, or that they are not after all."""
        self._connection.execute(delete(calendar_year).where(calendar_year.c.year == year))
        if entered:
            row = {"year": year, "entered_at": at, "entered_by": by}
            self._connection.execute(insert(calendar_year), row)


def told(hours: Sequence[Window]) -> list[list[str]]:
    """Return working hours as texts, as `[["09:00", "12:00"]]`."""
    return [[_clock(moment) for moment in window] for window in hours]


def windows_of(hours: Sequence[Sequence[str]]) -> tuple[Window, ...]:
    """Return working hours from texts."""
    return tuple((_since_midnight(opens), _since_midnight(closes)) for opens, closes in hours)


def _clock(moment: timedelta) -> str:
    hours, minutes = divmod(moment // MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def _since_midnight(clock: str) -> timedelta:
    hours, _, minutes = clock.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _day(row: Any) -> SaidDay:
    said = dict(row._mapping)
    hours = said.pop("hours")
    return SaidDay(**said, hours=None if hours is None else windows_of(hours))
