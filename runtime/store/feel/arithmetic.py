"""What do the signs + - * / become, for numbers, texts, dates and durations?"""

from __future__ import annotations

from collections.abc import Callable

from engine.expressions import TEXT, Kind
from engine.expressions.feel_types import MAX_SCALE
from engine.expressions.tree import Arith, Neg
from runtime.store.feel import dates, durations
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.numbers import added, divided, multiplied, negated
from runtime.store.feel.part import NOTHING, Part
from runtime.store.feel.writer import Writer, valued

_Rule = Callable[[Writer, Arith, Part, Part], Part]
_MOMENTS = (Kind.DATE, Kind.DATETIME)
_DURATIONS = (Kind.DAYS, Kind.MONTHS)


@valued(Arith)
def arith(writer: Writer, node: Arith) -> Part:
    """Write an arithmetic operator."""
    left, right = writer.value(node.left), writer.value(node.right)
    if Kind.NULL in (left.kind, right.kind):
        return NOTHING
    rule = _rule(node.op, left, right)
    if rule is None:
        raise NotInDatabase(f"{left.kind} {node.op} {right.kind}")
    return rule(writer, node, left, right)


def _rule(op: str, left: Part, right: Part) -> _Rule | None:
    kinds = (left.kind, right.kind)
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        return _NUMBERS.get(op)
    if kinds == (Kind.TEXT, Kind.TEXT):
        return _joined if op == "+" else None
    if op == "-" and left.kind in _MOMENTS and right.kind in _MOMENTS:
        return _apart
    if op in "+-" and left.kind in _MOMENTS and right.kind in _DURATIONS:
        return _shifted
    if op == "+" and left.kind in _DURATIONS and right.kind in _MOMENTS:
        return lambda writer, node, a, b: _shifted(writer, node, b, a)
    return _of_durations if _durations_together(left, right) else None


def _durations_together(left: Part, right: Part) -> bool:
    kinds = {left.kind, right.kind}
    return bool(kinds & set(_DURATIONS)) and kinds <= {Kind.NUMBER, *_DURATIONS}


def _sum(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    return added(node.op, left, right, sqlite=writer.sqlite)


def _product(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    scales = (node.left.type.scale or 0) + (node.right.type.scale or 0)
    return multiplied(left, right, sqlite=writer.sqlite, rounding=scales > MAX_SCALE)


def _quotient(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    return divided(left, right, sqlite=writer.sqlite)


_NUMBERS: dict[str, _Rule] = {"+": _sum, "-": _sum, "*": _product, "/": _quotient}


def _joined(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    return Part(left.sql.concat(right.sql), TEXT, left.nullable or right.nullable)


def _apart(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    return dates.apart(left, right, sqlite=writer.sqlite)


def _shifted(writer: Writer, node: Arith, moment: Part, duration: Part) -> Part:
    back = node.op == "-"
    return dates.shifted(moment, duration, sqlite=writer.sqlite, back=back)


def _of_durations(writer: Writer, node: Arith, left: Part, right: Part) -> Part:
    found = durations.computed(node.op, left, right, sqlite=writer.sqlite)
    if found is None:
        raise NotInDatabase(f"{left.kind} {node.op} {right.kind}")
    return found


@valued(Neg)
def negation(writer: Writer, node: Neg) -> Part:
    """Write a minus in front."""
    operand = writer.value(node.operand)
    if operand.kind is Kind.NULL:
        return NOTHING
    if operand.kind is Kind.NUMBER:
        return negated(operand, sqlite=writer.sqlite)
    if operand.kind not in _DURATIONS:
        raise NotInDatabase(f"-{operand.kind}")
    return durations.turned(operand, sqlite=writer.sqlite)
