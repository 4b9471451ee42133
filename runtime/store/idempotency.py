"""Was this very act done already?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from runtime.store.platform_tables import idempotency

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Done:
    """An act that was done: the record that came of it, and a digest of what was asked."""

    record: str | None
    request: str | None
    at: datetime


class Idempotency:
    """The keys of acts, written in the transaction of the act itself."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def done(self, person: str, key: str) -> str | None:
        """Return the record that came of the act with this key, None if it was never done."""
        found = self.asked(person, key)
        return found.record if found else None

    def asked(self, person: str, key: str) -> Done | None:
        """Return all that is known of the act with this key."""
        row = self._connection.execute(
            select(idempotency.c.record, idempotency.c.request, idempotency.c.at).where(
                idempotency.c.person == person, idempotency.c.key == key
            )
        ).first()
        return Done(row.record, row.request, row.at) if row else None

    def remember(
        self, person: str, key: str, record: str | None, now: datetime, request: str | None = None
    ) -> None:
        """Remember the act; a second one with the same key at the same time fails here."""
        self._connection.execute(
            insert(idempotency),
            {"person": person, "key": key, "record": record, "request": request, "at": now},
        )

    def forget_before(self, moment: datetime) -> int:
        """Forget old keys and return how many."""
        return self._connection.execute(
            delete(idempotency).where(idempotency.c.at < moment)
        ).rowcount
