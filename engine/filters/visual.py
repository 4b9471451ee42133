"""What does a filter look like that people put together without writing anything?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.wording import Message


@dataclass(frozen=True)
class Condition:
    """One field (or `reference.field`), an operator, and values as an input holds them.

    A number is "1280", a date "2026-01-05" or "today", a moment "2026-01-05T10:30", yes is
    "true", a choice, person or record its id. An empty end of `between` is open.
    """

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A part that is right but can't be drawn: its text."""

    text: str


@dataclass(frozen=True)
class Group:
    """Parts that must all hold, or of which at least one must."""

    all: bool = True
    items: tuple[Part, ...] = field(default=())


Part: TypeAlias = Condition | Written | Group


class BadFilter(Exception):
    """A filter that can't be understood; carries the words, and which part is meant."""

    def __init__(self, message: Message, at: tuple[int, ...] = ()) -> None:
        self.message = message
        self.at = at
        """The way from the outermost group: the index in each group."""
        super().__init__(str(message))


def conditions_of(part: Part) -> Iterator[Condition]:
    """Yield every condition, in the order of the groups."""
    if isinstance(part, Condition):
        yield part
    elif isinstance(part, Group):
        for item in part.items:
            yield from conditions_of(item)
