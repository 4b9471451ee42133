"""What must somebody know who says an expression: what fields and their values are called?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from engine.expressions.tree import Name, Node, Path
from engine.expressions.values import Value
from engine.wording import Label, Message

Words: TypeAlias = Label | Message
Where: TypeAlias = tuple[str, ...]
"""The path of a field from the row, as ("site", "position")."""


class Unsayable(Exception):
    """A part of an expression that has no words."""


class Names(Protocol):
    """What the forms of an app call things."""

    def field(self, where: Where) -> Words | None:
        """Return the label of the field at the end of a path; None if there is none."""

    def value(self, where: Where, value: Value) -> Words | None:
        """Return how people read a value of the field; None where it has no words of its own."""


@dataclass(frozen=True)
class Teller:
    """Says the parts of one expression."""

    names: Names
    holds: Callable[[Teller, Node], Message]
    """Says a condition; values may have conditions inside them, and the other way round."""
    like: Where = ()
    """The field that the value of the whole belongs to."""


def where_of(node: Node) -> Where:
    """Return the field that a part reads; nothing for anything worked out."""
    match node:
        case Name(origin="field", id=id_, path=path):
            return path or (id_,)
        case Path(path=path, how=how) if path and how in ("column", "relation", "projection"):
            return path
    return ()


def quoted(words: Words) -> Message:
    """Return the name of a field or an option, marked as a name."""
    return Message("“{name}”", name=words)


def in_brackets(said: Message, wanted: bool = True) -> Message:
    """Return the words in brackets, where they are wanted."""
    return Message("（{words}）", words=said) if wanted else said
