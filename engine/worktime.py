"""How much working time lies between two moments, and which moment comes after some of it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol

Window = tuple[timedelta, timedelta]
"""From and to, counted from the midnight of a day."""
Windows = Callable[[date], tuple[Window, ...]]
"""When on a day time counts, in order."""

NOTHING = timedelta(0)
DAY = timedelta(days=1)
WHOLE_DAY: tuple[Window, ...] = ((NOTHING, DAY),)
HORIZON = 20_000
"""The days after which the search for working time is given up, as in a calendar without any."""


class WorkCalendar(Protocol):
    """Which time counts as working time."""

    @property
    def zone(self) -> tzinfo:
        """Where the days of the calendar begin and end."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day."""
        ...

    def hours(self, day: date) -> tuple[Window, ...]:
        """Return when people work on a day, in order; nothing on a day off."""
        ...

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working days between two moments; a working day counts as 24 hours."""
        ...


def working_days(calendar: WorkCalendar) -> Windows:
    """Count all 24 hours of each working day: so two working days are `P2D`."""
    return lambda day: WHOLE_DAY if calendar.is_working_day(day) else ()


def working_hours(calendar: WorkCalendar) -> Windows:
    """Count the hours in which people work: so an hour before closing time is `PT1H`."""
    return calendar.hours


def every_hour(_: date) -> tuple[Window, ...]:
    """Count all hours of all days."""
    return WHOLE_DAY


def measure(windows: Windows, zone: tzinfo, start: datetime, end: datetime) -> timedelta:
    """Return the time that counts between two moments; negative if the end comes first."""
    if end < start:
        return -measure(windows, zone, end, start)
    start, end = start.astimezone(zone), end.astimezone(zone)
    total, day = NOTHING, start.date()
    while day <= end.date():
        midnight = _midnight(day, zone)
        for opens, closes in windows(day):
            total += max(min(closes, end - midnight) - max(opens, start - midnight), NOTHING)
        day += DAY
    return total


def add(windows: Windows, zone: tzinfo, start: datetime, span: timedelta) -> datetime:
    """Return the first moment by which so much counting time has passed; with a negative span the
    last moment from which so much counting time is left until the start."""
    if span == NOTHING:
        return start
    if span < NOTHING:
        return _back(windows, start.astimezone(zone), -span)
    start, left = start.astimezone(zone), span
    reached = start
    for opens, closes in _forward(windows, start):
        opens = max(opens, start)
        reached = max(closes, start)
        if reached - opens >= left:
            return opens + left
        left -= reached - opens
    return reached


def _back(windows: Windows, start: datetime, left: timedelta) -> datetime:
    reached = start
    for opens, closes in _backward(windows, start):
        closes = min(closes, start)
        reached = min(opens, start)
        if closes - reached >= left:
            return closes - left
        left -= closes - reached
    return reached


def _forward(windows: Windows, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    for n in range(HORIZON):
        yield from _of_day(windows, start, n)


def _backward(windows: Windows, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    for n in range(HORIZON):
        yield from reversed(_of_day(windows, start, -n))


def _of_day(windows: Windows, start: datetime, later: int) -> list[tuple[datetime, datetime]]:
    day = start.date() + later * DAY
    midnight = _midnight(day, start.tzinfo)
    return [(midnight + opens, midnight + closes) for opens, closes in windows(day)]


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(0), zone)


def add_working(calendar: WorkCalendar, start: datetime, span: timedelta) -> datetime:
    """Return the moment after some working days, of which each counts as 24 hours."""
    return add(working_days(calendar), calendar.zone, start, span)


def add_working_hours(calendar: WorkCalendar, start: datetime, span: timedelta) -> datetime:
    """Return the moment after some working hours."""
    return add(working_hours(calendar), calendar.zone, start, span)
