"""Which built-in functions make and read dates, times and durations?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.expressions.builtins.registry import builtin
from engine.expressions.calendar import months_between
from engine.expressions.literals import (
    read_date,
    read_datetime,
    read_duration,
    read_time,
    zone_of,
)
from engine.expressions.scope import EVERYWHERE
from engine.expressions.values import Value

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@builtin("date(from: text|date|datetime) -> date", EVERYWHERE)
def _date(source: str | date) -> Value:
    if isinstance(source, str):
        return read_date(source)
    return source.date() if isinstance(source, datetime) else source


@builtin("date(year: number, month: number, day: number) -> date", EVERYWHERE)
def _date_of(year: Decimal, month: Decimal, day: Decimal) -> Value:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


@builtin("time(from: text|time|datetime|date) -> time")
def _time(source: str | time | date) -> Value:
    if isinstance(source, str):
        return read_time(source)
    if isinstance(source, datetime):
        return source.timetz()
    return source if isinstance(source, time) else time(tzinfo=zone_of(timedelta()))


@builtin("time(hour: number, minute: number, second: number, offset?: days|null) -> time")
def _time_of(
    hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Value:
    micro = int(Decimal(second) % 1 * 1_000_000)
    try:
        zone = None if offset is None else zone_of(offset)
        return time(int(hour), int(minute), int(second), micro, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


@builtin("date and time(from: text|date|datetime) -> local datetime", EVERYWHERE)
def _datetime(source: str | date) -> Value:
    if isinstance(source, str):
        return read_datetime(source)
    return source if isinstance(source, datetime) else datetime.combine(source, time())


@builtin("date and time(date: date|datetime, time: time) -> local datetime", EVERYWHERE)
def _datetime_of(day: date, clock: time) -> Value:
    plain = day.date() if isinstance(day, datetime) else day
    return datetime.combine(plain, clock)


@builtin("duration(from: text|duration) -> any duration", EVERYWHERE)
def _duration(source: str | timedelta) -> Value:
    return read_duration(source) if isinstance(source, str) else source


@builtin("years and months duration(from: date|datetime, to: date|datetime) -> months", EVERYWHERE)
def _months(start: date, end: date) -> Value:
    return months_between(start, end)


@builtin("day of year(date: date|datetime) -> integer", EVERYWHERE)
def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


@builtin("day of week(date: date|datetime) -> text", EVERYWHERE)
def _day_of_week(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


@builtin("month of year(date: date|datetime) -> text", EVERYWHERE)
def _month_of_year(day: date) -> str:
    return _MONTHS[day.month - 1]


@builtin("week of year(date: date|datetime) -> integer")
def _week_of_year(day: date) -> int:
    return day.isocalendar().week
