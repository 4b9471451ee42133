"""How does SQL decide whether a value is one of several, or within two ends?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, literal, or_

from engine.expressions import Kind
from engine.expressions.tree import (
    In,
    ListLit,
    Node,
    Num,
    OpTest,
    RangeLit,
    RangeTest,
    Str,
    Temporal,
    TrueTest,
)
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.comparing import OPPOSITE, compare, compared
from runtime.store.feel.conditions import is_not_true
from runtime.store.feel.lists import contained
from runtime.store.feel.numbers import rescaled
from runtime.store.feel.part import Condition, Part, answer
from runtime.store.feel.writer import Writer, tested
from runtime.store.types import whole

_LITERALS = (Num, Str, Temporal)


@tested(In)
def membership(writer: Writer, node: In, wanted: bool) -> Condition:
    """Write whether a value passes one of the tests, or fails them all."""
    value = node.value
    points, others = _sorted(node.tests)
    tests = [_one_of(writer, value, points, wanted)] if points else []
    tests += [_passes(writer, value, test, wanted) for test in others]
    return or_(*tests) if wanted else and_(*tests)


def _sorted(tests: Iterable[Node]) -> tuple[list[Node], list[Node]]:
    """Part the tests into literals that the value may equal, and others."""
    points: list[Node] = []
    others: list[Node] = []
    for test in tests:
        for one in _flat(test):
            if isinstance(one, OpTest) and one.op == "=" and _is_literal(one.operand):
                points.append(one.operand)
            else:
                others.append(one)
    return points, others


def _flat(test: Node) -> Iterator[Node]:
    # A list written after `in` is its items, each of which the value may equal or lie within.
    if isinstance(test, OpTest) and test.op == "in" and isinstance(test.operand, ListLit):
        for item in test.operand.items:
            yield OpTest("=" if _is_literal(item) else "in", item, written=False)
    else:
        yield test


def _is_literal(node: Node) -> bool:
    return isinstance(node, _LITERALS)


def _one_of(writer: Writer, value: Node, points: Sequence[Node], wanted: bool) -> Condition:
    left = writer.value(value)
    fitting = [writer.value(point) for point in points if point.type.kind is left.kind]
    if left.kind is Kind.NULL or not fitting:
        return answer(not wanted)
    if len(fitting) == 1 or not _plain(left, fitting):
        tests = [compare(writer, "=" if wanted else "!=", left, one) for one in fitting]
        return or_(*tests) if wanted else and_(*tests)
    if left.kind is Kind.NUMBER:
        fitting = [_like(writer, left, one) for one in fitting]
    found = [one.sql for one in fitting]
    if wanted:
        return left.sql.in_(found)
    outside = left.sql.not_in(found)
    return or_(outside, left.sql.is_(None)) if left.nullable else outside


def _plain(left: Part, points: Sequence[Part]) -> bool:
    if left.kind is Kind.NUMBER:
        fitting = all(one.scale <= left.scale and one.bound is not None for one in points)
        return left.bound is not None and fitting
    return all(one.type.zoned == left.type.zoned for one in points)


def _like(writer: Writer, left: Part, point: Part) -> Part:
    if writer.sqlite:
        return rescaled(point, left.scale)
    return _whole(point) if left.integer else point


def _whole(point: Part) -> Part:
    assert point.known is not None
    return Part(literal(int(point.known), whole), point.type, nullable=False)


def _passes(writer: Writer, value: Node, test: Node, wanted: bool) -> Condition:
    match test:
        case OpTest(op="in"):
            return _within(writer, value, test.operand, wanted)
        case OpTest():
            op = test.op if wanted else OPPOSITE[test.op]
            return compared(writer, op, value, test.operand)
        case RangeTest():
            return _between(writer, value, test, wanted)
        case TrueTest():
            with writer.binding(test.var, value):
                return writer.test(test.condition, wanted)
    raise NotInDatabase(type(test).__name__)


def _between(writer: Writer, value: Node, test: RangeTest | RangeLit, wanted: bool) -> Condition:
    # Nodes made here would be parts that nobody finds when the parameters are worked out.
    low, high = ">=" if test.low_closed else ">", "<=" if test.high_closed else "<"
    if wanted:
        above, below = (
            compared(writer, low, value, test.low),
            compared(writer, high, value, test.high),
        )
        return and_(above, below)
    return or_(
        compared(writer, OPPOSITE[low], value, test.low),
        compared(writer, OPPOSITE[high], value, test.high),
    )


def _within(writer: Writer, value: Node, container: Node, wanted: bool) -> Condition:
    """Write membership in what is a list, a range or a single value; it is never null."""
    if isinstance(container, RangeLit) and not container.sign:
        inside = _between(writer, value, container, True)
        return inside if wanted else is_not_true(inside)
    if container.type.kind is Kind.LIST:
        return contained(writer, value, container, wanted)
    return compared(writer, "=" if wanted else "!=", value, container)
