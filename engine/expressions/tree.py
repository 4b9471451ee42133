"""Which nodes does the tree of an expression have?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct

from engine.expressions.errors import Span
from engine.expressions.feel_types import ANY, Type
from engine.expressions.values import Value


class Node(Struct, frozen=True, kw_only=True):
    """A part of an expression; the checker fills in its type and whether it can be null."""

    span: Span = (0, 0)
    type: Type = ANY
    nullable: bool = True


class Num(Node, frozen=True):
    """A number, exact."""

    value: Decimal


class Str(Node, frozen=True):
    """A text, escapes resolved."""

    value: str


class Bool(Node, frozen=True):
    """True or false."""

    value: bool


class Null(Node, frozen=True):
    """The null literal."""


class AtLiteral(Node, frozen=True):
    """A date, time or duration as written after the at-sign; the checker makes it Temporal."""

    text: str


class Temporal(Node, frozen=True):
    """A date, time, date and time or duration whose value is known."""

    value: Value


class Name(Node, frozen=True):
    """A name; `origin` is field, local, user or item, `path` points there from the row."""

    id: str
    origin: str = ""
    path: tuple[str, ...] = ()


class ItemName(Node, frozen=True):
    """A name in a filter over items of unknown shape: the item's entry, else what is outside."""

    id: str
    item: Node
    outer: Node | None = None


class Path(Node, frozen=True):
    """A step: `how` is column, relation, property, projection, entry or any."""

    base: Node
    name: str
    how: str = ""
    path: tuple[str, ...] = ()


class Neg(Node, frozen=True):
    """Minus in front."""

    operand: Node


class Not(Node, frozen=True):
    """Logical negation."""

    operand: Node


class Arith(Node, frozen=True):
    """One of + - * / **."""

    op: str
    left: Node
    right: Node


class Cmp(Node, frozen=True):
    """One of = != < <= > >=."""

    op: str
    left: Node
    right: Node


class And(Node, frozen=True):
    """All of the items."""

    items: tuple[Node, ...]


class Or(Node, frozen=True):
    """At least one of the items."""

    items: tuple[Node, ...]


class Between(Node, frozen=True):
    """Between two ends, both included; the checker makes it And."""

    value: Node
    low: Node
    high: Node


class OpTest(Node, frozen=True):
    """The value compared with an operand; `written` says whether the sign stands in the text."""

    op: str
    operand: Node
    written: bool = True


class RangeTest(Node, frozen=True):
    """The value within two ends."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


class TrueTest(Node, frozen=True):
    """A condition over the tested value itself, which it calls `?`."""

    condition: Node
    var: str = ""


class In(Node, frozen=True):
    """The value passes one of the tests."""

    value: Node
    tests: tuple[Node, ...]


class If(Node, frozen=True):
    """One value or another."""

    condition: Node
    then: Node
    otherwise: Node


class Quant(Node, frozen=True):
    """Some or every item of a list satisfies a condition."""

    kind: str
    var: str
    source: Node
    body: Node


class For(Node, frozen=True):
    """A list made of a list, item by item."""

    bindings: tuple[tuple[str, Node], ...]
    body: Node
    partial: str = ""


class Filter(Node, frozen=True):
    """The items of a list that satisfy a condition, or the item at a position."""

    base: Node
    predicate: Node
    var: str = ""


class Index(Node, frozen=True):
    """The item at a position, from 1; from the end if negative."""

    base: Node
    position: Node


class ListLit(Node, frozen=True):
    """A list."""

    items: tuple[Node, ...]


class ContextLit(Node, frozen=True):
    """A context; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]
    vars: tuple[str, ...] = ()


class RangeLit(Node, frozen=True):
    """A range as a value; `sign` is the comparison that it was written with, if it was."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    sign: str = ""


class Lambda(Node, frozen=True):
    """A function; parameter types are names of types, empty if not given."""

    parameters: tuple[tuple[str, str], ...]
    body: Node


class InstanceOf(Node, frozen=True):
    """Whether a value is of a named type."""

    value: Node
    type_name: TypeName


class TypeName(Struct, frozen=True):
    """A type as written: `list<number>`, `context<a: number>`, `function<number> -> text`."""

    name: str
    arguments: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None


class Call(Node, frozen=True):
    """A call of a built-in by name; after the check every argument has its position."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()
    overload: int = 0
    table: Any = None
    """Of `decide`: the decision table that is asked."""


class Apply(Node, frozen=True):
    """A call of a function that is a value."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


class Coerce(Node, frozen=True):
    """A conversion that the checker inserted: `zone` puts a local time into the request's zone."""

    kind: str
    operand: Node


class Held(Node, frozen=True):
    """A value that the generated code holds in a variable already; never in a checked tree."""

    variable: str


class UnaryTests(Struct, frozen=True):
    """The tests of a cell: none means that anything passes."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> list[Node]:
    """Return the nodes directly below, in the order of the text."""
    found: list[Node] = []
    for name, inside in _holders(node.__class__):
        part = getattr(node, name)
        if inside == _ONE:
            found.append(part)
        elif inside == _SEVERAL:
            found.extend(part)
        elif inside == _PAIRS:
            found.extend(one for _, one in part)
        elif part is not None:
            found.append(part)
    return found


_ONE, _PERHAPS, _SEVERAL, _PAIRS = range(4)
_INSIDE = {
    "Node": _ONE,
    "Node | None": _PERHAPS,
    "tuple[Node, ...]": _SEVERAL,
    "tuple[tuple[str, Node], ...]": _PAIRS,
}
_found: dict[type[Node], tuple[tuple[str, int], ...]] = {}


def _holders(kind: type[Node]) -> tuple[tuple[str, int], ...]:
    holders = _found.get(kind)
    if holders is None:
        said = kind.__annotations__.items()
        holders = tuple((name, _INSIDE[type_]) for name, type_ in said if type_ in _INSIDE)
        _found[kind] = holders
    return holders
