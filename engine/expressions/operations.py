"""What do the operators give for values whose kinds are only known when they run?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from engine.expressions.calendar import (
    add_duration,
    add_months,
    duration_times,
    months_times,
    shifted_time,
    time_difference,
)
from engine.expressions.feel_types import MAX_SCALE, ORDERED, Kind
from engine.expressions.values import EXACT, Range, Value, YearsMonths, kind_of

_TWELFTH = Decimal(1).scaleb(-MAX_SCALE)
_LARGEST_ROUNDED = Decimal(10) ** (EXACT.prec - MAX_SCALE - 1)

Operation = Callable[[Any, Any], Value]


def divide(left: Decimal | int, right: Decimal | int) -> Decimal | None:
    """Return a quotient, rounded half up to twelve digits after the point; by zero gives null."""
    if right == 0:
        return None
    return rounded(EXACT.divide(left, right))


def rounded(value: Decimal) -> Decimal:
    """Return a number with at most twelve digits after the point, rounded half up."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -MAX_SCALE:
        return value
    # A larger number could not hold the digits: it keeps all the precision that there is.
    return EXACT.quantize(value, _TWELFTH) if abs(value) < _LARGEST_ROUNDED else value


def multiply_rounded(left: Decimal | int, right: Decimal | int) -> Decimal:
    """Return a product whose operands together have more than twelve digits after the point."""
    return rounded(EXACT.multiply(left, right))


def power(base: Decimal | int, exponent: Decimal | int) -> Decimal | None:
    """Return a power; null where no real number is the answer or it is too large."""
    try:
        result = EXACT.power(Decimal(base), Decimal(exponent))
    except ArithmeticError:
        return None
    return result if result.is_finite() else None


def _whole_quotient(left: YearsMonths, right: YearsMonths) -> Decimal | None:
    return divide(left.months, right.months)


