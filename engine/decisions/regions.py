"""Into which values can an input be divided, so that within each part all tests answer alike?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.expressions import Compiled, Env, Kind, Type, Value
from engine.expressions.python_target.compile import value_function
from engine.expressions.settled import constant, settled
from engine.expressions.tree import Bool, In, Node, Not, OpTest, RangeTest
from engine.wording import Message

NOBODY = Env(date.min, datetime(1, 1, 1, tzinfo=UTC))
ELSE = "\ue000"
"""A text that no test names."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value that stands for all that the tests do not tell apart."""

    value: Value
    shown: str | Message


def parts_of(kind: Type, tests: Iterable[Compiled | None]) -> list[Part] | None:
    """Return one value of each part; None if the tests can't be looked through."""
    operands: list[tuple[str, Node]] = []
    for test in tests:
        found = None if test is None else _operands(test.tree)
        if test is not None and found is None:
            return None
        operands += found or []
    if not all(settled(node) and constant(node) for _, node in operands):
        return None
    values = [value_function(node)({}, NOBODY) for _, node in operands]
    ordered = any(op not in ("=", "!=") for op, _ in operands)
    return _parts(kind, [value for value in values if value is not None], ordered)


def _operands(tree: Node) -> list[tuple[str, Node]] | None:
    """Return what the tested value is compared with, and how; None if there is more to it."""
    match tree:
        case Bool():
            return []
        case Not(operand=inner):
            return _operands(inner)
        case In(tests=tests):
            found: list[tuple[str, Node]] = []
            for test in tests:
                if isinstance(test, OpTest):
                    found.append((test.op, test.operand))
                elif isinstance(test, RangeTest):
                    found += [("<", test.low), ("<", test.high)]
                else:
                    return None
            return found
    return None


def _parts(kind: Type, values: list[Any], ordered: bool) -> list[Part] | None:
    if kind.kind is Kind.BOOLEAN:
        return [Part(True, "true"), Part(False, "false")]
    if kind.kind is Kind.TEXT:
        return None if ordered else _of_texts(kind, values)
    match kind.kind:
        case Kind.NUMBER:
            steps = _of_numbers(kind, values)
        case Kind.DATE | Kind.DATETIME:
            steps = _between(values, timedelta(days=1))
        case Kind.DAYS:
            steps = _between(values, timedelta(hours=1))
        case _:
            return None
    return [Part(value, _shown(value)) for value in steps]


def _of_texts(kind: Type, values: list[Any]) -> list[Part]:
    known = list(dict.fromkeys([*(kind.options or ()), *values]))
    named = [Part(value, f'"{value}"') for value in known]
    return named if kind.options else [*named, Part(ELSE, Message("其他值"))]


def _of_numbers(kind: Type, values: list[Any]) -> list[Any]:
    numbers = sorted({Decimal(value) for value in values})
    if not numbers:
        return [Decimal(0)]
    least = Decimal(1).scaleb(-kind.scale) if kind.scale is not None else None
    return list(_with_between(numbers, Decimal(1), least))


def _between(values: list[Any], step: Any) -> list[Any]:
    if not values:
        return []
    least = step if isinstance(values[0], date) and not isinstance(values[0], datetime) else None
    return list(_with_between(sorted(set(values)), step, least))


def _with_between(values: list[Any], step: Any, least: Any) -> Iterator[Any]:
    """Yield each value, one below, one above, and one between neighbours where there is any."""
    yield values[0] - step
    for one, other in pairwise(values):
        yield one
        if least is None or other - one > least:
            yield one + (least if least is not None else (other - one) / 2)
    yield values[-1]
    yield values[-1] + step


def _shown(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
