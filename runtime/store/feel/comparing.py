"""How are two values compared, so that null equals null and an index can still be used?"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func, literal, or_
from sqlalchemy.sql.elements import Grouping

from engine.expressions import Kind
from engine.expressions.feel_types import ORDERED
from engine.expressions.settled import settled
from engine.expressions.tree import Cmp, Node, Path
from runtime.store.feel.at import At, NotInDatabase, Person, reached
from runtime.store.feel.names import row_of
from runtime.store.feel.numbers import aligned, literal_number
from runtime.store.feel.part import LARGEST, Condition, Part, answer, exact
from runtime.store.feel.rewriting import MIRRORED
from runtime.store.feel.writer import Writer, tested
from runtime.store.types import whole

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""By comparison, the one that is true where it is false."""
_WIDE = Context(prec=60)
_SQL: Mapping[str, Callable[[Any, Any], Condition]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge,
}  # fmt: skip


@tested(Cmp)
def comparison(writer: Writer, node: Cmp, wanted: bool) -> Condition:
    """Write whether a comparison is true, or whether it is false."""
    op = node.op if wanted else OPPOSITE[node.op]
    return compared(writer, op, node.left, node.right)


def compared(writer: Writer, op: str, left: Node, right: Node) -> Condition:
    """Write a comparison of two parts of the expression."""
    beyond = _beyond_references(writer, op, left, right)
    if beyond is not None:
        return beyond
    return compare(writer, op, writer.value(left), writer.value(right))


def _beyond_references(writer: Writer, op: str, left: Node, right: Node) -> Condition | None:
    """Write a comparison of what stands beyond a reference with what no row changes.

    As a subquery of ids it can be answered from the other form's side, by its indexes.
    """
    if _is_beyond(right) and not _is_beyond(left):
        left, right, op = right, left, MIRRORED[op]
    if op == "!=" or not isinstance(left, Path) or not _is_beyond(left) or not settled(right):
        return None
    other, row = writer.value(right), row_of(writer, left.base)
    if other.kind is Kind.NULL or not isinstance(row, At | Person):
        return None
    known = replace(other, nullable=False)
    found = reached(
        row, lambda there: compare(writer, op, there.value(left.name, left.type), known)
    )
    if found is None or op != "=" or not other.nullable:
        return found
    # Null on both sides is the same, too, be it beyond or because the reference points nowhere.
    return or_(found, and_(other.sql.is_(None), writer.value(left).sql.is_(None)))


def _is_beyond(node: Node) -> bool:
    return isinstance(node, Path) and node.how == "column" and node.base.type.is_reference


def compare(writer: Writer, op: str, left: Part, right: Part) -> Condition:
    """Return a comparison of two values: true or false for = and !=, else null with a null."""
    if op in ("=", "!="):
        return _equality(writer, op, left, right)
    if left.kind is not right.kind or left.kind not in ORDERED or not _same_clock(left, right):
        return answer(False)
    return _ordered(writer, op, left, right)


def _equality(writer: Writer, op: str, left: Part, right: Part) -> Condition:
    if Kind.NULL in (left.kind, right.kind):
        return _against_null(op, left if right.kind is Kind.NULL else right)
    if Kind.LIST in (left.kind, right.kind):
        raise NotInDatabase("a list compared with another")
    if left.kind is not right.kind or not _same_clock(left, right):
        return answer(False)
    if not left.nullable and not right.nullable:
        return _ordered(writer, op, left, right)
    if left.nullable and right.nullable:
        return _both_may_be_null(writer, op, left, right)
    same = _ordered(writer, op, left, right)
    if op == "=":
        return same
    missing = left.sql if left.nullable else right.sql
    return or_(same, missing.is_(None))


def _against_null(op: str, part: Part) -> Condition:
    if part.kind is Kind.NULL:
        return answer(op == "=")
    if not part.nullable:
        return answer(op != "=")
    return part.sql.is_(None) if op == "=" else part.sql.is_not(None)


