"""Which programs may act for which person?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, or_, select, update

from runtime.store.ids import new_id
from runtime.store.platform_tables import person, token
from runtime.store.sessions import digest

if TYPE_CHECKING:
    from runtime.store.unit import Unit

PREFIX = "dg_"
"""So that a token that was left somewhere is recognised as ours."""
_SHOWN = [column for column in token.c if column.name != "key"]


@dataclass(frozen=True, kw_only=True)
class Token:
    """The key of a program, without its secret."""

    id: str
    person: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    used_on: date | None
    revoked_at: datetime | None


class Tokens:
    """The tokens of all people."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(
        self, person_id: str, name: str, now: datetime, expires_at: datetime | None = None
    ) -> str:
        """Make a token and return its secret, which is shown this once and kept nowhere."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self._connection.execute(
            insert(token),
            {
                "id": new_id(now),
                "key": digest(secret),
                "person": person_id,
                "name": name,
                "created_at": now,
                "expires_at": expires_at,
            },
        )
        return secret

    def of(self, secret: str, now: datetime) -> Token | None:
        """Return the living token with this secret, of a person who is still active."""
        row = self._connection.execute(
            select(*_SHOWN)
            .join(person, person.c.id == token.c.person)
            .where(
                token.c.key == digest(secret),
                token.c.revoked_at.is_(None),
                or_(token.c.expires_at.is_(None), token.c.expires_at > now),
                person.c.active,
            )
        ).first()
        return _token(row) if row else None

    def of_person(self, person_id: str) -> tuple[Token, ...]:
        """Return the tokens of a person, latest first."""
        rows = self._connection.execute(
            select(*_SHOWN).where(token.c.person == person_id).order_by(token.c.id.desc())
        )
        return tuple(_token(row) for row in rows)

    def used(self, id_: str, today: date) -> None:
        """Note the day of the last use."""
        self._connection.execute(update(token).where(token.c.id == id_).values(used_on=today))

    def revoke(self, id_: str, now: datetime) -> None:
        """Make a token useless, at once."""
        self._connection.execute(
            update(token).where(token.c.id == id_, token.c.revoked_at.is_(None)),
            {"revoked_at": now},
        )


def _token(row: Row[Any]) -> Token:
    return Token(**row._mapping)
