"""Who is there for an approval to ask: managers, heads, roles and stand-ins of this moment?"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from runtime.store import Unit
from runtime.store.departments import Department
from runtime.store.people import Person


class Company:
    """The people of a workspace as the approvals of one app see them, read once in a unit."""

    def __init__(self, unit: Unit, app: str) -> None:
        self._unit = unit
        self._app = app
        self._people: dict[str, Person | None] = {}
        self._departments: dict[str, Department | None] = {}
        self._roles: dict[str, frozenset[str]] = {}

    def active(self, person: str) -> bool:
        """Tell whether a person works here and can sign in."""
        found = self._person(person)
        return found is not None and found.active

    def name(self, person: str) -> str:
        """Return what a person is called, also one who left."""
        found = self._person(person)
        return found.name if found else person

    def by_login(self, login: str) -> str | None:
        """Return who has a login name."""
        found = self._unit.people.by_login(login)
        return found.id if found else None

    def of_role(self, role: str) -> tuple[str, ...]:
        """Return the active people of a role of the app, always in the same order."""
        return tuple(person.id for person in self._unit.people.with_role(self._app, role))

    def roles(self, person: str) -> frozenset[str]:
        """Return the roles of a person in the app."""
        if person not in self._roles:
            actor = self._unit.people.actor(person)
            self._roles[person] = actor.roles_in(self._app) if actor else frozenset()
        return self._roles[person]

    def manager(self, person: str) -> str | None:
        """Return a person's direct manager, active or not."""
        found = self._person(person)
        return found.manager if found else None

    def department(self, person: str) -> str | None:
        """Return a person's department."""
        found = self._person(person)
        return found.department if found else None

    def head(self, department: str) -> str | None:
        """Return who heads a department, active or not."""
        found = self._department(department)
        return found.head if found else None

    def parent(self, department: str) -> str | None:
        """Return the department above a department."""
        found = self._department(department)
        return found.parent if found else None

    def stand_in(self, person: str, workflow: str, now: datetime) -> str | None:
        """Return who decides for a person just now, if the person has entrusted somebody who is
        still there."""
        handed = self._unit.delegations.at(person, now)
        fitting = (one.stand_in for one in handed if one.covers(self._app, workflow))
        return next((someone for someone in fitting if self.active(someone)), None)

    def successor(self, person: str) -> str | None:
        """Return the active person who took over from somebody who left; None for all others."""
        seen, heir = {person}, person
        while not self.active(heir):
            heir = self._unit.successions.of(heir) or ""
            if not heir or heir in seen:
                return None
            seen.add(heir)
        return heir if heir != person else None

    def administrators(self) -> tuple[str, ...]:
        """Return the workspace's active administrators."""
        return tuple(person.id for person in self._everybody if person.admin)

    def people(self) -> tuple[str, ...]:
        """Return all active people, always in the same order."""
        return tuple(person.id for person in self._everybody)

    @cached_property
    def _everybody(self) -> tuple[Person, ...]:
        return self._unit.people.list()

    def _person(self, id_: str) -> Person | None:
        if id_ not in self._people:
            self._people[id_] = self._unit.people.one(id_)
        return self._people[id_]

    def _department(self, id_: str) -> Department | None:
        if id_ not in self._departments:
            self._departments[id_] = self._unit.people.department(id_)
        return self._departments[id_]
