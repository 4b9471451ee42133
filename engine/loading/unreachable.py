"""Which of several conditions can never be the first that holds?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any

from engine.expressions import Compiled, Env, Kind, Node
from engine.expressions.tree import (
    And,
    Bool,
    Cmp,
    In,
    Name,
    Not,
    Null,
    Num,
    OpTest,
    Or,
    RangeTest,
    Str,
)

MOST = 5_000
"""So many combinations of values are tried at most; beyond that nothing is said."""

_LITERALS = (Num, Str, Bool, Null)
_ENV = Env(today=date(2000, 1, 1), now=datetime(2000, 1, 1, tzinfo=UTC))


def never_first(conditions: Sequence[Compiled]) -> tuple[int, ...]:
    """Return the places of conditions that never hold unless an earlier one does. Only what
    compares fields with written numbers, texts and truth values is judged: of these a value at,
    beside and between all written ones decides for all others."""
    told = [one for one in conditions if _simple(one.tree)]
    if len(told) < len(conditions):
        return ()
    rows = _rows(told)
    if rows is None:
        return ()
    first = {_first(conditions, row) for row in rows}
    return tuple(at for at in range(len(conditions)) if at not in first)


def _first(conditions: Sequence[Compiled], row: Mapping[str, Any]) -> int | None:
    return next((at for at, one in enumerate(conditions) if one.holds(row, _ENV)), None)


def _simple(node: Node) -> bool:
    match node:
        case And(items=items) | Or(items=items):
            return all(map(_simple, items))
        case Not(operand=operand):
            return _simple(operand)
        case Cmp(left=left, right=right):
            return (_field(left) and _literal(right)) or (_literal(left) and _field(right))
        case In(value=value, tests=tests):
            return _field(value) and all(map(_simple_test, tests))
        case Bool():
            return True
    return False


def _simple_test(test: Node) -> bool:
    match test:
        case OpTest(operand=operand):
            return _literal(operand)
        case RangeTest(low=low, high=high):
            return _literal(low) and _literal(high)
    return False


def _field(node: Node) -> bool:
    return isinstance(node, Name) and len(node.path) == 1


def _literal(node: Node) -> bool:
    return isinstance(node, _LITERALS)


def _rows(conditions: Sequence[Compiled]) -> Iterator[dict[str, Any]] | None:
    parts = [part for one in conditions for part in _parts(one.tree)]
    names = {part.path[0]: part.type.kind for part in parts if isinstance(part, Name)}
    numbers = sorted({part.value for part in parts if isinstance(part, Num)})
    texts = sorted({part.value for part in parts if isinstance(part, Str)})
    values: dict[Kind, list[Any]] = {
        Kind.NUMBER: [None, *_beside(numbers)],
        Kind.TEXT: [None, *texts, "\uffff"],
        Kind.BOOLEAN: [None, True, False],
    }
    if any(kind not in values for kind in names.values()):
        return None
    choices = [values[kind] for kind in names.values()]
    if prod(map(len, choices)) > MOST:
        return None
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*choices))


def _beside(numbers: list[Decimal]) -> list[Decimal]:
    if not numbers:
        return [Decimal(0)]
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    return [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for key in node.__struct_fields__:
        value = getattr(node, key)
        inside = value if isinstance(value, tuple) else (value,)
        for one in inside:
            if isinstance(one, Node):
                yield from _parts(one)
