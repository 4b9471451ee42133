"""What does the checker know at a place in an expression: names, mistakes so far, the slot?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.expressions.errors import FeelError
from engine.expressions.feel_types import ANY, Type
from engine.expressions.scope import Scope, Slot
from engine.expressions.tree import Node
from engine.wording import Message


@dataclass(frozen=True, slots=True)
class Local:
    """A name that the expression itself binds; `id` is unique in the expression."""

    id: str
    type: Type
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Names bound around a place; in a filter also the item, whose fields are names there."""

    locals: dict[str, Local]
    item: Local | None = None


class Checking:
    """One check of one expression; every mistake is collected, none stops it."""

    def __init__(self, scope: Scope, slot: Slot, rule: Callable[[Checking, Node], Node]) -> None:
        self.scope = scope
        self.slot = slot
        self.errors: list[FeelError] = []
        self.frames: list[Frame] = []
        self._rule = rule
        self._locals = 0

    def check(self, node: Node) -> Node:
        """Return the node with types."""
        return self._rule(self, node)

    def refuse(
        self, code: str, message: Message, node: Node, suggestion: str | None = None
    ) -> None:
        """Note a mistake that is one in every slot."""
        self.errors.append(FeelError(code, message, node.span, suggestion))

    def mistype(
        self, code: str, message: Message, node: Node, suggestion: str | None = None
    ) -> None:
        """Note a mistake in types; in an open slot it is none, the value is null there."""
        if self.slot.strict:
            self.refuse(code, message, node, suggestion)

    def local(self, name: str, kind: Type = ANY, path: tuple[str, ...] = ()) -> Local:
        """Return a new local name with an id of its own."""
        self._locals += 1
        return Local(f"{name}~{self._locals}", kind, path)

    @contextmanager
    def binding(self, *bound: tuple[str, Local], item: Local | None = None) -> Iterator[Frame]:
        """Bind names for what is checked inside."""
        frame = Frame(dict(bound), item)
        self.frames.append(frame)
        yield frame
        self.frames.pop()
