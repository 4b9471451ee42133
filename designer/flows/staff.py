"""Who works here, as the designer of an approval has to know it with each edit?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from engine.approvals.facts import Organisation
from runtime.services import Services
from runtime.store import Store, Unit
from runtime.use_cases.approvals.organisation import Company

FRESH = timedelta(seconds=30)
"""So long the answers hold: who designs need not hear at once that somebody was hired."""


@dataclass(frozen=True)
class Heard:
    """What was answered since a moment."""

    since: datetime
    answers: dict[Hashable, Any] = field(default_factory=dict)


_KNOWN: WeakKeyDictionary[Store, dict[str, Heard]] = WeakKeyDictionary()


class Staff:
    """The people of a workspace as an app sees them, each question asked once in a while."""

    def __init__(self, company: Organisation, answers: dict[Hashable, Any]) -> None:
        self._company = company
        self._answers = answers

    def active(self, person: str) -> bool:
        """Tell whether a person works here and can sign in."""
        return bool(self._asked("active", person))

    def name(self, person: str) -> str:
        """Return what a person is called, also one who left."""
        return str(self._asked("name", person))

    def by_login(self, login: str) -> str | None:
        """Return who has a login name."""
        return self._id("by_login", login)

    def of_role(self, role: str) -> tuple[str, ...]:
        """Return the active people of a role of the app, always in the same order."""
        return tuple(self._asked("of_role", role))

    def roles(self, person: str) -> frozenset[str]:
        """Return the roles of a person in the app."""
        return frozenset(self._asked("roles", person))

    def manager(self, person: str) -> str | None:
        """Return a person's direct manager, active or not."""
        return self._id("manager", person)

    def department(self, person: str) -> str | None:
        """Return a person's department."""
        return self._id("department", person)

    def head(self, department: str) -> str | None:
        """Return who heads a department, active or not."""
        return self._id("head", department)

    def parent(self, department: str) -> str | None:
        """Return the department above a department."""
        return self._id("parent", department)

    def stand_in(self, person: str, workflow: str, now: datetime) -> str | None:
        """Return who decides for a person just now, if the person has entrusted somebody."""
        return self._company.stand_in(person, workflow, now)

    def successor(self, person: str) -> str | None:
        """Return the active person who took over from somebody who left; None for all others."""
        return self._id("successor", person)

    def administrators(self) -> tuple[str, ...]:
        """Return the workspace's active administrators."""
        return tuple(self._asked("administrators"))

    def people(self) -> tuple[str, ...]:
        """Return all active people, always in the same order."""
        return tuple(self._asked("people"))

    def _id(self, question: str, of: str) -> str | None:
        found: str | None = self._asked(question, of)
        return found

    def _asked(self, question: str, *of: str) -> Any:
        key = (question, *of)
        if key not in self._answers:
            self._answers[key] = getattr(self._company, question)(*of)
        return self._answers[key]


def staff_of(services: Services, unit: Unit, app: str) -> Staff:
    """Return who works here, as far as it was heard lately."""
    known = _KNOWN.setdefault(services.store, {})
    heard, now = known.get(app), services.now()
    if heard is None or not heard.since <= now < heard.since + FRESH:
        heard = known[app] = Heard(now)
    return Staff(Company(unit, app), heard.answers)
