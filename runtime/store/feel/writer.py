"""How does the tree of an expression become SQL: what is true, what is false, which value?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

from engine.expressions import Kind
from engine.expressions.settled import constant
from engine.expressions.tree import Name, Node
from engine.expressions.values import Value
from runtime.store.feel.at import NotInDatabase, Row
from runtime.store.feel.known import constant_value, foldable, known_later
from runtime.store.feel.part import Condition, Part, answer

Bound: TypeAlias = "Row | Part | Node"
ValueRule: TypeAlias = "Callable[[Writer, Any], Part]"
TestRule: TypeAlias = "Callable[[Writer, Any, bool], Condition]"
_V = TypeVar("_V", bound=ValueRule)
_T = TypeVar("_T", bound=TestRule)
_VALUES: dict[type[Node], ValueRule] = {}
_TESTS: dict[type[Node], TestRule] = {}


def valued(*kinds: type[Node]) -> Callable[[_V], _V]:
    """Register how nodes of these kinds become a value."""

    def register(rule: _V) -> _V:
        _VALUES.update(dict.fromkeys(kinds, rule))
        return rule

    return register


def tested(*kinds: type[Node]) -> Callable[[_T], _T]:
    """Register how nodes of these kinds become a condition, for the answer that is wanted."""

    def register(rule: _T) -> _T:
        _TESTS.update(dict.fromkeys(kinds, rule))
        return rule

    return register


class Writer:
    """Writes one expression over one row; `folding` works out in Python what no row changes."""

    def __init__(
        self, row: Row, known: Callable[[Value, Writer], Part], *, folding: bool = True
    ) -> None:
        self.row = row
        self.sqlite = row.dialect == "sqlite"
        self.folding = folding
        self.known = known
        self.locals: dict[str, Bound] = {}

    def true(self, node: Node) -> Condition:
        """Return SQL that is true exactly where the node is true; else it is false or null."""
        return self.test(node, True)

    def false(self, node: Node) -> Condition:
        """Return SQL that is true exactly where the node is false; else it is false or null."""
        return self.test(node, False)

    def test(self, node: Node, wanted: bool) -> Condition:
        """Return SQL that is true exactly where the node has the answer that is wanted."""
        if node.type.kind not in (Kind.BOOLEAN, Kind.ANY):
            return answer(False)
        folds = self.folds(node)
        if folds and constant(node):
            return answer(constant_value(node) is wanted)
        rule = None if folds else _TESTS.get(type(node))
        if rule is not None:
            return rule(self, node, wanted)
        found = self.value(node)
        return found.sql == answer(wanted) if found.kind is Kind.BOOLEAN else answer(False)

    def value(self, node: Node) -> Part:
        """Return the value of a node."""
        if self.folds(node):
            if constant(node):
                return self.known(constant_value(node), self)
            return known_later(node, sqlite=self.sqlite)
        rule = _VALUES.get(type(node))
        if rule is None:
            raise NotInDatabase(type(node).__name__)
        return rule(self, node)

    def folds(self, node: Node) -> bool:
        """Tell whether a part is worked out in Python before the database is asked."""
        return self.folding and foldable(node)

    def held(self, node: Name) -> Bound:
        """Return what a local name stands for."""
        return self.locals[node.id]

    @contextmanager
    def binding(self, name: str, bound: Bound) -> Iterator[None]:
        """Let a local name stand for a row, a value or a part of the expression."""
        self.locals[name] = bound
        yield
        del self.locals[name]
