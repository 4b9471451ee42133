"""In which form does a checked tree travel to the browser?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeAlias

from engine.expressions.builtins import BUILTINS, Parameter
from engine.expressions.builtins.browser_patterns import (
    PATTERN_FUNCTIONS,
    UNREADABLE,
    browser_pattern,
)
from engine.expressions.builtins.text import number_text, shown
from engine.expressions.feel_types import MAX_SCALE, Kind, Type
from engine.expressions.operations import operation
from engine.expressions.python_target.operators import plainly_compared
from engine.expressions.tree import (
    And,
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
    ItemName,
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
)
from engine.expressions.values import Value

VERSION = 2
"""The browser refuses a tree of another version than its own."""

Json: TypeAlias = Any

LETTERS: Mapping[Kind, str] = {
    Kind.NUMBER: "n", Kind.TEXT: "s", Kind.BOOLEAN: "b", Kind.DATE: "d", Kind.TIME: "t",
    Kind.DATETIME: "m", Kind.DAYS: "D", Kind.MONTHS: "M", Kind.LIST: "l", Kind.CONTEXT: "c",
    Kind.RANGE: "r", Kind.FUNCTION: "f", Kind.NULL: "0",
}  # fmt: skip
"""What the browser calls the kinds of values."""


def to_json(tree: Node) -> dict[str, Json]:
    """Return a checked tree as plain data: nested lists, each beginning with its word.

    Raises TypeError for a tree that cannot run in the browser.
    """
    return {"version": VERSION, "type": str(tree.type.kind), "tree": _json(tree)}


def _json(node: Node) -> Json:
    form = _FORMS.get(type(node))
    if form is None:
        raise TypeError(f"no JSON for {type(node).__name__}")
    return form(node)


def _all(nodes: tuple[Node, ...]) -> list[Json]:
    return [_json(node) for node in nodes]


def _temporal(value: Value) -> Json:
    if isinstance(value, datetime):
        return ["datetime", shown(value)]
    if isinstance(value, date):
        return ["date", shown(value)]
    return ["time" if isinstance(value, time) else "duration", shown(value)]


def _name(node: Name) -> Json:
    if node.origin == "user":
        return ["env", "user"]
    return ["local" if node.origin == "local" else "name", node.id]


def _path(node: Path) -> Json:
    match node.how:
        case "column":
            return ["col", _row(node.base), node.name]
        case "projection":
            return ["all", _rows(node.base), node.name]
        case "property":
            return ["prop", _json(node.base), node.name]
        case _:
            return ["entry", _json(node.base), node.name]


def _row(base: Node) -> Json:
    return _followed(base) if base.type.is_reference else _json(base)


def _followed(base: Node) -> Json:
    # The row that a reference leads to stands beside the id, under the field's name with a dot.
    if isinstance(base, Name):
        return ["name", base.id + "."]
    assert isinstance(base, Path)
    return ["col", _row(base.base), base.name + "."]


def _rows(base: Node) -> Json:
    item = base.type.item
    if item is None or not item.is_reference:
        return _json(base)
    if isinstance(base, Path) and base.how == "projection":
        return ["all", _rows(base.base), base.name + "."]
    return _followed(base)


def _arith(node: Arith) -> Json:
    return ["arith", node.op, _json(node.left), _json(node.right), *_exactness(node)]


def _exactness(node: Arith) -> list[str]:
    """Tell how to compute: whole numbers, rounded products, numbers, known kinds, or unknown."""
    left, right = node.left.type, node.right.type
    if Kind.ANY in (left.kind, right.kind) or operation(node.op, left.kind, right.kind) is None:
        return []
    if left.kind is not Kind.NUMBER or right.kind is not Kind.NUMBER:
        return ["t"]
    if left.scale == 0 and right.scale == 0 and node.op in "+-*":
        return ["i"]
    product = node.op == "*" and (left.scale or 0) + (right.scale or 0) > MAX_SCALE
    return ["r" if product else "n"]


def _compared(node: Cmp) -> Json:
    same = node.left.type.kind is node.right.type.kind
    kind = LETTERS.get(node.left.type.kind) if same else None
    typed = [kind] if kind is not None and kind in "nsb" else []
    return ["cmp", node.op, _json(node.left), _json(node.right), *typed]


def _loop(node: For) -> Json:
    bindings = [[var, _json(source)] for var, source in node.bindings]
    return ["for", bindings, _json(node.body), node.partial]


def _context(node: ContextLit) -> Json:
    entries = zip(node.entries, node.vars, strict=True)
    return ["context", [[key, var, _json(value)] for (key, value), var in entries]]


def _in(node: In) -> Json:
    return ["in", _json(node.value), [_test(test, node.value.type) for test in node.tests]]


def _test(test: Node, tested: Type) -> Json:
    if isinstance(test, OpTest) and test.op == "in":
        item = test.operand.type.item
        return ["among", _json(test.operand), item is not None and plainly_compared(tested, item)]
    return _json(test)


def _call(node: Call) -> Json:
    if node.function in ("today", "now"):
        return ["env", node.function]
    if node.function in PATTERN_FUNCTIONS:
        return _matched(node)
    overload = BUILTINS[node.function].overloads[node.overload]
    specs = [
        _fitting(argument, overload.parameter(position))
        for position, argument in enumerate(node.arguments)
    ]
    # `min(a, b)` is `min([a, b])`.
    together = len(overload.parameters) == 1 and overload.parameters[0].variadic
    return ["call", node.function, _all(node.arguments), *_optional(specs, together)]


def _optional(specs: list[str], together: bool) -> list[Json]:
    if together:
        return [specs, True]
    return [specs] if any(specs) else []


def _fitting(argument: Node, parameter: Parameter) -> str:
    """Return which check an argument still needs: none, `!` for not null, or its kinds."""
    kind, item = argument.type.kind, argument.type.item
    known = kind is not Kind.ANY and (kind in parameter.kinds or kind is Kind.NULL)
    if known and parameter.items is not None and kind is Kind.LIST:
        known = item is not None and item.kind in parameter.items
    if parameter.nulls and (known or parameter.kinds == frozenset(Kind)):
        return ""
    if known:
        return "!" if argument.nullable else ""
    items = _letters(parameter.items) if parameter.items is not None else ""
    return _letters(parameter.kinds, parameter.nulls) + (f":{items}" if items else "")


def _letters(kinds: frozenset[Kind], nulls: bool = False) -> str:
    found = {LETTERS[kind] for kind in kinds if kind in LETTERS} - {"0"}
    return "".join(sorted(found | ({"0"} if nulls else set())))


def _matched(node: Call) -> Json:
    pattern = browser_pattern(node)
    if pattern is None:
        raise TypeError(f"no pattern for the browser: {node.function}")
    if pattern is UNREADABLE:
        return ["null"]
    overload = BUILTINS[node.function].overloads[node.overload]
    # Of what follows the pattern, the browser only gets a replacement.
    texts = (0, 2) if node.function == "replace" else (0,)
    arguments = [_json(node.arguments[place]) for place in texts]
    specs = [_fitting(node.arguments[place], overload.parameter(place)) for place in texts]
    arguments.insert(1, ["pattern", pattern.source, pattern.flags])
    specs.insert(1, "")
    literal = [["bool", True]] if pattern.literal and node.function == "replace" else []
    return ["call", node.function, arguments + literal, *_optional(specs, together=False)]


def _range(node: RangeLit) -> Json:
    ends = [_json(node.low), _json(node.high)]
    return ["range", *ends, node.low_closed, node.high_closed, node.sign]


def _range_test(node: RangeTest) -> Json:
    return ["between", _json(node.low), _json(node.high), node.low_closed, node.high_closed]


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
    In: _in,
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
    Call: _call,
    Coerce: lambda node: ["zone", _json(node.operand)],
}  # fmt: skip
