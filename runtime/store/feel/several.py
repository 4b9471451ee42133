"""How does SQL choose or add up among several values of one row, as `max(a, b)` does?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from sqlalchemy import ColumnElement, and_, case, func, null

from engine.expressions import Kind
from runtime.store.feel.comparing import by_code_point, compare
from runtime.store.feel.conditions import alike, of_parts
from runtime.store.feel.numbers import added, divided, literal_number
from runtime.store.feel.part import NOTHING, Part
from runtime.store.feel.writer import Writer


def total(writer: Writer, parts: Sequence[Part]) -> Part:
    """Return the sum; null if there is none or one is null."""
    if not parts or any(part.kind is not Kind.NUMBER for part in parts):
        return NOTHING
    return reduce(lambda one, other: added("+", one, other, sqlite=writer.sqlite), parts)


def mean(writer: Writer, parts: Sequence[Part]) -> Part:
    """Return the sum divided by how many there are."""
    found = total(writer, parts)
    if found.kind is Kind.NULL:
        return NOTHING
    count = literal_number(len(parts), sqlite=writer.sqlite)
    return divided(found, count, sqlite=writer.sqlite)


def extreme(writer: Writer, parts: Sequence[Part], name: str) -> Part:
    """Return the least (`min`) or greatest (`max`); null if one is null."""
    if not parts or any(part.kind is not parts[0].kind for part in parts):
        return NOTHING
    if parts[0].kind is Kind.NULL:
        return NOTHING
    same = alike(parts, sqlite=writer.sqlite)
    if writer.sqlite and any(part.kind is Kind.NUMBER and part.bound is None for part in same):
        return reduce(lambda one, other: _chosen(writer, one, other, name), same)
    return of_parts(_plain(writer, same, name), same)


def _plain(writer: Writer, parts: Sequence[Part], name: str) -> ColumnElement[object]:
    sql = [part.sql for part in parts]
    if len(sql) == 1:
        return sql[0]
    if writer.sqlite:
        return (func.min if name == "min" else func.max)(*sql)
    if parts[0].kind is Kind.TEXT:
        sql = [by_code_point(one) for one in sql]
    choose = func.least if name == "min" else func.greatest
    # PostgreSQL leaves nulls out.
    return case((and_(*(one.is_not(None) for one in sql)), choose(*sql)), else_=null())


def _chosen(writer: Writer, one: Part, other: Part, name: str) -> Part:
    op, opposite = ("<=", ">") if name == "min" else (">=", "<")
    nearer, farther = compare(writer, op, one, other), compare(writer, opposite, one, other)
    return of_parts(case((nearer, one.sql), (farther, other.sql)), (one, other))
