"""Who is there, in which department, with which roles?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, insert, or_, select, update

from engine.record import Actor
from runtime.store.departments import Department, Departments
from runtime.store.entrusted import entrusted_to
from runtime.store.ids import new_id
from runtime.store.platform_tables import department, person
from runtime.store.roles import Roles
from runtime.store.wordlist import spelled, typed_form

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works with the apps."""

    id: str
    login: str
    name: str
    number: str | None = None
    """By which the company knows them: an employee number."""
    phone: str | None = None
    email: str | None = None
    post: str | None = None
    department: str | None = None
    manager: str | None = None
    admin: bool = False
    active: bool = True
    locale: str = "zh"
    theme: str = "system"
    created_at: datetime

    def row(self) -> dict[str, Any]:
        """Return what expressions see of a person."""
        names = ("id", "login", "name", "number", "phone", "email", "post", "department", "manager")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Credentials:
    """What is needed to check that somebody is who they say."""

    person: str
    password_hash: str | None
    totp_secret: str | None
    active: bool


_SECRET = {"password_hash", "totp_secret", "found_by"}
_SHOWN = tuple(column for column in person.c if column.name not in _SECRET)
_NAMES = tuple(column.name for column in _SHOWN)
_ACTOR = (
    select(*_SHOWN, department.c.path.label("path"))
    .outerjoin(department, department.c.id == person.c.department)
    .where(person.c.active)
)


class People:
    """The people of a workspace, its departments, and who plays which role."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self.departments = Departments(unit)
        self.roles = Roles(unit)

    def actor(self, id_: str) -> Actor | None:
        """Return an active person with the rights of this moment: roles of their own and those
        of every department that they belong to, the departments below theirs, and the records
        that they have a task about."""
        row = self._connection.execute(_ACTOR.where(person.c.id == id_)).first()
        if row is None:
            return None
        above = tuple(row.path.strip("/").split("/")) if row.path else ()
        roles = self.roles.of(id_, above)
        below = self.departments.below(row.path) if row.path else ()
        return Actor(
            id=row.id,
            name=row.name,
            number=row.number,
            department=row.department,
            departments=below,
            roles=roles,
            admin=row.admin,
            locale=row.locale,
            entrusted=entrusted_to(self._connection, id_),
        )

    def one(self, id_: str) -> Person | None:
        """Return a person, active or not."""
        return self._first(person.c.id == id_)

    def by_login(self, login: str) -> Person | None:
        """Return the person who signs in with this name."""
        return self._first(person.c.login == login.strip().lower())

    def by_number(self, number: str) -> Person | None:
        """Return the person with an employee number."""
        return self._first(person.c.number == number)

    def credentials(self, login: str) -> Credentials | None:
        """Return what is needed to let somebody in."""
        row = self._connection.execute(
            select(
                person.c.id, person.c.password_hash, person.c.totp_secret, person.c.active
            ).where(person.c.login == login.strip().lower())
        ).first()
        return Credentials(row[0], row[1], row[2], row[3]) if row else None

    def add(
        self, login: str, name: str, now: datetime, *, id_: str | None = None, **more: Any
    ) -> Person:
        """Add a person; `more` are other columns, such as `password_hash` and `department`."""
        new = {"id": id_ or new_id(now), "login": login.strip().lower(), "name": name, **more}
        new |= {"created_at": now, "found_by": _words(new)}
        self._connection.execute(insert(person), new)
        added = self.one(str(new["id"]))
        assert added is not None
        return added

    def edit(self, id_: str, **changes: Any) -> bool:
        """Change columns of a person; False if there is no such person."""
        known = self.one(id_)
        if known is None or not changes:
            return known is not None
        if "login" in changes:
            changes["login"] = changes["login"].strip().lower()
        merged = {**vars(known), **changes}
        self._connection.execute(
            update(person).where(person.c.id == id_).values(**changes, found_by=_words(merged))
        )
        return True

    def list(
        self,
        *,
        search: str = "",
        department: str | None = None,
        active: bool | None = True,
        limit: int | None = None,
    ) -> tuple[Person, ...]:
        """Return people by name; `search` takes parts of names, initials, logins and numbers,
        `department` includes those below."""
        asked = select(*_SHOWN).order_by(person.c.name, person.c.id)
        if active is not None:
            asked = asked.where(person.c.active.is_(active))
        for part in search.split():
            asked = asked.where(person.c.found_by.contains(typed_form(part), autoescape=True))
        if department is not None:
            asked = asked.where(person.c.department.in_(self.departments.with_below(department)))
        if limit is not None:
            asked = asked.limit(limit)
        return tuple(_person(row) for row in self._connection.execute(asked))

    def by_ids(self, ids: Iterable[str]) -> Mapping[str, Person]:
        """Return several people by their ids, whoever of them exists."""
        wanted = tuple(set(ids))
        if not wanted:
            return {}
        rows = self._connection.execute(select(*_SHOWN).where(person.c.id.in_(wanted)))
        return {row.id: _person(row) for row in rows}

    def names(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the names of people by their ids."""
        wanted = tuple(set(ids))
        if not wanted:
            return {}
        rows = self._connection.execute(
            select(person.c.id, person.c.name).where(person.c.id.in_(wanted))
        )
        return {row[0]: row[1] for row in rows}

    def all_known(self, ids: Sequence[str]) -> bool:
        """Tell whether every id is that of an active person."""
        rows = self._connection.execute(
            select(person.c.id).where(person.c.id.in_(ids), person.c.active)
        )
        return {row[0] for row in rows}.issuperset(ids)

    def with_role(self, app: str, role: str) -> tuple[Person, ...]:
        """Return the active people who play a role, by themselves or through a department."""
        subjects = self.roles.subjects(app, role)
        people = [subject for kind, subject in subjects if kind == "person"]
        departments = [
            below
            for kind, subject in subjects
            if kind == "department"
            for below in self.departments.with_below(subject)
        ]
        asked = select(*_SHOWN).where(
            and_(
                person.c.active,
                or_(person.c.id.in_(people), person.c.department.in_(departments)),
            )
        )
        rows = self._connection.execute(asked.order_by(person.c.name, person.c.id))
        return tuple(_person(row) for row in rows)

    def department(self, id_: str) -> Department | None:
        """Return a department."""
        return self.departments.one(id_)

    def anybody(self) -> bool:
        """Tell whether the workspace has any person yet."""
        return self._connection.execute(select(person.c.id).limit(1)).first() is not None

    def _first(self, condition: Any) -> Person | None:
        row = self._connection.execute(select(*_SHOWN).where(condition)).first()
        return _person(row) if row else None


def _person(row: Row[Any]) -> Person:
    return Person(**dict(zip(_NAMES, row, strict=True)))


def _words(of: Mapping[str, Any]) -> str:
    texts = (of.get(name) for name in ("name", "login", "number", "phone", "email"))
    return "\n".join(form for given in texts if given for form in spelled(str(given)))
