"""How do both databases round to digits, in every direction that the language knows?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, case, func, literal

from engine.expressions.feel_types import NUMBER, number
from runtime.store.feel.functions import LEAST_DIGITS, MOST_DIGITS
from runtime.store.feel.part import LARGEST, Part, exact
from runtime.store.types import whole

_NUMERIC = Numeric(asdecimal=True)
_MOST_DIGITS = 60
_HALF = Decimal("0.5")
Sql = ColumnElement[Any]


def to_digits(part: Part, digits: int, how: str, *, sqlite: bool) -> Part:
    """Return a number rounded to so many digits after the point, which may be negative."""
    if part.scale <= digits:
        return part
    scale = max(digits, 0)
    if not sqlite:
        sql = _postgres_rounded(exact(part), _unit(digits), _unit(-digits), how)
        return Part(sql, number(scale), part.nullable, scale, LARGEST)
    # The units stay what they were, so that nothing has to be known of the digits below.
    sql = func.feel_round(part.sql, digits, part.scale, how)
    return Part(sql, number(part.scale), part.nullable, part.scale, _one_more(part, digits))


def to_unknown_digits(part: Part, digits: Part, how: str, *, sqlite: bool) -> Part:
    """Return a number rounded to digits that only the row tells."""
    if sqlite:
        places = func.feel_round(digits.sql, literal(0, whole), digits.scale, "down")
        units = func.feel_divide(places, literal(10**digits.scale, whole))
        sql = func.feel_round(part.sql, units, part.scale, how)
        return Part(sql, NUMBER, True, part.scale, None)
    places = func.trunc(exact(digits))
    # Beyond so many digits, a number that a column can hold is itself or zero.
    near = func.least(func.greatest(places, -_MOST_DIGITS), _MOST_DIGITS)
    ten = literal(Decimal(10), _NUMERIC)
    rounded = _postgres_rounded(exact(part), func.power(ten, near), func.power(ten, -near), how)
    within: Sql = case((places.between(LEAST_DIGITS, MOST_DIGITS), rounded))
    return Part(within, NUMBER, True, part.scale, LARGEST)


def _one_more(part: Part, digits: int) -> int | None:
    if part.bound is None:
        return None
    bound = part.bound + 10 ** (part.scale - digits)
    return bound if bound <= LARGEST else None


def _unit(digits: int) -> Sql:
    return literal(Decimal(1).scaleb(digits), _NUMERIC)


def _postgres_rounded(value: Sql, unit: Sql, inverse: Sql, how: str) -> Sql:
    # A quotient would lose digits, a product is exact.
    return _WHOLE[how](value * unit) * inverse


def _half_up(value: Sql) -> Sql:
    return func.round(value)


def _half_down(value: Sql) -> Sql:
    half = literal(_HALF, _NUMERIC)
    return func.sign(value) * func.ceil(func.abs(value) - half)


def _away(value: Sql) -> Sql:
    return func.sign(value) * func.ceil(func.abs(value))


_WHOLE: dict[str, Callable[[Sql], Sql]] = {
    "floor": func.floor,
    "ceiling": func.ceil,
    "half up": _half_up,
    "half down": _half_down,
    "up": _away,
    "down": func.trunc,
}
