"""How does a rule leave out the rest?"""

from __future__ import annotations

from engine.rules.actions.stop import Stop
from runtime.use_cases.rules.acting import Came, Doing, Enough


def perform(doing: Doing, action: Stop) -> Came:
    """Do nothing, and nothing else after it."""
    return Enough()
