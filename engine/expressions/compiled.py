"""What is an expression that is ready to run?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.expressions.checker.check import Checked, check
from engine.expressions.env import Env
from engine.expressions.errors import FeelError, FeelErrors
from engine.expressions.explain import Explained, Explaining
from engine.expressions.feel_types import Type
from engine.expressions.parser import parse, parse_unary_tests
from engine.expressions.python_target.compile import condition_function, value_function
from engine.expressions.scope import Scope, Slot, Target
from engine.expressions.tree import Bool, In, Name, Node, Not
from engine.expressions.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_KEPT = 20_000


class Compiled:
    """An expression that was checked in a scope and a slot; made once, run often."""

    # `value` and `holds` are the generated functions themselves, made when they are first used.
    __slots__ = ("_explaining", "checked", "holds", "text", "value")

    if TYPE_CHECKING:
        value: Callable[[Mapping[str, Any], Env], Value]
        """Return the value for a row; null where anything it needs is missing."""
        holds: Callable[[Mapping[str, Any], Env], bool]
        """Return True only if the condition is true; null and false are False."""

    def __init__(self, text: str, checked: Checked) -> None:
        self.text = text
        self.checked = checked
        self._explaining: Explaining | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "value":
            self.value = value_function(self.tree)
            return self.value
        if name == "holds":
            self.holds = condition_function(self.tree)
            return self.holds
        raise AttributeError(name)

    @property
    def tree(self) -> Node:
        """The typed tree."""
        return self.checked.tree

    @property
    def type(self) -> Type:
        """The type of the value."""
        return self.checked.type

    @property
    def reads(self) -> frozenset[tuple[str, ...]]:
        """The paths from the row that it reads."""
        return self.checked.reads

    @property
    def targets(self) -> frozenset[Target]:
        """Where it can run."""
        return self.checked.targets

    def explain(self, row: Mapping[str, Any], env: Env) -> Explained:
        """Return the tree of its parts with the value that each had for a row."""
        if self._explaining is None:
            self._explaining = Explaining(self.text, self.tree)
        return self._explaining.explain(row, env)


_kept: dict[tuple[str, int, Slot], tuple[Scope, Compiled]] = {}


def compile_expression(text: str, scope: Scope, slot: Slot) -> Compiled:
    """Return the expression ready to run; raise FeelErrors with every mistake in it.

    The same text, scope and slot give the same object.
    """
    key = (text, id(scope), slot)
    found = _kept.get(key)
    if found is not None and found[0] is scope:
        return found[1]
    try:
        node = parse(text)
    except FeelError as error:
        raise FeelErrors([error]) from None
    made = Compiled(text, check(node, scope, slot))
    # The scope is kept with it, so that its identity can't be given to another one.
    _kept[key] = (scope, made)
    if len(_kept) > _MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    return made


def compile_unary_tests(text: str, tested: Type, scope: Scope, slot: Slot) -> Compiled:
    """Return the tests of a decision table's cell ready to run; `-` passes for every value.

    The row that it runs on holds the tested value under `?`.
    """
    names = Scope({**scope.names, "?": tested}, scope.forms, scope.user)
    try:
        tests = parse_unary_tests(text)
    except FeelError as error:
        raise FeelErrors([error]) from None
    node: Node = In(Name("?"), tests.tests) if tests.tests else Bool(True)
    checked = check(Not(node) if tests.negated else node, names, slot)
    return Compiled(text, replace(checked, reads=checked.reads - {("?",)}))


def forget_compiled() -> None:
    """Drop every kept expression, as after a change of definitions."""
    _kept.clear()
