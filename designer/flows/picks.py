"""Of which parts is a sentence made that one can change by choosing?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from designer.flows.edits import Target, written

Choices: TypeAlias = Sequence[tuple[str, str]]
"""What is written, and what people read."""


@dataclass(frozen=True)
class Words:
    """A piece of a sentence that stays as it is."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Pick:
    """A piece of a sentence that one can choose."""

    kind: Literal["one", "many", "days", "number", "span", "clock", "text", "people", "panel"]
    name: str
    """What it is, for those who do not see the sentence around it."""
    target: Target
    shown: str
    value: Any = None
    choices: Choices = ()
    groups: Sequence[tuple[str, str, Choices]] = ()
    """Of people: the key, what the group is called, who can be chosen."""
    empty: str = ""
    """What is meant where nothing is chosen; something must be without it."""
    blanks: Mapping[str, str] = field(default_factory=dict)
    """Of texts: the fields that can stand in them, and what they are called."""

    @property
    def at(self) -> str:
        """The target as a page holds it."""
        return written(self.target)


Part: TypeAlias = Words | Pick
_MARK = "\x00"


def sentence(template: str, **picks: Pick | None) -> tuple[Part, ...]:
    """Return the parts of a sentence whose blanks were filled by `mark`."""
    parts: list[Part] = []
    for n, piece in enumerate(template.split(_MARK)):
        pick = picks.get(piece) if n % 2 else None
        if pick is not None:
            parts.append(pick)
        elif piece and n % 2 == 0:
            parts.append(Words(piece))
    return tuple(parts)


def marks(*names: str) -> dict[str, str]:
    """Return what stands for picks in a text, so that every language can order them."""
    return {name: f"{_MARK}{name}{_MARK}" for name in names}


def plain(parts: Sequence[Part]) -> str:
    """Return a sentence as it is read."""
    return "".join(part.text if isinstance(part, Words) else part.shown for part in parts)
