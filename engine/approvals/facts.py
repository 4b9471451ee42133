"""What may an approval look at: the record, who acts, the moment, and who is whose manager?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from engine.expressions import Env
from engine.record import Actor
from engine.worktime import WorkCalendar


class Organisation(Protocol):
    """Who there is, and who answers for whom. People and departments are ids."""

    def active(self, person: str) -> bool:
        """Tell whether a person works here and can sign in."""
        ...

    def name(self, person: str) -> str:
        """Return what a person is called, also one who left."""
        ...

    def by_login(self, login: str) -> str | None:
        """Return who has a login name."""
        ...

    def of_role(self, role: str) -> tuple[str, ...]:
        """Return the active people of a role of the app, always in the same order."""
        ...

    def roles(self, person: str) -> frozenset[str]:
        """Return the roles of a person in the app."""
        ...

    def manager(self, person: str) -> str | None:
        """Return a person's direct manager, active or not."""
        ...

    def department(self, person: str) -> str | None:
        """Return a person's department."""
        ...

    def head(self, department: str) -> str | None:
        """Return who heads a department, active or not."""
        ...

    def parent(self, department: str) -> str | None:
        """Return the department above a department."""
        ...

    def stand_in(self, person: str, workflow: str, now: datetime) -> str | None:
        """Return who decides for a person just now, if the person has entrusted somebody."""
        ...

    def successor(self, person: str) -> str | None:
        """Return the active person who took over from somebody who left; None for all others."""
        ...

    def administrators(self) -> tuple[str, ...]:
        """Return the workspace's active administrators."""
        ...

    def people(self) -> tuple[str, ...]:
        """Return all active people, always in the same order."""
        ...


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the machine may look at."""

    row: Mapping[str, Any]
    """The record as expressions see it, with the followed references (key + dot)."""
    actor: Actor | None
    """Who does it; None for what happens by itself."""
    submitter: Actor
    """Who submitted, with the rights of this moment: expressions see this person as `user`."""
    now: datetime
    today: date
    calendar: WorkCalendar
    organisation: Organisation

    def env(self, app: str) -> Env:
        """Return what expressions see besides the record."""
        return Env(today=self.today, now=self.now, user=self.submitter.as_user(app))
