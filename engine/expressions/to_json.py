"""In which form does a checked tree travel to the browser?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from engine.expressions.builtins.text import number_text, shown
from engine.expressions.feel_types import Type
from engine.expressions.tree import (
    And,
    Apply,
    Arith,
    Bool,
    Call,
    Cmp,
    Coerce,
    ContextLit,
    Filter,
    For,
    If,
    In,
    Index,
    InstanceOf,
    ItemName,
    Lambda,
    ListLit,
    Name,
    Neg,
    Node,
    Not,
    Null,
    Num,
    OpTest,
    Or,
    Path,
    Quant,
    RangeLit,
    RangeTest,
    Str,
    Temporal,
    TrueTest,
    TypeName,
)
from engine.expressions.values import Value

VERSION = 1
"""The browser refuses a tree of another version than its own."""

Json: TypeAlias = Any


def to_json(tree: Node) -> dict[str, Json]:
    """Return a checked tree as plain data: nested lists, each beginning with its word."""
    return {"version": VERSION, "type": str(tree.type.kind), "tree": _json(tree)}


def _json(node: Node) -> Json:
    return _FORMS[type(node)](node)


def _all(nodes: tuple[Node, ...]) -> list[Json]:
    return [_json(node) for node in nodes]


def _temporal(value: Value) -> Json:
    if isinstance(value, datetime):
        return ["datetime", shown(value)]
    if isinstance(value, date):
        return ["date", shown(value)]
    if isinstance(value, time):
        return ["time", shown(value)]
    return ["days" if isinstance(value, timedelta) else "months", shown(value)]


def _name(node: Name) -> Json:
    if node.origin == "user":
        return ["user"]
    return ["local" if node.origin == "local" else "name", node.id]


def _path(node: Path) -> Json:
    base = node.base.type
    target: Type = base.item or base
    # A reference is followed to its row, which stands under the field's name and a dot.
    return ["path", node.how, _json(node.base), node.name, target.is_reference]


def _sides(node: Cmp | Arith) -> Json:
    return [node.op, _json(node.left), _json(node.right)]


def _arith(node: Arith) -> Json:
    kinds = [str(node.left.type.kind), str(node.right.type.kind)]
    return ["arith", *_sides(node), kinds, node.type.scale]


def _compared(node: Cmp) -> Json:
    return ["cmp", *_sides(node), [str(node.left.type.kind), str(node.right.type.kind)]]


def _loop(node: For) -> Json:
    bindings = [[var, _json(source)] for var, source in node.bindings]
    return ["for", bindings, _json(node.body), node.partial]


def _context(node: ContextLit) -> Json:
    entries = zip(node.entries, node.vars, strict=True)
    return ["context", [[key, var, _json(value)] for (key, value), var in entries]]


def _call(node: Call) -> Json:
    if node.function in ("today", "now"):
        return ["env", node.function]
    return ["call", node.function, node.overload, _all(node.arguments)]


def _range(node: RangeLit) -> Json:
    ends = [_json(node.low), _json(node.high)]
    return ["range", *ends, node.low_closed, node.high_closed, node.sign]


def _range_test(node: RangeTest) -> Json:
    return ["between", _json(node.low), _json(node.high), node.low_closed, node.high_closed]


def _type_name(name: TypeName) -> Json:
    arguments = [[key, _type_name(one)] for key, one in name.arguments]
    return [name.name, arguments, _type_name(name.result) if name.result else None]


_FORMS: dict[type[Node], Callable[[Any], Json]] = {
    Num: lambda node: ["num", number_text(node.value)],
    Str: lambda node: ["str", node.value],
    Bool: lambda node: ["bool", node.value],
    Null: lambda node: ["null"],
    Temporal: lambda node: _temporal(node.value),
    Name: _name,
    ItemName: lambda node: [
        "item", node.id, _json(node.item), _json(node.outer) if node.outer else None,
    ],
    Path: _path,
    Neg: lambda node: ["neg", _json(node.operand)],
    Not: lambda node: ["not", _json(node.operand)],
    Arith: _arith,
    Cmp: _compared,
    And: lambda node: ["and", *_all(node.items)],
    Or: lambda node: ["or", *_all(node.items)],
    In: lambda node: ["in", _json(node.value), _all(node.tests)],
    OpTest: lambda node: ["test", node.op, _json(node.operand)],
    RangeTest: _range_test,
    TrueTest: lambda node: ["when", node.var, _json(node.condition)],
    If: lambda node: ["if", _json(node.condition), _json(node.then), _json(node.otherwise)],
    Quant: lambda node: [node.kind, node.var, _json(node.source), _json(node.body)],
    For: _loop,
    Filter: lambda node: ["filter", node.var, _json(node.base), _json(node.predicate)],
    Index: lambda node: ["at", _json(node.base), _json(node.position)],
    ListLit: lambda node: ["list", *_all(node.items)],
    ContextLit: _context,
    RangeLit: _range,
    Lambda: lambda node: ["function", [list(one) for one in node.parameters], _json(node.body)],
    InstanceOf: lambda node: ["instance", _json(node.value), _type_name(node.type_name)],
    Call: _call,
    Apply: lambda node: ["apply", _json(node.function), _all(node.arguments), list(node.names)],
    Coerce: lambda node: ["coerce", node.kind, _json(node.operand)],
}  # fmt: skip
