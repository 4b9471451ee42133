"""How does SQL count, add up and choose over the items of a list, with FEEL's rules for null?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true

from engine.expressions import BOOLEAN, INTEGER, Kind
from engine.expressions.feel_types import number
from engine.expressions.tree import Call, In, ListLit, Node, OpTest
from runtime.store.feel import several
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.calls import TESTS, VALUES
from runtime.store.feel.conditions import is_not_true
from runtime.store.feel.functions import BILLION
from runtime.store.feel.lists import Source, contained, source
from runtime.store.feel.numbers import divided
from runtime.store.feel.part import BIG, LARGEST, Condition, Part, as_type, exact
from runtime.store.feel.writer import Writer
from runtime.store.types import flag, whole

_MOST_ITEMS = 10**6
"""So many items of a column are added up by SQLite itself, which stops where integers end."""
_Several = Callable[[Writer, Sequence[Part]], Part]


def _values(writer: Writer, node: Call) -> list[Part] | None:
    """Return the values that a call is about if they stand in it; None for a list of the row."""
    first = node.arguments[0]
    if len(node.arguments) == 1 and isinstance(first, ListLit):
        return [writer.value(item) for item in first.items]
    if len(node.arguments) > 1 or first.type.kind is not Kind.LIST:
        return [writer.value(argument) for argument in node.arguments]
    return None


def _total(writer: Writer, node: Call) -> Part:
    values = _values(writer, node)
    if values is not None:
        return several.total(writer, values)
    return _scalar(*_sum(writer, source(writer, node.arguments[0])))


def _sum(writer: Writer, items: Source) -> tuple[Source, Part]:
    item = _number(items)
    if not writer.sqlite:
        sql = case((func.count() == func.count(item.sql), func.sum(exact(item))))
        return items, Part(sql, number(item.scale), True, item.scale, LARGEST)
    if item.bound is not None and item.bound * _MOST_ITEMS <= LARGEST:
        sql = case((func.count() == func.count(item.sql), func.sum(item.sql)))
        return items, Part(sql, number(item.scale), True, item.scale, LARGEST)
    if item.bound is not None:
        sql = case((func.count() == func.count(item.sql), _joined(item.sql)))
        return items, Part(sql, number(item.scale), True, item.scale, None)
    # It knows the rules for null itself.
    return items, Part(func.feel_sum(item.sql), number(item.scale), True, item.scale, None)


def _joined(units: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a sum of which SQLite counts billions and the rest, so that neither overflows."""
    billion = literal(BILLION, whole)
    large, small = as_type(units, BIG).op("/")(billion), as_type(units, BIG) % billion
    return func.feel_join(func.sum(as_type(large, BIG)), func.sum(small))


def _number(items: Source) -> Part:
    if not isinstance(items.item, Part) or items.item.kind is not Kind.NUMBER:
        raise NotInDatabase("items that are no numbers")
    return items.item


def _mean(writer: Writer, node: Call) -> Part:
    values = _values(writer, node)
    if values is not None:
        return several.mean(writer, values)
    items, total = _sum(writer, source(writer, node.arguments[0]))
    count = Part(func.count(), INTEGER, False, 0, LARGEST, integer=not writer.sqlite)
    return _scalar(items, divided(total, count, sqlite=writer.sqlite))


def _extreme(writer: Writer, node: Call) -> Part:
    values = _values(writer, node)
    if values is not None:
        return several.extreme(writer, values, node.function)
    items = source(writer, node.arguments[0])
    item = items.item
    if not isinstance(item, Part):
        raise NotInDatabase(node.function)
    if writer.sqlite and item.kind is Kind.NUMBER and item.bound is None:
        return _scalar(items, replace(item, sql=_wide_extreme(node, item), nullable=True))
    chosen = func.min(item.sql) if node.function == "min" else func.max(item.sql)
    sql = case((func.count() == func.count(item.sql), chosen))
    return _scalar(items, replace(item, sql=sql, nullable=True))


def _wide_extreme(node: Call, item: Part) -> ColumnElement[Any]:
    if node.function == "min":
        return func.feel_least(item.sql)
    return func.feel_greatest(item.sql)


def _count(writer: Writer, node: Call) -> Part:
    argument = node.arguments[0]
    if isinstance(argument, ListLit):
        raise NotInDatabase(node.function)
    items = source(writer, argument)
    count = Part(func.count(), INTEGER, False, 0, LARGEST, integer=not writer.sqlite)
    found = _scalar(items, count)
    if items.missing is None:
        return replace(found, nullable=False)
    return replace(found, sql=case((items.missing.is_not(None), found.sql)), nullable=True)


def _scalar(items: Source, part: Part) -> Part:
    """Return what a total over the items gives, as a value of the row."""
    asked = select(part.sql).select_from(items.table).where(*items.within)
    return replace(part, sql=asked.correlate_except(items.table).scalar_subquery(), known=None)


VALUES.update({"sum": _total, "mean": _mean, "min": _extreme, "max": _extreme, "count": _count})


def _all(writer: Writer, node: Call, wanted: bool) -> Condition:
    return _junction(writer, node, wanted, every=True)


def _any(writer: Writer, node: Call, wanted: bool) -> Condition:
    return _junction(writer, node, wanted, every=False)


def _junction(writer: Writer, node: Call, wanted: bool, *, every: bool) -> Condition:
    first = node.arguments[0]
    if isinstance(first, ListLit):
        parts: Sequence[Node] = first.items
    elif len(node.arguments) > 1 or first.type.kind is not Kind.LIST:
        parts = node.arguments
    else:
        return _over_items(source(writer, first), wanted, every=every)
    if any(part.type.kind not in (Kind.BOOLEAN, Kind.NULL) for part in parts):
        return false()
    tests = [writer.test(part, wanted) for part in parts]
    return and_(true(), *tests) if every is wanted else or_(false(), *tests)


def _over_items(items: Source, wanted: bool, *, every: bool) -> Condition:
    item = items.item
    if not isinstance(item, Part) or item.kind is not Kind.BOOLEAN:
        raise NotInDatabase("items that are no conditions")
    test = item.sql == literal(wanted, flag)
    if every is wanted:
        return items.known(~items.some(is_not_true(test)))
    return items.some(test)


def _list_contains(writer: Writer, node: Call, wanted: bool) -> Condition:
    container, value = node.arguments
    if isinstance(container, ListLit):
        test = In(value, (OpTest("in", container, written=False),), type=BOOLEAN)
        return writer.test(test, wanted)
    return contained(writer, value, container, wanted)


TESTS.update({"all": _all, "any": _any, "list contains": _list_contains})
