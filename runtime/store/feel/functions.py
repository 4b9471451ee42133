"""What does SQLite compute with the help of Python, because its own answer would be another?"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Context, Decimal
from functools import lru_cache
from inspect import signature
from typing import Any

from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.text import number_text
from runtime.store.feel.zones import zone_named

Whole = int | str | None
"""A scaled integer; as text where SQLite's integers end."""
LEAST_DIGITS, MOST_DIGITS = -6111, 6176
"""Rounding to other digits than these gives null."""
BILLION = 10**9
_EXACT = Context(prec=100)
_DATES = lru_cache(maxsize=8_192)
"""The rows of a table have few different dates."""
_LEAST, _MOST = -(2**63), 2**63 - 1


def _kept(value: int) -> int | str:
    return value if _LEAST <= value <= _MOST else str(value)


def _add(left: Whole, right: Whole) -> Whole:
    return None if left is None or right is None else _kept(int(left) + int(right))


def _subtract(left: Whole, right: Whole) -> Whole:
    return None if left is None or right is None else _kept(int(left) - int(right))


def _multiply(left: Whole, right: Whole) -> Whole:
    return None if left is None or right is None else _kept(int(left) * int(right))


def _absolute(value: Whole) -> Whole:
    return None if value is None else _kept(abs(int(value)))


def _compare(left: Whole, right: Whole) -> int | None:
    if left is None or right is None:
        return None
    a, b = int(left), int(right)
    return (a > b) - (a < b)


def _scale(value: Whole, digits: int) -> Whole:
    return None if value is None else _kept(int(value) * 10**digits)


def _divide(left: Whole, right: Whole) -> Whole:
    """The quotient of two integers, rounded half away from zero; by zero gives null."""
    if left is None or right is None or int(right) == 0:
        return None
    return _kept(_half_up(int(left), int(right)))


def _modulo(left: Whole, right: Whole) -> Whole:
    if left is None or right is None or int(right) == 0:
        return None
    return _kept(int(left) % int(right))


def _half_up(above: int, below: int) -> int:
    whole, rest = divmod(abs(above), abs(below))
    whole += 2 * rest >= abs(below)
    return whole if (above < 0) == (below < 0) else -whole


def _half_down(above: int, below: int) -> int:
    whole, rest = divmod(abs(above), abs(below))
    whole += 2 * rest > abs(below)
    return whole if (above < 0) == (below < 0) else -whole


