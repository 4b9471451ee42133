"""What is a part of an expression that runs only on some targets?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.errors import Span
from engine.expressions.scope import Target
from engine.wording import Message

DECIDING = Message(
    "决策表只在服务器上算；请让一条规则用 set_fields 把结果写进一个字段，这里再用那个字段"
)


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of an expression that runs only on some targets, why, and what to write instead."""

    span: Span
    code: str
    reason: Message
    left: frozenset[Target]
    suggestion: str | None = None
