"""How do both databases count with durations: in microseconds or seconds, and in months?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, cast, func, literal

from engine.expressions import DAYS, INTEGER, MONTHS, Kind
from engine.expressions.feel_types import MAX_SCALE, number
from runtime.store.feel.numbers import absolute, added, divided, multiplied, negated
from runtime.store.feel.part import BIG, EXACT, LARGEST, Part, as_type
from runtime.store.feel.rounding import to_digits
from runtime.store.types import DURATION_SCALE, Span, whole

_LONGEST = LARGEST // 4
_LONGEST_SECONDS = Decimal("86399999999999.999999")
"""Python's longest duration; what is longer is null."""
_MOST_MONTHS = 10**9
_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_WITHIN = {"days": None, "hours": 86_400, "minutes": 3_600, "seconds": 60}


def as_number(part: Part, *, sqlite: bool) -> Part:
    """Return a duration as a number: of months, or of seconds with six digits."""
    if part.kind is Kind.NUMBER:
        return part
    if part.kind is Kind.MONTHS:
        return Part(as_type(part.sql, BIG), INTEGER, part.nullable, 0, _MOST_MONTHS, not sqlite)
    sql = as_type(part.sql, BIG if sqlite else EXACT)
    return Part(sql, number(DURATION_SCALE), part.nullable, DURATION_SCALE, _LONGEST)


def of_seconds(part: Part, *, sqlite: bool) -> Part:
    """Return a number of seconds as a duration, exact to the microsecond."""
    if not sqlite:
        length = func.round(part.sql, DURATION_SCALE)
        sql: ColumnElement[Any] = case((func.abs(length) <= _LONGEST_SECONDS, length))
    elif part.scale > DURATION_SCALE:
        finer = literal(10 ** (part.scale - DURATION_SCALE), whole)
        sql = func.feel_length(func.feel_divide(part.sql, finer))
    else:
        sql = part.sql if part.bound is not None else func.feel_length(part.sql)
    return Part(as_type(sql, Span()), DAYS, part.nullable)


def of_months(part: Part, *, sqlite: bool) -> Part:
    """Return a number as a duration in months; what is less than a month is dropped."""
    near = to_digits(part, MAX_SCALE, "half up", sqlite=sqlite)
    down = to_digits(near, 0, "down", sqlite=sqlite)
    sql = down.sql
    if sqlite and down.scale:
        sql = func.feel_divide(sql, literal(10**down.scale, whole))
    return Part(as_type(sql if sqlite else cast(sql, BIG), BIG), MONTHS, part.nullable)


def computed(op: str, left: Part, right: Part, *, sqlite: bool) -> Part | None:
    """Return what an operator does with durations and numbers; None if it means nothing."""
    one, other = as_number(left, sqlite=sqlite), as_number(right, sqlite=sqlite)
    kinds = {left.kind, right.kind}
    back = of_months if Kind.MONTHS in kinds else of_seconds
    if len(kinds) == 1 and op == "/":
        return divided(one, other, sqlite=sqlite)
    if len(kinds) == 1 and op in "+-":
        return back(added(op, one, other, sqlite=sqlite), sqlite=sqlite)
    if Kind.NUMBER not in kinds:
        return None
    if op == "*":
        return back(multiplied(one, other, sqlite=sqlite, rounding=False), sqlite=sqlite)
    if op == "/" and right.kind is Kind.NUMBER:
        return back(divided(one, other, sqlite=sqlite), sqlite=sqlite)
    return None


def turned(part: Part, *, sqlite: bool) -> Part:
    """Return a duration with the other sign."""
    minus = negated(as_number(part, sqlite=sqlite), sqlite=sqlite)
    return (of_months if part.kind is Kind.MONTHS else of_seconds)(minus, sqlite=sqlite)


def size(part: Part, *, sqlite: bool) -> Part:
    """Return a duration without its sign."""
    plain = absolute(as_number(part, sqlite=sqlite), sqlite=sqlite)
    return (of_months if part.kind is Kind.MONTHS else of_seconds)(plain, sqlite=sqlite)


def duration_property(part: Part, name: str, *, sqlite: bool) -> Part:
    """Return the days, hours, minutes or seconds of a duration, or its years or months."""
    if part.kind is Kind.MONTHS:
        return _of_months(part, name, sqlite=sqlite)
    unit = 10**DURATION_SCALE if sqlite else 1
    ticks: ColumnElement[Any] = as_type(part.sql, BIG if sqlite else EXACT)
    rest: ColumnElement[Any] = func.abs(ticks)
    within = _WITHIN[name]
    if within is not None:
        rest = rest % (within * unit)
    if name == "seconds":
        found = rest * _sign(ticks)
        return Part(found, number(DURATION_SCALE), True, DURATION_SCALE, _LONGEST)
    count = _whole(rest, _UNITS[name] * unit, sqlite=sqlite) * _sign(ticks)
    return Part(_as_whole(count, sqlite=sqlite), INTEGER, True, 0, 10**15, not sqlite)


def _as_whole(count: ColumnElement[Any], *, sqlite: bool) -> ColumnElement[Any]:
    return as_type(count, BIG) if sqlite else cast(count, BIG)


def _of_months(part: Part, name: str, *, sqlite: bool) -> Part:
    months: ColumnElement[Any] = as_type(part.sql, BIG)
    size_ = func.abs(months)
    found = _whole(size_, 12, sqlite=sqlite) if name == "years" else size_ % 12
    count = found * _sign(months)
    return Part(_as_whole(count, sqlite=sqlite), INTEGER, True, 0, _MOST_MONTHS, not sqlite)


def _whole(value: Any, unit: int, *, sqlite: bool) -> Any:
    # Both sides are positive: the integer division of SQLite and floor() are the same.
    if sqlite:
        return as_type(value, BIG).op("/")(literal(unit, whole))
    return func.floor(value / unit)


def _sign(value: Any) -> Any:
    return case((value < 0, -1), else_=1)
