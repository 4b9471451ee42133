"""What did each part of a rule see, as far as this person may know it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.expressions import Explained, Node, Value
from engine.expressions.checker.reads import reads

Path = tuple[str, ...]
MaySee = Callable[[Path], bool]
"""Tells whether a person may know what stands at the end of a path from the record."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule with the value that it had; `shown` is False where it is kept back."""

    text: str
    value: Value
    shown: bool
    node: Node
    parts: tuple[Part, ...] = ()
    item: int | None = None


def parts_of(explained: Explained, may_see: MaySee, *, verdict: bool = True) -> Part:
    """Return the parts of a rule; what a person may not see is kept back, and so is everything
    worked out from it. Whether the rule as a whole holds is shown where the person meets the
    `verdict` anyway; a filter asks only of what its author sees."""
    whole = _part(explained, may_see)
    if not verdict:
        return whole
    return Part(whole.text, explained.value, True, whole.node, whole.parts)


def _part(explained: Explained, may_see: MaySee) -> Part:
    shown = all(map(may_see, reads(explained.node)))
    return Part(
        text=explained.text,
        value=explained.value if shown else None,
        shown=shown,
        node=explained.node,
        parts=tuple(_part(one, may_see) for one in explained.children),
        item=explained.item,
    )
