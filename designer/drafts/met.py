"""What is told of one thing that publishing would meet?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from engine.wording import Message

MOST_LISTED = 50


@dataclass(frozen=True)
class Item:
    """One record or person behind a figure."""

    text: str
    href: str | None = None
    more: str | Message = ""


@dataclass(frozen=True)
class Met:
    """One thing that publishing would meet."""

    kind: str
    """`records`, `people`, `alerts` or `approvals`."""
    message: Message
    items: tuple[Item, ...] = ()
    """What is behind the figure, as far as who asks may see it, and not more than fits."""
    unlisted: int = 0
    """So many more are counted and not listed."""
    part: Message | None = None
    """What the figure leaves out; None if it counts everything."""


def listed(
    kind: str, message: Message, items: Iterable[Item], count: int, part: Message | None = None
) -> Met:
    """Return something with the first of what is behind it."""
    shown = tuple(islice(items, MOST_LISTED))
    return Met(kind, message, shown, max(0, count - len(shown)), part)
