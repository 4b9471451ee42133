"""What can come of a command?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.approvals.effects import Effect
from engine.approvals.run import Run
from engine.outcomes import Denied, Refusal


@dataclass(frozen=True)
class Decided:
    """Done: the approval as it is now, and what follows, in order."""

    run: Run
    effects: tuple[Effect, ...]


Answer: TypeAlias = Decided | Refusal | Denied
