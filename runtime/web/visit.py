"""Who is visiting, in which language and light, during one request?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.record import Actor
from runtime.use_cases.act import Act, Door

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request, as the views see it."""

    request_id: str
    locale: str = "zh"
    theme: str = "auto"
    actor: Actor | None = None
    session: str | None = None
    """The hash under which the session is kept."""
    csrf: str = ""
    """What every change must bring along."""

    @property
    def person(self) -> Actor:
        """The person, where the guard has let in nobody else."""
        if self.actor is None:
            raise LookupError("nobody is signed in")
        return self.actor

    def act(self, door: Door = "form", reason: str | None = None, key: str | None = None) -> Act:
        """Return one act of the person."""
        return Act(actor=self.person, door=door, reason=reason, key=key)
