"""Which nodes does the tree of an expression have?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from engine.expressions.errors import Span
from engine.expressions.feel_types import ANY, Type
from engine.expressions.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression; the checker fills in its type and whether it can be null."""

    span: Span = (0, 0)
    type: Type = ANY
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A number, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Str(Node):
    """A text, escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Bool(Node):
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Null(Node):
    """The null literal."""


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """A date, time or duration as written after the at-sign; the checker makes it Temporal."""

    text: str


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """A date, time, date and time or duration whose value is known."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name; `origin` is field, local, user or item, `path` leads there from the row."""

    id: str
    origin: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemName(Node):
    """A name in a filter over items of unknown shape: the item's entry, else what is outside."""

    id: str
    item: Node
    outer: Node | None = None


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A step: `how` is column, relation, property, projection, entry or any."""

    base: Node
    name: str
    how: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neg(Node):
    """Minus in front."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Logical negation."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arith(Node):
    """One of + - * / **."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Cmp(Node):
    """One of = != < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of the items."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one of the items."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """Between two ends, both included; the checker makes it And."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class OpTest(Node):
    """The value compared with an operand; `written` says whether the sign stands in the text."""

    op: str
    operand: Node
    written: bool = True


@dataclass(frozen=True, slots=True)
class RangeTest(Node):
    """The value within two ends."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class TrueTest(Node):
    """A condition over the tested value itself, which it calls `?`."""

    condition: Node
    var: str = ""


@dataclass(frozen=True, slots=True)
class In(Node):
    """The value passes one of the tests."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """One value or another."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Quant(Node):
    """Some or every item of a list satisfies a condition."""

    kind: str
    var: str
    source: Node
    body: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    """A list made of a list, item by item."""

    bindings: tuple[tuple[str, Node], ...]
    body: Node
    partial: str = ""


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """The items of a list that satisfy a condition, or the item at a position."""

    base: Node
    predicate: Node
    var: str = ""


@dataclass(frozen=True, slots=True)
class Index(Node):
    """The item at a position, from 1; from the end if negative."""

    base: Node
    position: Node


@dataclass(frozen=True, slots=True)
class ListLit(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLit(Node):
    """A context; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]
    vars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RangeLit(Node):
    """A range as a value; `sign` is the comparison that it was written with, if it was."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Lambda(Node):
    """A function; parameter types are names of types, empty if not given."""

    parameters: tuple[tuple[str, str], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """Whether a value is of a named type."""

    value: Node
    type_name: TypeName


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as written: `list<number>`, `context<a: number>`, `function<number> -> text`."""

    name: str
    arguments: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a built-in by name; after the check every argument has its position."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()
    overload: int = 0


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A call of a function that is a value."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coerce(Node):
    """A conversion that the checker inserted: `zone` puts a local time into the request's zone."""

    kind: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Held(Node):
    """A value that the generated code holds in a variable already; never in a checked tree."""

    variable: str


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The tests of a cell: none means that anything passes."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below, in the order of the text."""
    for name in _holders(node.__class__):
        part = getattr(node, name)
        if part.__class__ is tuple:
            yield from _nodes_in(part)
        elif isinstance(part, Node):
            yield part


_PLAIN = frozenset({"Span", "Type", "bool", "str", "Decimal", "Value", "TypeName"})


_found: dict[type[Node], tuple[str, ...]] = {}


def _holders(kind: type[Node]) -> tuple[str, ...]:
    names = _found.get(kind)
    if names is None:
        names = tuple(field.name for field in fields(kind) if field.type not in _PLAIN)
        _found[kind] = names
    return names


def _nodes_in(parts: tuple[object, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes_in(part)
