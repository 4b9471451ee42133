"""Do two texts say the same in the same way, however they are spaced and bracketed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.expressions import Node
from engine.expressions.builtins import BUILTINS
from engine.expressions.literals import read_temporal
from engine.expressions.tree import (
    AtLiteral,
    Between,
    Call,
    Cmp,
    In,
    ListLit,
    Name,
    Neg,
    Num,
    OpTest,
    Quant,
    RangeTest,
)
from engine.filters.literals import temporal_text

Shape = tuple[Any, ...]
Bound = Mapping[str, str]
_BESIDES = frozenset({"span", "type", "nullable"})
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def shape(node: Node, bound: Bound | None = None) -> Shape:
    """Return what a tree says without where it stood: alike for trees that mean the same."""
    names = bound or {}
    text = temporal_text(node)
    if text is not None and isinstance(node, AtLiteral | Call):
        return ("temporal", _moment(node, text))
    match node:
        case Neg(operand=Num(value=value)):
            return ("Num", -value)
        case Name(id=id_):
            return ("Name", names.get(id_, id_))
        case Between(value=value, low=low, high=high):
            return shape(In(value, (RangeTest(low, high, True, True),)), names)
        case In(value=value, tests=tests):
            return ("In", shape(value, names), *(shape(test, names) for test in _spread(tests)))
        case Cmp(op=op, left=left, right=right) if _plain(left) and not _plain(right):
            return shape(Cmp(TURNED[op], right, left), names)
        case Quant(kind=kind, var=var, source=source, body=body):
            inside = {**names, var: f"#{len(names)}"}
            return ("Quant", kind, shape(source, names), shape(body, inside))
    return tuple(_parts(node, names))


def _parts(node: Node, names: Bound) -> Iterator[Any]:
    yield type(node).__name__
    for name in node.__struct_fields__:
        if name not in _BESIDES:
            yield _part(name, getattr(node, name), names)


def _part(name: str, part: Any, names: Bound) -> Any:
    if isinstance(part, Node):
        return shape(part, names)
    if isinstance(part, tuple):
        return tuple(_part(name, item, names) for item in part)
    spaced = part.replace("_", " ") if name == "function" else part
    return spaced if name == "function" and spaced in BUILTINS else part


def _spread(tests: tuple[Node, ...]) -> Iterator[Node]:
    """A list behind `in` is the same as its items in brackets."""
    for test in tests:
        if isinstance(test, OpTest) and not test.written and isinstance(test.operand, ListLit):
            yield from (OpTest("=", item, written=False) for item in test.operand.items)
        else:
            yield test


def _plain(node: Node) -> bool:
    fixed = type(node).__name__ in ("Num", "Str", "Bool", "Null", "AtLiteral")
    return fixed or (isinstance(node, Neg) and isinstance(node.operand, Num)) or _dated(node)


def _dated(node: Node) -> bool:
    return temporal_text(node) is not None


def _moment(node: Node, text: str) -> Any:
    value = read_temporal(text)
    return text if value is None else (type(value).__name__, value)


def number_of(node: Node) -> Decimal | None:
    """Return the number that is written out, if one is."""
    match node:
        case Num(value=value):
            return value
        case Neg(operand=Num(value=value)):
            return -value
    return None
