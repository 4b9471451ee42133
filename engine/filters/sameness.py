"""Do two texts say the same in the same way, however they are spaced and bracketed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    Str,
)
from engine.filters.literals import has_capitals, temporal_text

Shape = tuple[Any, ...]
Bound = Mapping[str, str]
_BESIDES = frozenset({"span", "type", "nullable"})
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def shape(node: Node, bound: Bound | None = None) -> Shape:
    """Return what a tree says without where it stood: alike for trees that mean the same."""
    names = bound or {}
    moment = temporal_text(node)
    if moment is not None and isinstance(node, AtLiteral | Call):
        return ("temporal", _moment(moment))
    usual = _as_usual(node)
    if usual is not None:
        return shape(usual, names)
    match node:
        case Name(id=id_):
            return ("Name", names.get(id_, id_))
        case In(value=value, tests=tests):
            return ("In", shape(value, names), *(shape(test, names) for test in _spread(tests)))
        case Quant(kind=kind, var=var, source=source, body=body):
            inside = {**names, var: f"#{len(names)}"}
            return ("Quant", kind, shape(source, names), shape(body, inside))
    return tuple(_parts(node, names))


def _as_usual(node: Node) -> Node | None:
    """Return the usual way to say the same, None for what is usual."""
    match node:
        case Neg(operand=Num(value=value)):
            return Num(-value)
        case Between(value=value, low=low, high=high):
            return In(value, (RangeTest(low, high, True, True),))
        case Cmp(op=op, left=left, right=right) if _plain(left) and not _plain(right):
            return Cmp(TURNED[op], right, left)
        case Call(
            function="contains" | "starts with" as function,
            arguments=(Call(function="lower case", arguments=(text,)), said),
        ) if (plain := _without_capitals(said)) is not None:
            return Call(function, (text, plain))
    return None


def _without_capitals(node: Node) -> Node | None:
    """Return a text for which it makes no difference whether capitals are minded."""
    match node:
        case Str(value=text) | Call(function="lower case", arguments=(Str(value=text),)):
            return None if has_capitals(text) else Str(text)
    return None


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


def _moment(text: str) -> Any:
    value = read_temporal(text)
    return text if value is None else (type(value).__name__, value)
