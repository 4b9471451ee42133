"""Whose clock shows the day and the hour of a moment?"""

from __future__ import annotations

from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import Kind
from engine.expressions.tree import Call, Coerce, Node, Temporal

_PARTS = frozenset(
    {"year", "month", "day", "weekday", "hour", "minute", "second"}
)  # fmt: skip
_READERS = frozenset(
    {
        "date", "time", "string", "day of year", "day of week", "month of year", "week of year",
        "years and months duration",
    }
)  # fmt: skip
_DATE_AND_TIME = "date and time"


def of_property(checking: Checking, base: Node, name: str) -> Node:
    """Return a moment as it is shown where one of its parts is taken."""
    return _local(checking, base) if name in _PARTS else base


def of_arguments(checking: Checking, node: Call) -> tuple[Node, ...]:
    """Return the arguments of a call, the moments as they are shown where it takes their day."""
    combining = node.function == _DATE_AND_TIME and len(node.arguments) > 1
    if not combining and node.function not in _READERS:
        return node.arguments
    return tuple(_local(checking, argument) for argument in node.arguments)


def _local(checking: Checking, node: Node) -> Node:
    """Return a moment by the clock of whoever asks; one written with its zone stays there."""
    moves = node.type.kind is Kind.DATETIME and node.type.zoned
    if not checking.slot.strict or not moves or isinstance(node, Temporal):
        return node
    return Coerce("local", node, span=node.span, type=node.type, nullable=node.nullable)
