"""Where does generated Python collect its functions, constants and variables?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from engine.expressions.feel_types import Kind
from engine.expressions.python_target.names_at_run_time import AT_RUN_TIME
from engine.expressions.tree import Bool, Node

MOST_NESTED = 12
"""Deeper parts become functions of their own: Python's parser allows 200 brackets at most."""

Rule = Callable[["Writer", Any], str]


class Writer:
    """Collects the source of one expression: `value`, `true` and `false` are its three modes."""

    def __init__(self, modes: dict[str, dict[type[Node], Rule]]) -> None:
        self.namespace: dict[str, Any] = dict(AT_RUN_TIME)
        self.functions: list[str] = []
        self.variables: dict[str, str] = {}
        self._modes = modes
        self._visible: list[str] = []
        self._count = 0
        self._level = 0

    def value(self, node: Node) -> str:
        """Return Python that gives the value of a node: true, false or null for a condition."""
        return self._write("value", node)

    def true(self, node: Node) -> str:
        """Return Python that gives True exactly if the node is true, else False."""
        return self._write("true", node)

    def false(self, node: Node) -> str:
        """Return Python that gives True exactly if the node is false, else False."""
        return self._write("false", node)

    def _write(self, mode: str, node: Node) -> str:
        if self._level >= MOST_NESTED:
            return self.function([], lambda: [f"return {self._write(mode, node)}"])
        self._level += 1
        try:
            return self._rule(mode, node)(self, node)
        finally:
            self._level -= 1

    def _rule(self, mode: str, node: Node) -> Rule:
        rule = self._modes[mode].get(type(node))
        if rule is not None:
            return rule
        if mode == "value":
            raise TypeError(f"no Python for {type(node).__name__}")
        if node.type.kind not in (Kind.BOOLEAN, Kind.ANY):
            return lambda writer, leaf: "False"
        wanted = mode.capitalize()
        if isinstance(node, Bool):
            return lambda writer, leaf: repr(str(leaf.value) == wanted)
        return lambda writer, leaf: f"({writer.value(leaf)} is {wanted})"

    def fresh(self, letter: str = "t") -> str:
        """Return a variable name that nothing else uses."""
        self._count += 1
        return f"{letter}{self._count}"

    def constant(self, value: object) -> str:
        """Return the name under which the generated code finds an object."""
        name = self.fresh("K")
        self.namespace[name] = value
        return name

    def variable(self, local: str) -> str:
        """Return the Python variable of a local name of the expression."""
        return self.variables[local]

    @contextmanager
    def seeing(self, names: Sequence[str]) -> Iterator[None]:
        """Make variables known to the functions that are written inside."""
        self._visible.extend(names)
        yield
        del self._visible[len(self._visible) - len(names) :]

    def function(self, arguments: Sequence[tuple[str, str]], body: Callable[[], list[str]]) -> str:
        """Write a function of its own; return the call of it. Arguments are (name, Python).

        It also gets every variable that is known here; what its body adds, the body makes known.
        """
        name = self.fresh("f")
        outside = ["r", "e", *dict.fromkeys(self._visible)]
        level, self._level = self._level, 0
        inner = [parameter for parameter, _ in arguments]
        lines = body()
        self._level = level
        header = f"def {name}({', '.join([*inner, *outside])}):"
        self.functions.append("\n".join([header, *(f"    {line}" for line in lines)]))
        return f"{name}({', '.join([*(python for _, python in arguments), *outside])})"

    @contextmanager
    def bound(self, local: str, variable: str) -> Iterator[None]:
        """Let a local name of the expression stand for a variable."""
        self.variables[local] = variable
        yield
        del self.variables[local]
