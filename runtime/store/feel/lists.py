"""How does SQL go through lists: rows of a record, ids that it refers to, choices in JSON?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from engine.expressions import Kind, Type
from engine.expressions.settled import constant
from engine.expressions.tree import Filter, Name, Node, Path, Quant
from engine.expressions.values import Value
from runtime.store.feel.at import NotInDatabase, Row, column_part
from runtime.store.feel.comparing import compare
from runtime.store.feel.conditions import is_not_true
from runtime.store.feel.known import constant_value, name_of
from runtime.store.feel.names import row_of
from runtime.store.feel.part import Condition, Part, answer, as_type, column_like
from runtime.store.feel.writer import Writer, tested, valued
from runtime.store.types import whole, words


@dataclass(frozen=True, eq=False)
class Source:
    """The items of a list: where they are, which of them, and what each is."""

    table: FromClause
    within: tuple[Condition, ...]
    item: Row | Part
    missing: ColumnElement[Any] | None = None
    """What is null where there is no list at all; None if there always is one."""

    def where(self, *more: Condition) -> Select[Any]:
        """Return a query over the items that satisfy more."""
        asked: Select[Any] = select(literal_column("1")).select_from(self.table)
        return asked.where(*self.within, *more).correlate_except(self.table)

    def some(self, *more: Condition) -> Condition:
        """Return whether there is such an item."""
        return exists(self.where(*more))

    def known(self, test: Condition) -> Condition:
        """Return a test, never true where there is no list."""
        return test if self.missing is None else and_(self.missing.is_not(None), test)


def source(writer: Writer, node: Node) -> Source:
    """Return the items of a list that comes from the row."""
    match node:
        case Filter():
            return _filtered(writer, node)
        case Path(how="projection"):
            return _projected(writer, node)
        case Path(how="column"):
            return _of_row(writer, row_of(writer, node.base), node.name, node.type)
        case Name(origin="field"):
            return _of_row(writer, writer.row, node.id, node.type)
        case Name(origin="local"):
            held = writer.held(node)
            if isinstance(held, Node):
                return source(writer, held)
    raise NotInDatabase(type(node).__name__)


@valued(Filter)
def whole_list(writer: Writer, node: Filter) -> Part:
    """Write a list, of which a condition can only ask whether it is null."""
    missing = source(writer, node).missing
    return Part(literal(1, whole) if missing is None else missing, node.type, missing is not None)


def _of_row(writer: Writer, row: Row, name: str, kind: Type) -> Source:
    item = kind.item
    if item is None:
        raise NotInDatabase(name)
    many = row.items(name)
    if many is None:
        return _of_json(writer, row, name, kind, item)
    if many.row is not None:
        return Source(many.table, (many.within,), many.row)
    assert many.value is not None
    return Source(many.table, (many.within,), column_part(many.value, item))


def _of_json(writer: Writer, row: Row, name: str, kind: Type, item: Type) -> Source:
    if item.kind is not Kind.TEXT:
        raise NotInDatabase(name)
    held = row.value(name, kind).sql
    text: ColumnElement[Any] = as_type(held, Text())
    if writer.sqlite:
        table = func.json_each(text).table_valued("value").alias()
    else:
        made = func.jsonb_array_elements_text(cast(text, JSONB))
        table = made.table_valued("value").render_derived()
    value = Part(as_type(table.c.value, words), item, nullable=False)
    return Source(table, (), value, missing=held)


def _filtered(writer: Writer, node: Filter) -> Source:
    base = source(writer, node.base)
    with writer.binding(node.var, base.item):
        test = writer.true(node.predicate)
    return Source(base.table, (*base.within, test), base.item, base.missing)


def _projected(writer: Writer, node: Path) -> Source:
    base, row = _rows(writer, node.base)
    kind = node.type.item
    if kind is None or kind.kind in (Kind.LIST, Kind.CONTEXT):
        raise NotInDatabase(node.name)
    return Source(base.table, base.within, row.value(node.name, kind), base.missing)


def _rows(writer: Writer, node: Node) -> tuple[Source, Row]:
    """Return a list and the row that each of its items is or refers to."""
    if isinstance(node, Path) and node.how == "projection":
        base, row = _rows(writer, node.base)
        return base, row.row(node.name)
    found = source(writer, node)
    if isinstance(found.item, Part):
        raise NotInDatabase(type(node).__name__)
    return found, found.item


@tested(Quant)
def quantifier(writer: Writer, node: Quant, wanted: bool) -> Condition:
    """Write whether some or every item satisfies a condition."""
    items = source(writer, node.source)
    with writer.binding(node.var, items.item):
        test = writer.test(node.body, wanted)
    if (node.kind == "some") is wanted:
        return items.some(test)
    return items.known(~items.some(is_not_true(test)))


def contained(writer: Writer, value: Node, container: Node, wanted: bool) -> Condition:
    """Write whether a value is in a list; false for one that is not, and for null."""
    if writer.folds(container) or _of_user(container):
        return _in_known(writer, writer.value(value), container, wanted)
    items = source(writer, container)
    if isinstance(items.item, Part):
        found = items.some(compare(writer, "=", writer.value(value), items.item))
        return found if wanted else items.known(~found)
    raise NotInDatabase("in")


def _of_user(node: Node) -> bool:
    return isinstance(node, Path) and isinstance(node.base, Name) and node.base.origin == "user"


def _in_known(writer: Writer, value: Part, container: Node, wanted: bool) -> Condition:
    item = container.type.item
    if constant(container):
        return _in_constant(writer, value, constant_value(container), wanted)
    if item is None or item.kind is not value.kind:
        return answer(False)
    if item.kind is Kind.NUMBER:
        raise NotInDatabase("in")
    items = bindparam(name_of(container), type_=column_like(item), expanding=True)
    found = value.sql.in_(items)
    # IN and NOT IN with a parameter of one name would, for an empty list, be written alike.
    return found if wanted else is_not_true(found)


def _in_constant(writer: Writer, value: Part, items: Value, wanted: bool) -> Condition:
    if not isinstance(items, list | tuple):
        return answer(False)
    op = "=" if wanted else "!="
    fitting = [part for item in items if _goes_with(value, part := writer.known(item, writer))]
    tests = [compare(writer, op, value, part) for part in fitting]
    return or_(answer(False), *tests) if wanted else and_(answer(True), *tests)


def _goes_with(value: Part, item: Part) -> bool:
    return Kind.NULL in (value.kind, item.kind) or value.kind is item.kind
