"""Which built-in functions compare points and ranges?"""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.expressions.builtins.registry import builtin
from engine.expressions.escapes import unescape
from engine.expressions.literals import (
    read_date,
    read_datetime,
    read_duration,
    read_temporal,
    read_time,
)
from engine.expressions.operations import equal, greater, less
from engine.expressions.scope import SERVER
from engine.expressions.values import EXACT, Range, Value

_READERS: dict[str, Callable[[str], Value]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "duration": read_duration,
}
_CALLED = re.compile(r'(date|time|date and time|duration)\s*\(\s*"([^"]*)"\s*\)')
_QUOTED = re.compile(r'(@?)"((?:[^"\\]|\\.)*)"')
_RANGE = re.compile(r"([\[(\]])(.*?)\.\.(.*)([\])\[])", re.DOTALL)


def _is_range(value: Value) -> bool:
    return isinstance(value, Range)


def _conjunction(*claims: bool | None) -> bool | None:
    return False if False in claims else None if None in claims else True


def _disjunction(*claims: bool | None) -> bool | None:
    return True if True in claims else None if None in claims else False


def _as_range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


@builtin("before(point1: point|range, point2: point|range) -> boolean")
def _before(one: Value, other: Value) -> bool | None:
    left, right = _as_range(one), _as_range(other)
    touching = not (left.high_closed and right.low_closed)
    return _disjunction(
        less(left.high, right.low), _conjunction(touching, equal(left.high, right.low))
    )


@builtin("after(point1: point|range, point2: point|range) -> boolean")
def _after(one: Value, other: Value) -> bool | None:
    return _before(other, one)


@builtin("meets(range1: range, range2: range) -> boolean")
def _meets(one: Range, other: Range) -> bool | None:
    return _conjunction(one.high_closed, other.low_closed, equal(one.high, other.low))


@builtin("met by(range1: range, range2: range) -> boolean")
def _met_by(one: Range, other: Range) -> bool | None:
    return _meets(other, one)


@builtin("overlaps(range1: range, range2: range) -> boolean")
def _overlaps(one: Range, other: Range) -> bool | None:
    apart = _disjunction(_before(one, other), _before(other, one))
    return None if apart is None else not apart


def _starts_no_later(one: Range, other: Range) -> bool | None:
    reaches = one.low_closed or not other.low_closed
    return _disjunction(less(one.low, other.low), _conjunction(equal(one.low, other.low), reaches))


def _ends_no_later(one: Range, other: Range) -> bool | None:
    within = other.high_closed or not one.high_closed
    return _disjunction(
        less(one.high, other.high), _conjunction(equal(one.high, other.high), within)
    )


@builtin("overlaps before(range1: range, range2: range) -> boolean")
def _overlaps_before(one: Range, other: Range) -> bool | None:
    earlier = _disjunction(
        less(one.low, other.low),
        _conjunction(equal(one.low, other.low), one.low_closed, not other.low_closed),
    )
    return _conjunction(earlier, _overlaps(one, other), _ends_no_later(one, other))


@builtin("overlaps after(range1: range, range2: range) -> boolean")
def _overlaps_after(one: Range, other: Range) -> bool | None:
    later = _disjunction(
        greater(one.high, other.high),
        _conjunction(equal(one.high, other.high), one.high_closed, not other.high_closed),
    )
    return _conjunction(later, _overlaps(one, other), _starts_no_later(other, one))


@builtin("finishes(point: point|range, range: range) -> boolean")
def _finishes(one: Value, other: Range) -> bool | None:
    left = _as_range(one)
    same_end = _conjunction(left.high_closed == other.high_closed, equal(left.high, other.high))
    return _conjunction(same_end, _starts_no_later(other, left)) if _is_range(one) else same_end


@builtin("finished by(range: range, point: point|range) -> boolean")
def _finished_by(one: Range, other: Value) -> bool | None:
    return _finishes(other, one)


@builtin("starts(point: point|range, range: range) -> boolean")
def _starts(one: Value, other: Range) -> bool | None:
    left = _as_range(one)
    same_start = _conjunction(left.low_closed == other.low_closed, equal(left.low, other.low))
    return _conjunction(same_start, _ends_no_later(left, other)) if _is_range(one) else same_start


@builtin("started by(range: range, point: point|range) -> boolean")
def _started_by(one: Range, other: Value) -> bool | None:
    return _starts(other, one)


@builtin("includes(range: range, point: point|range) -> boolean")
def _includes(one: Range, other: Value) -> bool | None:
    inner = _as_range(other)
    return _conjunction(_starts_no_later(one, inner), _ends_no_later(inner, one))


@builtin("during(point: point|range, range: range) -> boolean")
def _during(one: Value, other: Range) -> bool | None:
    return _includes(other, one)


@builtin("coincides(point1: point|range, point2: point|range) -> boolean")
def _coincides(one: Value, other: Value) -> bool | None:
    return equal(one, other)


@builtin("range(from: text) -> any", SERVER)
def _range(text: str) -> Value:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    opening, low, high, closing = match.groups()
    ends = _end(low.strip()), _end(high.strip())
    backwards = less(ends[1], ends[0])
    return None if backwards is not False else Range(*ends, opening == "[", closing == "]")


def _end(text: str) -> Value:
    # An end is a literal: what stands between the brackets is read, never evaluated.
    called = _CALLED.fullmatch(text)
    if called is not None:
        return _READERS[called[1]](called[2])
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return read_temporal(quoted[2]) if quoted[1] else unescape(quoted[2])
    return _number(text)


def _number(text: str) -> Value:
    try:
        value = EXACT.create_decimal(text)
    except ArithmeticError:
        return None
    return value if value.is_finite() else None
