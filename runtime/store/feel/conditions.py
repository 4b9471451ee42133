"""How does SQL decide conditions, by polarity: which answer is wanted, never NOT over nulls?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Case, and_, case, false, func, literal, not_, or_

from engine.expressions import BOOLEAN, Kind, Type
from engine.expressions.feel_types import joined
from engine.expressions.tree import And, Cmp, If, In, Node, Not, Or, Quant
from runtime.store.feel.numbers import aligned
from runtime.store.feel.part import LARGEST, NOTHING, Condition, Part, exact
from runtime.store.feel.writer import Writer, tested, valued
from runtime.store.types import flag


@tested(And)
def conjunction(writer: Writer, node: And, wanted: bool) -> Condition:
    """Write whether `and` is true: all are; or false: one is."""
    tests = [writer.test(item, wanted) for item in node.items]
    return and_(*tests) if wanted else or_(*tests)


@tested(Or)
def disjunction(writer: Writer, node: Or, wanted: bool) -> Condition:
    """Write whether `or` is true: one is; or false: all are."""
    tests = [writer.test(item, wanted) for item in node.items]
    return or_(*tests) if wanted else and_(*tests)


@tested(Not)
def inversion(writer: Writer, node: Not, wanted: bool) -> Condition:
    """Write whether `not` is true: the operand is false; and the other way round."""
    return writer.test(node.operand, not wanted)


@tested(If)
def two_ways(writer: Writer, node: If, wanted: bool) -> Condition:
    """Write whether `if` gives the wanted answer."""
    test = writer.true(node.condition)
    then, otherwise = writer.test(node.then, wanted), writer.test(node.otherwise, wanted)
    return or_(and_(test, then), and_(is_not_true(test), otherwise))


@valued(And, Or, Not, Cmp, In, Quant)
def decided(writer: Writer, node: Node) -> Part:
    """Write the value of a condition."""
    return answered(writer.true(node), writer.false(node))


def answered(yes: Condition, no: Condition) -> Part:
    """Return the value of a condition from where it is true and where it is false."""
    sql = case((yes, literal(True, flag)), (no, literal(False, flag)))
    return Part(sql, BOOLEAN)


def is_not_true(test: Condition) -> Condition:
    """Return whether a condition is false or null."""
    return not_(func.coalesce(test, false(), type_=flag))


@valued(If)
def chosen(writer: Writer, node: If) -> Part:
    """Write the value of `if`."""
    if node.type.kind is Kind.BOOLEAN:
        return decided(writer, node)
    test = writer.true(node.condition)
    then, otherwise = writer.value(node.then), writer.value(node.otherwise)
    then, otherwise = alike((then, otherwise), sqlite=writer.sqlite)
    sql: Case[Any] = case((test, then.sql), else_=otherwise.sql)
    return of_parts(sql, (then, otherwise))


def alike(parts: Sequence[Part], *, sqlite: bool) -> list[Part]:
    """Return values as they can stand in one column."""
    numbers = [part for part in parts if part.kind is Kind.NUMBER]
    if not numbers:
        return list(parts)
    if not sqlite:
        return [Part(exact(p), p.type, p.nullable, p.scale, LARGEST) for p in parts]
    found = iter(aligned(numbers))
    return [next(found) if part.kind is Kind.NUMBER else part for part in parts]


def of_parts(sql: Any, parts: Sequence[Part]) -> Part:
    """Return SQL that gives one of several values."""
    kind: Type = NOTHING.type
    for part in parts:
        kind = joined(kind, part.type) or kind
    nullable = any(part.nullable for part in parts)
    known = [part for part in parts if part.kind is not Kind.NULL] or [NOTHING]
    bounds = [part.bound for part in known]
    bound = None if None in bounds else max(b for b in bounds if b is not None)
    return Part(sql, kind, nullable, max(part.scale for part in known), bound)
