"""What do the built-in functions of numbers become?"""

from __future__ import annotations

from engine.expressions import Kind
from engine.expressions.tree import Call
from runtime.store.feel import durations, numbers
from runtime.store.feel.calls import VALUES, function, question
from runtime.store.feel.comparing import compare
from runtime.store.feel.functions import LEAST_DIGITS, MOST_DIGITS
from runtime.store.feel.part import NOTHING, Condition, Part
from runtime.store.feel.rounding import to_digits, to_unknown_digits
from runtime.store.feel.writer import Writer

_ROUNDINGS = {
    "floor": "floor",
    "ceiling": "ceiling",
    "decimal": "half up",
    "round half up": "half up",
    "round half down": "half down",
    "round up": "up",
    "round down": "down",
}


def _rounded(writer: Writer, node: Call) -> Part:
    how = _ROUNDINGS[node.function]
    value = writer.value(node.arguments[0])
    if len(node.arguments) == 1:
        digits: Part | None = None
        known: int | None = 0
    else:
        digits = writer.value(node.arguments[1])
        known = None if digits.known is None else int(digits.known)
    if Kind.NULL in (value.kind, digits.kind if digits else None):
        return NOTHING
    if known is not None:
        return _at_known_digits(writer, value, known, how)
    assert digits is not None
    return to_unknown_digits(value, digits, how, sqlite=writer.sqlite)


def _at_known_digits(writer: Writer, value: Part, digits: int, how: str) -> Part:
    if not LEAST_DIGITS <= digits <= MOST_DIGITS:
        return NOTHING
    return to_digits(value, digits, how, sqlite=writer.sqlite)


VALUES.update(dict.fromkeys(_ROUNDINGS, _rounded))


@function("abs")
def size(writer: Writer, value: Part) -> Part:
    """Write the size of a number or duration."""
    if value.kind is Kind.NUMBER:
        return numbers.absolute(value, sqlite=writer.sqlite)
    return durations.size(value, sqlite=writer.sqlite)


@function("modulo")
def modulo(writer: Writer, dividend: Part, divisor: Part) -> Part:
    """Write what is left of a division."""
    return numbers.modulo(dividend, divisor, sqlite=writer.sqlite)


@question("even")
def even(writer: Writer, value: Part, wanted: bool) -> Condition:
    """Write whether two divides a number."""
    return _rest_is(writer, value, 0, wanted)


@question("odd")
def odd(writer: Writer, value: Part, wanted: bool) -> Condition:
    """Write whether a number is whole and two does not divide it."""
    return _rest_is(writer, value, 1, wanted)


def _rest_is(writer: Writer, value: Part, rest: int, wanted: bool) -> Condition:
    two = numbers.literal_number(2, sqlite=writer.sqlite)
    found = numbers.modulo(value, two, sqlite=writer.sqlite)
    other = numbers.literal_number(rest, sqlite=writer.sqlite)
    known = Part(found.sql, found.type, False, found.scale, found.bound)
    return compare(writer, "=" if wanted else "!=", known, other)
