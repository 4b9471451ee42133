"""Which values did the parts of an expression have for a row?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.env import Env
from engine.expressions.python_target.compile import value_function
from engine.expressions.tree import (
    AtLiteral,
    Bool,
    Coerce,
    Filter,
    For,
    Held,
    Lambda,
    Name,
    Node,
    Null,
    Num,
    OpTest,
    Path,
    Quant,
    RangeTest,
    Str,
    Temporal,
    TrueTest,
    children,
)
from engine.expressions.values import Value

_MOST_ITEMS = 20
_PLAIN = (Num, Str, Bool, Null, Temporal, AtLiteral, Held)


@dataclass(frozen=True, slots=True)
class Explained:
    """A part of an expression: its text, the value seen, and the parts below it.

    `item` counts from 1 where the part was looked at once per item of a list.
    """

    text: str
    value: Value
    children: tuple[Explained, ...] = ()
    item: int | None = None
    span: tuple[int, int] = (0, 0)
    node: Node = field(default_factory=Null, compare=False, repr=False)


Locals = dict[str, Value]


class Explaining:
    """Explains one expression; the functions of its parts are made when first needed."""

    def __init__(self, text: str, tree: Node) -> None:
        self.text = text
        self.tree = tree
        self._functions: dict[tuple[int, tuple[str, ...]], Callable[..., Value]] = {}

    def explain(self, row: Mapping[str, Any], env: Env) -> Explained:
        """Return the tree of parts with the values that they have for a row."""
        return self._node(self.tree, row, env, {})

    def _value(self, node: Node, row: Mapping[str, Any], env: Env, bound: Locals) -> Value:
        key = (id(node), tuple(bound))
        function = self._functions.get(key)
        if function is None:
            function = self._functions[key] = value_function(node, tuple(bound))
        return function(row, env, *bound.values())

    def _node(
        self,
        node: Node,
        row: Mapping[str, Any],
        env: Env,
        bound: Locals,
        item: int | None = None,
    ) -> Explained:
        start, end = node.span
        value = self._value(node, row, env, bound)
        below = tuple(self._below(node, row, env, bound))
        return Explained(self.text[start:end], value, below, item, node.span, node)

    def _below(
        self, node: Node, row: Mapping[str, Any], env: Env, bound: Locals
    ) -> Iterator[Explained]:
        if isinstance(node, Quant | Filter):
            yield from self._looked_at(node, row, env, bound)
            return
        if isinstance(node, For | Lambda | Name):
            return
        for part in _parts(node):
            yield self._node(part, row, env, bound)

    def _looked_at(
        self, node: Quant | Filter, row: Mapping[str, Any], env: Env, bound: Locals
    ) -> Iterator[Explained]:
        if isinstance(node, Quant):
            source, body = node.source, node.body
        else:
            source, body = node.base, node.predicate
        yield self._node(source, row, env, bound)
        items = self._value(source, row, env, bound)
        for place, one in enumerate(items if isinstance(items, list | tuple) else (), 1):
            if place > _MOST_ITEMS:
                return
            yield self._node(body, row, env, {**bound, node.var: one}, place)


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Path):
        return
    for child in children(node):
        if isinstance(child, OpTest | RangeTest | Coerce):
            yield from _parts(child)
        elif not isinstance(child, (*_PLAIN, TrueTest)):
            yield child
