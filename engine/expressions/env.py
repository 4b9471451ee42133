"""What does an expression see besides the row: which day, which moment, whose request?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.expressions.values import Value


@dataclass(frozen=True, slots=True)
class Env:
    """The day, the moment and the person of a request, bound once for all expressions of it."""

    today: date
    now: datetime
    user: Mapping[str, Value] = field(default_factory=dict)
