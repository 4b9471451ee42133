"""Who plays in the scenarios of an app?"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from engine.app import App
from runtime.workspace.people_file import PeopleFile, PersonRow


def cast(people: PeopleFile, app: App) -> PeopleFile:
    """Return the people with roles in the app, and for a role without anybody one called like it.

    An app that the people have never heard of (a package under a new name) finds each with the
    roles that they have elsewhere, as far as it has roles of that name.
    """
    roles = [role.id for role in app.definition.roles]
    known = any(app.id in person.roles for person in people.people)
    persons = people.people if known else [_newly(each, app.id, roles) for each in people.people]
    there = {role for each in persons for role in each.roles.get(app.id, ())} if known else set()
    there |= {each.login for each in persons if each.login in each.roles.get(app.id, ())}
    named = {each.login for each in persons}
    added = [
        PersonRow(
            login=role, name=role, department=people.departments[0].code, roles={app.id: (role,)}
        )
        for role in roles
        if role not in there | named
    ]
    return PeopleFile(departments=people.departments, people=(*persons, *added))


def _newly(person: PersonRow, app: str, roles: Sequence[str]) -> PersonRow:
    elsewhere = {role for given in person.roles.values() for role in given}
    fitting = tuple(role for role in roles if role in elsewhere or role == person.login)
    return replace(person, roles={**person.roles, app: fitting})
