"""How do both databases count with exact decimals, SQLite with scaled integers?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Context, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, cast, func, literal

from engine.expressions.feel_types import MAX_SCALE, number
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.part import BIG, EXACT, LARGEST, Part, Wide, as_type, exact
from runtime.store.feel.rounding import to_digits
from runtime.store.types import scaled, whole

_DIVIDED = Numeric(200, 30)
_WIDE = Context(prec=80)
_FINEST = 40


def literal_number(value: Decimal | int, *, sqlite: bool, at_least: int = 0) -> Part:
    """Return a known number, with at least so many digits after the point."""
    known = Decimal(value)
    exponent = known.normalize(_WIDE).as_tuple().exponent
    assert isinstance(exponent, int), "not a number that an expression can hold"
    scale = max(-exponent, at_least)
    if scale > _FINEST:
        raise NotInDatabase(str(known))
    kind = number(scale)
    units = scaled(known, scale)
    bound = abs(units) if abs(units) <= LARGEST else None
    if not sqlite:
        return Part(literal(known, EXACT), kind, False, scale, bound, known=known)
    held = literal(units, whole) if bound is not None else literal(str(units))
    return Part(held, kind, False, scale, bound, known=known)


def typed(part: Part, *, sqlite: bool) -> ColumnElement[Any]:
    """Return a number so that its result comes back as an exact decimal."""
    if not sqlite:
        return part.sql if part.integer else as_type(part.sql, EXACT)
    return as_type(part.sql, Wide(part.scale))


def rescaled(part: Part, scale: int) -> Part:
    """Return a number in units of a finer digit (SQLite)."""
    if part.scale == scale:
        return part
    if part.known is not None:
        return literal_number(part.known, sqlite=True, at_least=scale)
    digits = scale - part.scale
    bound = None if part.bound is None else part.bound * 10**digits
    if bound is None or bound > LARGEST:
        return replace(part, sql=func.feel_scale(part.sql, digits), scale=scale, bound=None)
    sql = as_type(part.sql, BIG) * literal(10**digits, BIG)
    return replace(part, sql=sql, scale=scale, bound=bound)


def aligned(parts: Sequence[Part]) -> list[Part]:
    """Return numbers in units of the same digit (SQLite)."""
    scale = max(part.scale for part in parts)
    return [rescaled(part, scale) for part in parts]


def added(op: str, left: Part, right: Part, *, sqlite: bool) -> Part:
    """Return a sum or a difference."""
    nullable = left.nullable or right.nullable
    scale = max(left.scale, right.scale)
    if not sqlite:
        total = exact(left) + exact(right) if op == "+" else exact(left) - exact(right)
        return Part(total, number(scale), nullable, scale, LARGEST)
    a, b = aligned((left, right))
    if a.bound is not None and b.bound is not None and a.bound + b.bound <= LARGEST:
        one, other = as_type(a.sql, BIG), as_type(b.sql, BIG)
        sql = one + other if op == "+" else one - other
        return Part(sql, number(scale), nullable, scale, a.bound + b.bound)
    called = func.feel_add if op == "+" else func.feel_subtract
    return Part(called(a.sql, b.sql), number(scale), nullable, scale, None)


def multiplied(left: Part, right: Part, *, sqlite: bool, rounding: bool) -> Part:
    """Return a product; with `rounding`, at most twelve digits after the point stay."""
    nullable = left.nullable or right.nullable
    scale = left.scale + right.scale
    if not sqlite:
        product = exact(left) * exact(right)
        made = Part(product, number(scale), nullable, scale, LARGEST)
    elif left.bound is not None and right.bound is not None and _fits(left.bound, right.bound):
        sql = as_type(left.sql, BIG) * as_type(right.sql, BIG)
        made = Part(sql, number(scale), nullable, scale, left.bound * right.bound)
    else:
        made = Part(func.feel_multiply(left.sql, right.sql), number(scale), nullable, scale, None)
    return to_digits(made, MAX_SCALE, "half up", sqlite=sqlite) if rounding else made


def _fits(left: int, right: int) -> bool:
    return left * right <= LARGEST


def divided(left: Part, right: Part, *, sqlite: bool) -> Part:
    """Return a quotient, rounded half up to twelve digits; by zero gives null."""
    kind = number(MAX_SCALE)
    if not sqlite:
        by = func.nullif(exact(right), literal(0, whole))
        sql = func.round(cast(left.sql, _DIVIDED) / by, MAX_SCALE)
        return Part(sql, kind, True, MAX_SCALE, LARGEST)
    above, below = replace(left, known=None), replace(right, known=None)
    digits = MAX_SCALE + right.scale - left.scale
    if digits >= 0:
        above = replace(above, sql=func.feel_scale(left.sql, digits))
    else:
        below = replace(below, sql=func.feel_scale(right.sql, -digits))
    return Part(func.feel_divide(above.sql, below.sql), kind, True, MAX_SCALE, None)


def modulo(left: Part, right: Part, *, sqlite: bool) -> Part:
    """Return what is left of a division; the sign is the divisor's."""
    scale = max(left.scale, right.scale)
    if sqlite:
        a, b = aligned((left, right))
        return Part(func.feel_modulo(a.sql, b.sql), number(scale), True, scale, b.bound)
    # PostgreSQL's % is exact but has the sign of the dividend.
    by = func.nullif(exact(right), literal(0, whole))
    rest = (exact(left) % by + by) % by
    return Part(rest, number(scale), True, scale, LARGEST)


def negated(part: Part, *, sqlite: bool) -> Part:
    """Return a number with the other sign."""
    if part.known is not None:
        return literal_number(-part.known, sqlite=sqlite)
    if not sqlite:
        return replace(part, sql=-exact(part), integer=False)
    if part.bound is None:
        return replace(part, sql=func.feel_subtract(literal(0, whole), part.sql))
    return replace(part, sql=-as_type(part.sql, BIG))


def absolute(part: Part, *, sqlite: bool) -> Part:
    """Return the size of a number."""
    if part.known is not None:
        return literal_number(abs(part.known), sqlite=sqlite)
    if not sqlite:
        return replace(part, sql=func.abs(exact(part)), integer=False)
    if part.bound is None:
        return replace(part, sql=func.feel_absolute(part.sql))
    return replace(part, sql=func.abs(part.sql))


def to_whole(part: Part, *, sqlite: bool) -> ColumnElement[Any]:
    """Return a number cut off at the point, as the database's own integer or numeric."""
    if part.integer or part.scale == 0:
        return part.sql
    down = to_digits(part, 0, "down", sqlite=sqlite)
    if not sqlite:
        return down.sql
    return func.feel_divide(down.sql, literal(10**part.scale, whole))
