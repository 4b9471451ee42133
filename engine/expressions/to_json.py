"""In which form does a checked tree travel to the browser?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.expressions.builtins import BUILTINS, Overload, Parameter
from engine.expressions.builtins.browser_patterns import (
    PATTERN_FUNCTIONS,
    UNREADABLE,
    browser_pattern,
)
from engine.expressions.builtins.text import number_text, shown
from engine.expressions.feel_types import MAX_SCALE, Kind
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

VERSION = 2
"""The browser refuses a tree of another version than its own."""

Json: TypeAlias = Any

_ROUNDED = {
    "floor": "floor", "ceiling": "ceiling", "decimal": "half up", "round half up": "half up",
    "round half down": "half down", "round up": "up", "round down": "down",
}  # fmt: skip
_TO_THE_END = ["at", "PT23H59M59.999999S"]
_MONTHS = {"month": "1", "quarter": "3", "year": "12"}
_TURNED = {
    "after": "before", "met by": "meets", "finished by": "finishes", "started by": "starts",
    "during": "includes",
}  # fmt: skip
"""Functions that are others with their arguments exchanged."""

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


def _name(node: Name) -> Json:
    if node.origin == "user":
        return ["env", "user"]
    return ["local" if node.origin == "local" else "name", node.id]


def _path(node: Path) -> Json:
    match node.how:
        case "column":
            base = _row(node.base)
        case "projection":
            base = _rows(node.base)
        case _:
            base = _json(node.base)
    return ["entry", base, node.name]


def _row(base: Node) -> Json:
    return _followed(base) if base.type.is_reference else _json(base)


def _followed(base: Node) -> Json:
    # The row that a reference points to stands beside the id, under the field's name with a dot.
    if isinstance(base, Name):
        return ["name", base.id + "."]
    assert isinstance(base, Path)
    return ["entry", _row(base.base), base.name + "."]


def _rows(base: Node) -> Json:
    item = base.type.item
    if item is None or not item.is_reference:
        return _json(base)
    if isinstance(base, Path) and base.how == "projection":
        return ["entry", _rows(base.base), base.name + "."]
    return _followed(base)


def _arith(node: Arith) -> Json:
    if node.op == "**":
        return ["call", "**", [_json(node.left), _json(node.right)]]
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
    # Everything is said with `=` and `<`: what can't be compared is null either way.
    left, right = _json(node.left), _json(node.right)
    match node.op:
        case "=" | "<":
            return [node.op, left, right]
        case "!=":
            return ["not", ["=", left, right]]
        case ">":
            return ["<", right, left]
        case "<=":
            return ["not", ["<", right, left]]
        case _:
            return ["not", ["<", left, right]]


def _loop(node: For) -> Json:
    bindings = [[var, _json(source)] for var, source in node.bindings]
    return ["for", bindings, _json(node.body), node.partial]


def _context(node: ContextLit) -> Json:
    entries = zip(node.entries, node.vars, strict=True)
    return ["context", [[key, var, _json(value)] for (key, value), var in entries]]


def _in(node: In) -> Json:
    local = f"in~{node.span[0]}~{node.span[1]}"
    tests = [_test(test, local, node.value) for test in node.tests]
    return ["let", local, _json(node.value), tests[0] if len(tests) == 1 else ["or", *tests]]


def _test(test: Node, local: str, value: Node) -> Json:
    held = Name(local, "local", type=value.type)
    match test:
        case OpTest(op="in"):
            item = test.operand.type.item
            typed = item is not None and plainly_compared(value.type, item)
            return ["among", _json(held), _json(test.operand), typed]
        case OpTest():
            return _compared(Cmp(test.op, held, test.operand))
        case RangeTest():
            low = Cmp(">=" if test.low_closed else ">", held, test.low)
            high = Cmp("<=" if test.high_closed else "<", held, test.high)
            return ["and", _compared(low), _compared(high)]
        case TrueTest():
            return ["let", test.var, _json(held), _json(test.condition)]
    raise AssertionError(test)


def _call(node: Call) -> Json:
    if node.function in ("today", "now"):
        return ["env", node.function]
    if node.function in PATTERN_FUNCTIONS:
        return _matched(node)
    if node.function in ("start of day", "end of day"):
        return _day_end(node)
    overload = BUILTINS[node.function].overloads[node.overload]
    return _called(node.function, node.arguments, overload)


def _called(function: str, nodes: tuple[Node, ...], overload: Overload) -> Json:
    specs = [_fitting(node, overload.parameter(position)) for position, node in enumerate(nodes)]
    name, arguments = _renamed(function, _all(nodes))
    if name in _TURNED:
        name, arguments, specs = _TURNED[name], arguments[::-1], specs[::-1]
    # `min(a, b)` is `min([a, b])`.
    together = len(overload.parameters) == 1 and overload.parameters[0].variadic
    return ["call", name, arguments, *_optional(specs, together)]


def _day_end(node: Call) -> Json:
    start = _called("date and time", node.arguments, BUILTINS[node.function].overloads[0])
    return start if node.function == "start of day" else ["arith", "+", start, _TO_THE_END, "t"]


def _renamed(function: str, arguments: list[Json]) -> tuple[str, list[Json]]:
    """Return the browser's name for a function, with the arguments that tell it from others."""
    if function in _ROUNDED:
        value, *scale = arguments
        return "round", [value, *(scale or [["num", "0"]]), _ROUNDED[function]]
    if function == "string length":
        return "count", arguments
    period, _, unit = function.rpartition(" ")
    if unit in _MONTHS and period in ("start of", "end of"):
        return period, [*arguments, ["num", _MONTHS[unit]]]
    return function, arguments


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
        return None
    overload = BUILTINS[node.function].overloads[node.overload]
    spec = _fitting(node.arguments[0], overload.parameters[0])
    matched = [_json(node.arguments[0]), pattern.source, pattern.flags]
    if node.function == "replace":
        matched.append(["list", *pattern.replacement])
    return ["call", node.function, matched, *_optional([spec], together=False)]


