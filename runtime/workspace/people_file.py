"""Who works in a workspace, as a YAML file says it?"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from engine.loading.read import read_text
from engine.problems import BrokenApp
from runtime.store import Unit


class DepartmentRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One department; `head` is a login."""

    code: str
    name: str
    parent: str | None = None
    head: str | None = None


class PersonRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person with an account."""

    login: str
    name: str
    number: str | None = None
    """The employee number."""
    title: str | None = None
    department: str | None = None
    manager: str | None = None
    phone: str | None = None
    email: str | None = None
    admin: bool = False
    roles: dict[str, tuple[str, ...]] = {}


class PeopleFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The departments and people of a workspace; parents and managers stand before others."""

    departments: tuple[DepartmentRow, ...]
    people: tuple[PersonRow, ...]


def read_people(text: str, name: str) -> PeopleFile:
    """Read the file's text. Raises BrokenApp for bad YAML, ValidationError for its shape."""
    documents, problems = read_text(name, "people", text)
    if problems:
        raise BrokenApp(problems)
    return msgspec.convert(documents[0].data, PeopleFile)


def add_people(unit: Unit, people: PeopleFile, password_hash: str, now: datetime) -> None:
    """Add every department and person; all get the same password."""
    departments: dict[str, str] = {}
    for row in people.departments:
        parent = departments[row.parent] if row.parent else None
        added = unit.people.departments.add(row.name, now, parent=parent, code=row.code)
        departments[row.code] = added.id
    persons: dict[str, str] = {}
    for person in people.people:
        known = unit.people.add(
            person.login,
            person.name,
            now,
            number=person.number,
            post=person.title,
            department=departments.get(person.department or ""),
            manager=persons.get(person.manager or ""),
            phone=person.phone,
            email=person.email,
            admin=person.admin,
            password_hash=password_hash,
        )
        persons[person.login] = known.id
        for app, roles in person.roles.items():
            unit.people.roles.set_for("person", known.id, app, roles)
    for row in people.departments:
        if row.head:
            unit.people.departments.edit(departments[row.code], head=persons[row.head])
