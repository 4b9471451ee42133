"""Which built-in functions say when the period around a day begins and ends?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from engine.expressions.builtins.registry import builtin
from engine.expressions.calendar import add_months
from engine.expressions.scope import EVERYWHERE
from engine.expressions.values import Value, YearsMonths

_DAY = timedelta(days=1)
_SUNDAY = timedelta(days=6)
_YEAR, _QUARTER, _MONTH = 12, 3, 1


@builtin("start of day(date: date) -> local datetime", EVERYWHERE)
def _start_of_day(day: date) -> Value:
    return datetime.combine(_plain(day), time.min)


@builtin("end of day(date: date) -> local datetime", EVERYWHERE)
def _end_of_day(day: date) -> Value:
    return datetime.combine(_plain(day), time.max)


@builtin("start of week(date: date) -> date", EVERYWHERE)
def _start_of_week(day: date) -> Value:
    return _monday(_plain(day))


@builtin("end of week(date: date) -> date", EVERYWHERE)
def _end_of_week(day: date) -> Value:
    monday = _monday(_plain(day))
    return monday + _SUNDAY if monday <= date.max - _SUNDAY else date.max


@builtin("start of month(date: date) -> date", EVERYWHERE)
def _start_of_month(day: date) -> Value:
    return _first(day, _MONTH)


@builtin("end of month(date: date) -> date", EVERYWHERE)
def _end_of_month(day: date) -> Value:
    return _last(day, _MONTH)


@builtin("start of quarter(date: date) -> date", EVERYWHERE)
def _start_of_quarter(day: date) -> Value:
    return _first(day, _QUARTER)


@builtin("end of quarter(date: date) -> date", EVERYWHERE)
def _end_of_quarter(day: date) -> Value:
    return _last(day, _QUARTER)


@builtin("start of year(date: date) -> date", EVERYWHERE)
def _start_of_year(day: date) -> Value:
    return _first(day, _YEAR)


@builtin("end of year(date: date) -> date", EVERYWHERE)
def _end_of_year(day: date) -> Value:
    return _last(day, _YEAR)


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first(day: date, months: int) -> date:
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _last(day: date, months: int) -> date:
    following = add_months(_first(day, months), YearsMonths(months))
    return following - _DAY if following else date.max
