"""Was this very act done already?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from runtime.store.platform_tables import idempotency

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Done:
    """An act that was done: the id of what came of it, and a digest of what was asked."""

    record: str | None
    request: str | None


class Idempotency:
    """The keys of acts, written in the transaction of the act itself."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = insert_sqlite if unit.store.dialect == "sqlite" else insert_postgres

    def claim(self, person: str, key: str, now: datetime, request: str | None) -> Done | None:
        """Take the key for an act that is about to be done, or return what is known of the one
        that had it; a second one at the same moment waits for the end of the first."""
        taken = self._connection.execute(
            self._insert(idempotency).on_conflict_do_nothing().returning(idempotency.c.key),
            {"person": person, "key": key, "request": request, "at": now},
        )
        return self.known(person, key) if taken.first() is None else None

    def remember(self, person: str, key: str, record: str | None) -> None:
        """Note what came of the act."""
        self._connection.execute(
            update(idempotency)
            .where(idempotency.c.person == person, idempotency.c.key == key)
            .values(record=record)
        )

    def forget(self, person: str, key: str) -> None:
        """Give the key back: nothing was done."""
        self._connection.execute(
            delete(idempotency).where(idempotency.c.person == person, idempotency.c.key == key)
        )

    def known(self, person: str, key: str) -> Done | None:
        """Return what is known of the act with a key, None if there is none."""
        row = self._connection.execute(
            select(idempotency.c.record, idempotency.c.request).where(
                idempotency.c.person == person, idempotency.c.key == key
            )
        ).first()
        return Done(row.record, row.request) if row else None

    def forget_before(self, moment: datetime) -> int:
        """Forget old keys and return how many."""
        return self._connection.execute(
            delete(idempotency).where(idempotency.c.at < moment)
        ).rowcount
