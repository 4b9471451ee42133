"""Who does something, when, and through which door?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.expressions import Env
from engine.record import Actor
from runtime.services import Services

Door = Literal[
    "form",
    "board",
    "bulk",
    "api",
    "import",
    "automation",
    "link",
    "card",
    "public",
    "scenario",
    "system",
]
"""The ways by which a change can come; the same rules hold at each."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that an actor does."""

    actor: Actor
    door: Door
    reason: str | None = None
    key: str | None = None
    """The same key twice is the same act: the second time nothing is done again."""
    request: str | None = None
    """A digest of what was asked with the key."""
    part_of: str | None = None
    """The import that this belongs to, which the log names."""
    cause: str | None = None
    """The event that a rule follows with this."""
    depth: int = 0
    """How many rules brought it here, one by the other."""
    unheard: bool = False
    """No rule follows from it, as from sample records."""


def env_of(services: Services, act: Act, app: str, now: datetime) -> Env:
    """Return what expressions see besides the record."""
    user = act.actor.as_user(app)
    return Env(today=services.today(now), now=services.local(now), user=user)
