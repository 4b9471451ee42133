"""Who plays which role in which app?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select

from runtime.store.platform_tables import role_grant

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Kind = Literal["person", "department"]


@dataclass(frozen=True)
class RoleGrant:
    """A role given to a person, or to everybody in a department and its parts."""

    kind: Kind
    subject: str
    app: str
    role: str


class Roles:
    """The roles that were given."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def of(self, person: str, departments: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the roles by app that a person has, alone or through these departments."""
        rows = self._connection.execute(
            select(role_grant.c.app, role_grant.c.role).where(
                or_(
                    and_(role_grant.c.kind == "person", role_grant.c.subject == person),
                    and_(
                        role_grant.c.kind == "department",
                        role_grant.c.subject.in_(tuple(departments)),
                    ),
                )
            )
        )
        roles: dict[str, set[str]] = {}
        for app, role in rows:
            roles.setdefault(app, set()).add(role)
        return {app: frozenset(names) for app, names in roles.items()}

    def subjects(self, app: str, role: str) -> tuple[tuple[str, str], ...]:
        """Return to whom a role was given, as (kind, id)."""
        rows = self._connection.execute(
            select(role_grant.c.kind, role_grant.c.subject).where(
                role_grant.c.app == app, role_grant.c.role == role
            )
        )
        return tuple((row[0], row[1]) for row in rows)

    def list(self, app: str | None = None) -> tuple[RoleGrant, ...]:
        """Return every grant, of one app or of all."""
        asked = select(
            role_grant.c.kind, role_grant.c.subject, role_grant.c.app, role_grant.c.role
        ).order_by(role_grant.c.app, role_grant.c.role, role_grant.c.kind, role_grant.c.subject)
        if app is not None:
            asked = asked.where(role_grant.c.app == app)
        return tuple(RoleGrant(*row) for row in self._connection.execute(asked))

    def give(self, granted: RoleGrant) -> None:
        """Give a role; giving it twice changes nothing."""
        if not self._given(granted):
            self._connection.execute(insert(role_grant), vars(granted))

    def take(self, granted: RoleGrant) -> None:
        """Take a role back."""
        self._connection.execute(delete(role_grant).where(_same(granted)))

    def set_for(self, kind: Kind, subject: str, app: str, roles: Iterable[str]) -> None:
        """Let somebody have exactly these roles in an app."""
        self._connection.execute(
            delete(role_grant).where(
                role_grant.c.kind == kind, role_grant.c.subject == subject, role_grant.c.app == app
            )
        )
        for role in dict.fromkeys(roles):
            self.give(RoleGrant(kind, subject, app, role))

    def _given(self, granted: RoleGrant) -> bool:
        asked = select(role_grant.c.role).where(_same(granted))
        return self._connection.execute(asked).first() is not None


def _same(granted: RoleGrant) -> ColumnElement[bool]:
    return and_(
        role_grant.c.kind == granted.kind,
        role_grant.c.subject == granted.subject,
        role_grant.c.app == granted.app,
        role_grant.c.role == granted.role,
    )