def _days_quotient(left: timedelta, right: timedelta) -> Decimal | None:
    tick = timedelta(microseconds=1)
    return divide(left // tick, right // tick)


def _months_divided(left: YearsMonths, right: Decimal) -> YearsMonths | None:
    return None if right == 0 else months_times(left, EXACT.divide(1, right))


def _days_divided(left: timedelta, right: Decimal) -> timedelta | None:
    return None if right == 0 else duration_times(left, EXACT.divide(1, right))


def _zoned_difference(left: datetime, right: datetime) -> timedelta | None:
    return left - right if (left.tzinfo is None) == (right.tzinfo is None) else None


def _turned(known: Operation) -> Operation:
    return lambda a, b: known(b, a)


_N, _T, _D, _C, _M = Kind.NUMBER, Kind.TEXT, Kind.DAYS, Kind.DATETIME, Kind.MONTHS
_TABLE: dict[tuple[str, Kind, Kind], Operation] = {
    ("+", _N, _N): EXACT.add,
    ("+", _T, _T): lambda a, b: a + b,
    ("+", _D, _D): lambda a, b: a + b,
    ("+", _M, _M): lambda a, b: YearsMonths(a.months + b.months),
    ("+", Kind.DATE, _D): add_duration,
    ("+", Kind.DATE, _M): add_months,
    ("+", _C, _D): add_duration,
    ("+", _C, _M): add_months,
    ("+", Kind.TIME, _D): shifted_time,
    ("-", _N, _N): EXACT.subtract,
    ("-", _D, _D): lambda a, b: a - b,
    ("-", _M, _M): lambda a, b: YearsMonths(a.months - b.months),
    ("-", Kind.DATE, Kind.DATE): lambda a, b: a - b,
    ("-", Kind.DATE, _D): lambda a, b: add_duration(a, -b),
    ("-", Kind.DATE, _M): lambda a, b: add_months(a, YearsMonths(-b.months)),
    ("-", _C, _C): _zoned_difference,
    ("-", _C, _D): lambda a, b: add_duration(a, -b),
    ("-", _C, _M): lambda a, b: add_months(a, YearsMonths(-b.months)),
    ("-", Kind.TIME, Kind.TIME): time_difference,
    ("-", Kind.TIME, _D): lambda a, b: shifted_time(a, -b),
    ("*", _N, _N): EXACT.multiply,
    ("*", _D, _N): duration_times,
    ("*", _M, _N): months_times,
    ("/", _N, _N): divide,
    ("/", _D, _N): _days_divided,
    ("/", _D, _D): _days_quotient,
    ("/", _M, _N): _months_divided,
    ("/", _M, _M): _whole_quotient,
    ("**", _N, _N): power,
}
_COMMUTING = [key for key in _TABLE if key[0] in "+*" and key[1] is not key[2]]
for _op, _left, _right in _COMMUTING:
    _TABLE[_op, _right, _left] = _turned(_TABLE[_op, _left, _right])


def operation(op: str, left: Kind, right: Kind) -> Operation | None:
    """Return what an operator does with two kinds, or None if it means nothing for them."""
    return _TABLE.get((op, left, right))


def arith(op: str, left: Value, right: Value) -> Value:
    """Return the result of an arithmetic operator; null for kinds that do not go together."""
    known = _TABLE.get((op, kind_of(left), kind_of(right)))
    if known is None:
        return None
    try:
        return known(left, right)
    except ArithmeticError:
        return None


def negate(value: Value) -> Value:
    """Return a number or duration with the other sign; null for anything else."""
    match kind_of(value):
        case Kind.NUMBER:
            return EXACT.minus(cast("Decimal", value))
        case Kind.DAYS:
            return -cast("timedelta", value)
        case Kind.MONTHS:
            return YearsMonths(-cast("YearsMonths", value).months)
        case _:
            return None


def equal(left: Value, right: Value) -> bool | None:
    """Return whether two values are the same; null for values of different kinds."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind is not kind_of(right):
        return None
    return _EQUAL.get(kind, _same)(left, right)


def _same(left: Any, right: Any) -> bool:
    return bool(left == right)


def _same_moment(left: Any, right: Any) -> bool | None:
    return bool(left == right) if _same_clock(left, right) else None


def _same_clock(left: Any, right: Any) -> bool:
    return (left.utcoffset() is None) == (right.utcoffset() is None)


def _equal_lists(left: Sequence[Value], right: Sequence[Value]) -> bool:
    return len(left) == len(right) and all(
        equal(a, b) is True for a, b in zip(left, right, strict=True)
    )


def _equal_contexts(left: Mapping[str, Value], right: Mapping[str, Value]) -> bool:
    return left.keys() == right.keys() and all(equal(left[key], right[key]) is True for key in left)


def _equal_ranges(left: Range, right: Range) -> bool:
    # `(< 10)` has no lower end, `(null..10)` has one that is null: they are not the same.
    return (
        (left.low_closed, left.high_closed, left.sign)
        == (right.low_closed, right.high_closed, right.sign)
        and equal(left.low, right.low) is True
        and equal(left.high, right.high) is True
    )


_EQUAL: dict[Kind, Callable[[Any, Any], bool | None]] = {
    Kind.LIST: _equal_lists,
    Kind.CONTEXT: _equal_contexts,
    Kind.RANGE: _equal_ranges,
    Kind.DATETIME: _same_moment,
    Kind.TIME: _same_moment,
}


def unequal(left: Value, right: Value) -> bool | None:
    """Return whether two values differ; null for values of different kinds."""
    same = equal(left, right)
    return None if same is None else not same


def _compared(left: Value, right: Value) -> int | None:
    kind = kind_of(left)
    if kind not in ORDERED or kind is not kind_of(right):
        return None
    if isinstance(left, datetime | time) and not _same_clock(left, right):
        return None
    a, b = cast("Any", left), cast("Any", right)
    return -1 if a < b else int(a > b)


def less(left: Value, right: Value) -> bool | None:
    """Return left < right; null if they can't be ordered."""
    order = _compared(left, right)
    return None if order is None else order < 0


def less_equal(left: Value, right: Value) -> bool | None:
    """Return left <= right; null if they can't be ordered."""
    order = _compared(left, right)
    return None if order is None else order <= 0


def greater(left: Value, right: Value) -> bool | None:
    """Return left > right; null if they can't be ordered."""
    order = _compared(left, right)
    return None if order is None else order > 0


def greater_equal(left: Value, right: Value) -> bool | None:
    """Return left >= right; null if they can't be ordered."""
    order = _compared(left, right)
    return None if order is None else order >= 0