def _range(node: RangeLit) -> Json:
    ends = [_json(node.low), _json(node.high)]
    return ["range", *ends, [node.low_closed, node.high_closed, node.sign]]


def _coerce(node: Coerce) -> Json:
    # "local" is a name that a loop binds already.
    word = "clock" if node.kind == "local" else node.kind
    return [word, _json(node.operand), ["env", "now"]]


_FORMS: dict[type[Node], Callable[[Any], Json]] = {
    Num: lambda node: ["num", number_text(node.value)],
    Str: lambda node: node.value,
    Bool: lambda node: node.value,
    Null: lambda node: None,
    Temporal: lambda node: ["at", shown(node.value)],
    Name: _name,
    ItemName: lambda node: [
        "item", _json(node.item), _json(node.outer) if node.outer else None, node.id,
    ],
    Path: _path,
    Neg: lambda node: ["neg", _json(node.operand)],
    Not: lambda node: ["not", _json(node.operand)],
    Arith: _arith,
    Cmp: _compared,
    And: lambda node: ["and", *_all(node.items)],
    Or: lambda node: ["or", *_all(node.items)],
    In: _in,
    If: lambda node: ["if", _json(node.condition), _json(node.then), _json(node.otherwise)],
    Quant: lambda node: [node.kind, node.var, _json(node.source), _json(node.body)],
    For: _loop,
    Filter: lambda node: ["filter", node.var, _json(node.base), _json(node.predicate)],
    Index: lambda node: ["pick", _json(node.base), _json(node.position)],
    ListLit: lambda node: ["list", *_all(node.items)],
    ContextLit: _context,
    RangeLit: _range,
    Call: _call,
    Coerce: _coerce,
}  # fmt: skip
