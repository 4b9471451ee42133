"""Who is signed in, in which browser, until when?"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from runtime.store.platform_tables import person, session

if TYPE_CHECKING:
    from runtime.store.unit import Unit

SEEN_EVERY = timedelta(minutes=5)
"""How exact `seen_at` is: a write on every request would cost more than it tells."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One browser in which one person is signed in."""

    key: str
    """The digest of what the cookie holds; the cookie itself is kept nowhere."""
    person: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str | None = None
    address: str | None = None


def digest(secret: str) -> str:
    """Return what is kept of a secret that was handed out."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Sessions:
    """The sessions of all people."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def begin(
        self,
        person_id: str,
        now: datetime,
        lasts: timedelta,
        *,
        agent: str | None = None,
        address: str | None = None,
    ) -> str:
        """Begin a session and return the secret for the cookie."""
        secret = secrets.token_urlsafe(32)
        self._connection.execute(
            insert(session),
            {
                "key": digest(secret),
                "person": person_id,
                "csrf": secrets.token_urlsafe(24),
                "created_at": now,
                "seen_at": now,
                "expires_at": now + lasts,
                "agent": agent,
                "address": address,
            },
        )
        return secret

    def let_in(self, key: str, csrf: str, person_id: str, now: datetime, until: datetime) -> None:
        """Let a browser be a person that another workspace has let in: the cookie is the same, and
        what every change must bring along too."""
        self.end(key)
        row = {"key": key, "person": person_id, "csrf": csrf, "created_at": now, "seen_at": now}
        self._connection.execute(insert(session), {**row, "expires_at": until})

    def of(self, secret: str, now: datetime, idle: timedelta) -> Session | None:
        """Return the living session behind a cookie: not expired, not idle for too long, of a
        person who is still active."""
        row = self._connection.execute(
            select(session)
            .join(person, person.c.id == session.c.person)
            .where(
                session.c.key == digest(secret),
                session.c.expires_at > now,
                session.c.seen_at > now - idle,
                person.c.active,
            )
        ).first()
        return Session(**row._mapping) if row else None

    def seen(self, found: Session, now: datetime) -> None:
        """Note that the session is used; ask `needs_note` first: this takes a writing unit."""
        self._connection.execute(
            update(session).where(session.c.key == found.key).values(seen_at=now)
        )

    def of_person(self, person_id: str, now: datetime) -> tuple[Session, ...]:
        """Return the living sessions of a person, latest first."""
        rows = self._connection.execute(
            select(session)
            .where(session.c.person == person_id, session.c.expires_at > now)
            .order_by(session.c.seen_at.desc())
        )
        return tuple(Session(**row._mapping) for row in rows)

    def end(self, key: str) -> None:
        """End one session."""
        self._connection.execute(delete(session).where(session.c.key == key))

    def end_all(self, person_id: str, except_key: str | None = None) -> None:
        """End all sessions of a person, but for the one at hand."""
        ending = delete(session).where(session.c.person == person_id)
        if except_key is not None:
            ending = ending.where(session.c.key != except_key)
        self._connection.execute(ending)

    def forget_expired(self, now: datetime) -> int:
        """Remove sessions that are over, and return how many."""
        return self._connection.execute(delete(session).where(session.c.expires_at <= now)).rowcount


def needs_note(found: Session, now: datetime) -> bool:
    """Tell whether it is time to note again that the session is used."""
    return now - found.seen_at > SEEN_EVERY
