"""What do durations do to dates, times and each other?"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TypeVar

from engine.expressions.values import EXACT, YearsMonths

_TICK = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_ALMOST, _LARGEST = Decimal(1).scaleb(-12), 10**15
Day = TypeVar("Day", date, datetime)


def add_duration(moment: Day, duration: timedelta) -> Day | None:
    """Return a moment later by a duration; a date counts from its midnight and stays a date."""
    try:
        return moment + duration
    except OverflowError:
        return None


def add_months(moment: Day, duration: YearsMonths) -> Day | None:
    """Return the same day some months later, or the last day of a month that is too short."""
    count = moment.year * 12 + moment.month - 1 + duration.months
    year, month = divmod(count, 12)
    if not 1 <= year <= date.max.year:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def shifted_time(moment: time, duration: timedelta) -> time:
    """Return a time of day later by a duration, around the clock."""
    since = (_since_midnight(moment) + duration) % _DAY
    return (datetime.combine(date.min, time()) + since).time().replace(tzinfo=moment.tzinfo)


def time_difference(left: time, right: time) -> timedelta | None:
    """Return the duration between two times of a day; null if only one has an offset."""
    one, other = left.utcoffset(), right.utcoffset()
    if (one is None) != (other is None):
        return None
    apart = _since_midnight(left) - _since_midnight(right)
    return apart if one is None or other is None else apart - one + other


def _since_midnight(moment: time) -> timedelta:
    return timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )


def duration_times(duration: timedelta, factor: Decimal) -> timedelta:
    """Return a duration multiplied, exact to the microsecond; too long raises OverflowError."""
    ticks = EXACT.multiply(Decimal(duration // _TICK), factor)
    return timedelta(microseconds=int(ticks.to_integral_value(ROUND_HALF_UP)))


def months_times(duration: YearsMonths, factor: Decimal) -> YearsMonths:
    """Return a duration multiplied; what is less than a month is dropped."""
    # 1/3 is not exact: a product that is whole but for the last digit is whole.
    product = EXACT.multiply(Decimal(duration.months), factor)
    near = EXACT.quantize(product, _ALMOST) if abs(product) < _LARGEST else product
    return YearsMonths(int(near.to_integral_value(ROUND_DOWN)))


def months_between(start: date, end: date) -> YearsMonths:
    """Return the whole months from one day to another, negative if the end comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonths(months)
