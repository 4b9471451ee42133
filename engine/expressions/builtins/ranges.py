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
from engine.expressions.values import EXACT, Range, Value

_READERS: dict[str, Callable[[str], Value]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "duration": read_duration,
}
_CALLED = re.compile(r'(date|time|date and time|duration)\s*\(\s*"([^"]*)"\s*\)')


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


@builtin("range(from: text) -> any")
def _range(text: str) -> Value:
    if len(text) < 4 or text[0] not in "[(]" or text[-1] not in "])[" or ".." not in text:
        return None
    low, _, high = text[1:-1].partition("..")
    ends = _end(low), _end(high)
    if ends[0] is NotImplemented or ends[1] is NotImplemented:
        return None
    made = Range(ends[0], ends[1], text[0] == "[", text[-1] == "]")
    backwards = less(made.high, made.low) if None not in ends else False
    return None if backwards is not False else made


def _end(text: str) -> Value:
    # One end is a literal: what a parser of its own would accept is what the language accepts.
    text = text.strip()
    if not text:
        return None
    if found := _CALLED.fullmatch(text):
        return _known(_READERS[found[1]](found[2]))
    if text.startswith('@"') and text.endswith('"'):
        return _known(read_temporal(text[2:-1]))
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return unescape(text[1:-1])
    try:
        return EXACT.create_decimal(text)
    except ArithmeticError:
        return NotImplemented


def _known(value: Value) -> Value:
    return NotImplemented if value is None else value