def _both_may_be_null(writer: Writer, op: str, left: Part, right: Part) -> Condition:
    if left.kind is Kind.NUMBER:
        pair = _numbers(writer, op, left, right)
        if pair is None:
            return _wide_equality(op, left, right)
        one, other = pair
    else:
        one, other = left.sql, right.sql
    if op == "!=":
        return one.is_distinct_from(other)
    if writer.sqlite:
        return one.is_not_distinct_from(other)
    # PostgreSQL finds `=` by an index, but not IS NOT DISTINCT FROM.
    return or_(one == other, and_(one.is_(None), other.is_(None)))


def _wide_equality(op: str, left: Part, right: Part) -> Condition:
    one, other = aligned((left, right))
    order = func.feel_compare(one.sql, other.sql)
    if op == "=":
        return or_(order == 0, and_(left.sql.is_(None), right.sql.is_(None)))
    only_one = left.sql.is_(None) != right.sql.is_(None)
    return or_(order != 0, only_one)


def _ordered(writer: Writer, op: str, left: Part, right: Part) -> Condition:
    compared_by = _SQL[op]
    if left.kind is Kind.NUMBER:
        return _number_order(writer, op, left, right)
    if left.kind is Kind.TEXT and op not in ("=", "!=") and not writer.sqlite:
        return compared_by(by_code_point(left.sql), by_code_point(right.sql))
    return compared_by(left.sql, right.sql)


def by_code_point(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a text that PostgreSQL orders by code point; columns have that order anyway."""
    return text if isinstance(text, Column) else Grouping(text).collate("C")


def _number_order(writer: Writer, op: str, left: Part, right: Part) -> Condition:
    pair = _numbers(writer, op, left, right)
    if pair is not None:
        return _SQL[op](*pair)
    if left.known is not None and right.known is None:
        return _number_order(writer, MIRRORED[op], right, left)
    if right.known is not None and right.scale > left.scale and left.bound is not None:
        return _against_finer(writer, op, left, right.known)
    one, other = aligned((left, right))
    return _SQL[op](func.feel_compare(one.sql, other.sql), literal(0, whole))


def _against_finer(writer: Writer, op: str, left: Part, known: Decimal) -> Condition:
    """Compare a column with a number that has more digits than it can hold: no value equals it,
    so the next one below or above tells the same."""
    if op == "=":
        return and_(left.sql.is_(None), left.sql.is_not(None))
    if op == "!=":
        return left.sql.is_not(None)
    down = op in (">", "<=")
    unit = Decimal(1).scaleb(-left.scale)
    near = known.quantize(unit, ROUND_FLOOR if down else ROUND_CEILING, _WIDE)
    other = literal_number(near, sqlite=writer.sqlite, at_least=left.scale)
    if not writer.sqlite:
        return _SQL[op](left.sql, literal(int(near), whole))
    return _number_order(writer, op, left, other)


def _numbers(
    writer: Writer, op: str, left: Part, right: Part
) -> tuple[ColumnElement[Any], ColumnElement[Any]] | None:
    """Return two numbers as plain SQL compares them, or None where it can't."""
    if not writer.sqlite:
        return _postgres_numbers(left, right)
    if left.scale != right.scale and (left.known is not None or right.known is not None):
        finer = left if left.scale > right.scale else right
        if finer.known is not None:
            return None
    one, other = aligned((left, right))
    if one.bound is None or other.bound is None:
        return None
    return one.sql, other.sql


def _postgres_numbers(
    left: Part, right: Part
) -> tuple[ColumnElement[Any], ColumnElement[Any]] | None:
    for one, other in ((left, right), (right, left)):
        if one.integer and other.known is not None and abs(other.known) <= LARGEST:
            if other.scale > 0:
                return None
            whole_number = literal(int(other.known), whole)
            return (one.sql, whole_number) if one is left else (whole_number, one.sql)
    if left.integer and right.integer:
        return left.sql, right.sql
    return exact(left), exact(right)


def _same_clock(left: Part, right: Part) -> bool:
    clocked = left.kind in (Kind.DATETIME, Kind.TIME)
    return not clocked or left.type.zoned == right.type.zoned
