"""How often was something guessed wrong, and when last?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.platform_tables import failed_try

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Failures:
    """Wrong guesses under one key."""

    count: int
    last: datetime


class FailedTries:
    """Wrong guesses, counted where all processes see them. Of the keys only digests are kept:
    people type passwords into the box for their login."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def of(self, keys: Iterable[str]) -> tuple[Failures, ...]:
        """Return what is known of several keys; nothing of those under which nobody failed."""
        wanted = [digest(key) for key in keys]
        asked = select(failed_try.c.count, failed_try.c.last).where(failed_try.c.key.in_(wanted))
        return tuple(Failures(*row) for row in self._connection.execute(asked))

    def count(self, key: str, now: datetime, fresh_after: datetime) -> None:
        """Count one more, from 1 again if the last was before a moment."""
        first = {"key": digest(key), "count": 1, "last": now}
        more = case((failed_try.c.last < fresh_after, 1), else_=failed_try.c.count + 1)
        self._connection.execute(
            self._insert(failed_try)
            .values(first)
            .on_conflict_do_update(index_elements=["key"], set_={"count": more, "last": now})
        )

    def clear(self, keys: Iterable[str]) -> None:
        """Forget several keys."""
        wanted = [digest(key) for key in keys]
        self._connection.execute(delete(failed_try).where(failed_try.c.key.in_(wanted)))

    def forget(self, before: datetime) -> None:
        """Forget what was before a moment."""
        self._connection.execute(delete(failed_try).where(failed_try.c.last < before))


def digest(key: str) -> str:
    """Return under what a key is kept, which nobody can read."""
    return sha256(key.encode()).hexdigest()
