"""What is a part of an expression that runs only on some targets?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.errors import Span
from engine.expressions.scope import Target
from engine.wording import Message


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of an expression that runs only on some targets, why, and what to write instead."""

    span: Span
    code: str
    reason: Message
    left: frozenset[Target]
    suggestion: str | None = None