def _up(above: int, below: int) -> int:
    whole = -(-abs(above) // abs(below))
    return whole if (above < 0) == (below < 0) else -whole


def _down(above: int, below: int) -> int:
    whole = abs(above) // abs(below)
    return whole if (above < 0) == (below < 0) else -whole


_ROUNDINGS: dict[str, Callable[[int, int], int]] = {
    "floor": lambda above, below: above // below,
    "ceiling": lambda above, below: -(-above // below),
    "half up": _half_up,
    "half down": _half_down,
    "up": _up,
    "down": _down,
}


def _round(value: Whole, digits: Any, scale: int, how: str) -> Whole:
    """Round to so many digits after the point; the scale of the value stays as it is."""
    if value is None or digits is None or not LEAST_DIGITS <= int(digits) <= MOST_DIGITS:
        return None
    dropped = scale - int(digits)
    if dropped <= 0:
        return value
    unit = 10**dropped
    return _kept(_ROUNDINGS[how](int(value), unit) * unit)


def _length_of_time(micro: Whole) -> int | None:
    """A duration that a column can hold; null for any other."""
    if micro is None or not _LEAST <= int(micro) <= _MOST:
        return None
    return int(micro)


def _join(large: int | None, small: int | None) -> Whole:
    """The sum of billions and of what is below a billion."""
    return None if large is None or small is None else _kept(large * BILLION + small)


class _Total:
    """The sum of integers of any size; null if one of them is."""

    def __init__(self) -> None:
        self.total = 0
        self.known = False
        self.missing = False

    def step(self, value: Whole) -> None:
        if value is None:
            self.missing = True
        else:
            self.total += int(value)
            self.known = True

    def finalize(self) -> Whole:
        return _kept(self.total) if self.known and not self.missing else None


class _Extreme:
    """The least or greatest of integers of any size; null if one of them is."""

    choose: Callable[..., Any] = staticmethod(min)

    def __init__(self) -> None:
        self.items: list[int | None] = []

    def step(self, value: Whole) -> None:
        self.items.append(None if value is None else int(value))

    def finalize(self) -> Whole:
        known = [item for item in self.items if item is not None]
        if not known or len(known) != len(self.items):
            return None
        return _kept(self.choose(known))


class _Least(_Extreme):
    choose = staticmethod(min)


class _Greatest(_Extreme):
    choose = staticmethod(max)


@_DATES
def _shift_days(text: str | None, micro: Whole) -> str | None:
    if text is None or micro is None:
        return None
    try:
        return _written(_read(text) + timedelta(microseconds=int(micro)))
    except OverflowError:
        return None


@_DATES
def _shift_months(text: str | None, months: Whole) -> str | None:
    if text is None or months is None:
        return None
    moment = _read(text)
    year, month = divmod(moment.year * 12 + moment.month - 1 + int(months), 12)
    if not 1 <= year <= date.max.year:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return _written(moment.replace(year=year, month=month + 1, day=min(moment.day, last)))


def _apart(left: str | None, right: str | None) -> int | None:
    if left is None or right is None:
        return None
    return (_read(left) - _read(right)) // timedelta(microseconds=1)


def _months_apart(start: str | None, end: str | None) -> int | None:
    if start is None or end is None:
        return None
    one, other = _read(start), _read(end)
    months = (other.year - one.year) * 12 + other.month - one.month
    if months > 0 and other.day < one.day:
        return months - 1
    return months + 1 if months < 0 and other.day > one.day else months


def _made_date(year: Whole, month: Whole, day: Whole) -> str | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return None


def _zoned(text: str | None, zone: str) -> str | None:
    """Put a moment without a zone into one; the answer is in UTC."""
    if text is None:
        return None
    try:
        return _written(_moved(datetime.fromisoformat(text), _zone(zone)))
    except OverflowError:
        return None


def _local(text: str | None, zone: str) -> str | None:
    """Show a moment in UTC by the clock of a zone."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(_zone(zone))
    except OverflowError:
        return None
    return _written(moment.replace(tzinfo=None))


def _moved(moment: datetime, zone: tzinfo) -> datetime:
    there = moment.replace(tzinfo=zone)
    return moment - (there.utcoffset() or timedelta())


@_DATES
def _period(text: str | None, name: str) -> str | None:
    """The first or last day of the period around a day, as the built-in of that name says."""
    if text is None:
        return None
    found: date = BUILTINS[name].overloads[0].call(date.fromisoformat(text))
    return found.isoformat()


_zone = lru_cache(maxsize=16)(zone_named)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _written(moment: datetime) -> str:
    return moment.isoformat(" ", "microseconds")


def _number_text(value: Whole, scale: int) -> str | None:
    return None if value is None else number_text(Decimal(int(value)).scaleb(-scale, _EXACT))


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "feel_add": _add,
    "feel_subtract": _subtract,
    "feel_multiply": _multiply,
    "feel_absolute": _absolute,
    "feel_compare": _compare,
    "feel_scale": _scale,
    "feel_divide": _divide,
    "feel_modulo": _modulo,
    "feel_round": _round,
    "feel_length": _length_of_time,
    "feel_join": _join,
    "feel_shift_days": _shift_days,
    "feel_shift_months": _shift_months,
    "feel_apart": _apart,
    "feel_months_apart": _months_apart,
    "feel_date": _made_date,
    "feel_zoned": _zoned,
    "feel_local": _local,
    "feel_period": _period,
    "feel_number_text": _number_text,
    "feel_upper": _upper,
    "feel_lower": _lower,
}
AGGREGATES: dict[str, type[Any]] = {
    "feel_sum": _Total, "feel_least": _Least, "feel_greatest": _Greatest,
}  # fmt: skip


def register(connection: Any) -> None:
    """Give a connection of SQLite's driver every function that statements made here call."""
    for name, function in FUNCTIONS.items():
        count = len(signature(function).parameters)
        connection.create_function(name, count, function, deterministic=True)
    for name, aggregate in AGGREGATES.items():
        connection.create_aggregate(name, 1, aggregate)
