"""Which built-in functions work on numbers?"""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import cast

from engine.expressions.builtins.registry import builtin
from engine.expressions.operations import negate
from engine.expressions.scope import EVERYWHERE, SERVER
from engine.expressions.values import EXACT, Value

_LEAST_SCALE, _MOST_SCALE = -6111, 6176


def _to_scale(value: Decimal | int, scale: Decimal | int, rounding: str) -> Decimal | int | None:
    digits = int(scale)
    if not _LEAST_SCALE <= digits <= _MOST_SCALE:
        return None
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return number
    result = number.quantize(Decimal(1).scaleb(-digits), rounding, EXACT)
    return int(result) if digits <= 0 else result


@builtin("floor(n: number, scale?: number) -> scaled", EVERYWHERE)
def _floor(value: Decimal, scale: Decimal | int = 0) -> Value:
    return _to_scale(value, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number) -> scaled", EVERYWHERE)
def _ceiling(value: Decimal, scale: Decimal | int = 0) -> Value:
    return _to_scale(value, scale, ROUND_CEILING)


@builtin("decimal(n: number, scale: number) -> scaled", EVERYWHERE)
@builtin("round half up(n: number, scale: number) -> scaled", EVERYWHERE)
def _half_up(value: Decimal, scale: Decimal) -> Value:
    return _to_scale(value, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number) -> scaled", EVERYWHERE)
def _half_down(value: Decimal, scale: Decimal) -> Value:
    return _to_scale(value, scale, ROUND_HALF_DOWN)


@builtin("round up(n: number, scale: number) -> scaled", EVERYWHERE)
def _up(value: Decimal, scale: Decimal) -> Value:
    return _to_scale(value, scale, ROUND_UP)


@builtin("round down(n: number, scale: number) -> scaled", EVERYWHERE)
def _down(value: Decimal, scale: Decimal) -> Value:
    return _to_scale(value, scale, ROUND_DOWN)


@builtin("abs(n: size) -> same", EVERYWHERE)
def _abs(value: Decimal) -> Value:
    flipped = cast("Decimal", negate(value))
    return max(value, flipped)


@builtin("modulo(dividend: number, divisor: number) -> number", EVERYWHERE)
def _modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """The sign is the divisor's, unlike Python's Decimal and SQL's %."""
    if divisor == 0:
        return None
    rest = EXACT.remainder(dividend, divisor)
    return EXACT.add(rest, divisor) if rest != 0 and (rest < 0) != (divisor < 0) else rest


@builtin("even(number: number) -> boolean", EVERYWHERE)
def _even(value: Decimal) -> bool:
    return EXACT.remainder(value, 2) == 0


@builtin("odd(number: number) -> boolean", EVERYWHERE)
def _odd(value: Decimal) -> bool:
    return abs(EXACT.remainder(value, 2)) == 1


@builtin("sqrt(number: number) -> number")
def _sqrt(value: Decimal) -> Value:
    return EXACT.sqrt(value) if value >= 0 else None


@builtin("exp(number: number) -> number", SERVER)
def _exp(value: Decimal) -> Value:
    return EXACT.exp(value)


@builtin("log(number: number) -> number", SERVER)
def _log(value: Decimal) -> Value:
    return EXACT.ln(value) if value > 0 else None


_GROUPING = (" ", ",", ".")


@builtin("number(from: text) -> number")
def _number(text: str) -> Value:
    return _read_number(text)


@builtin(
    "number(from: text, grouping separator: text|null, decimal separator?: text|null) -> number"
)
def _number_with_separators(text: str, grouping: str | None, point: str | None = None) -> Value:
    if grouping not in (None, *_GROUPING) or point not in (None, ",", "."):
        return None
    if grouping is not None and grouping == point:
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    return _read_number(text.replace(point, ".") if point == "," else text)


def _read_number(text: str) -> Decimal | None:
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.replace(".", "", 1).replace("e", "", 1).isalnum():
        return None
    try:
        value = EXACT.create_decimal(text)
    except ArithmeticError:
        return None
    return value if value.is_finite() else None
