"""How often was something done since its hour or day began?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.failed_tries import digest
from runtime.store.public_link_tables import pace

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Paces:
    """Counts where all processes see them; of the keys only digests are kept."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def count(self, key: str, since: datetime, more: int = 1) -> int:
        """Count one more, or several, in the stretch that began at a moment, and return how many
        it is."""
        added = case((pace.c.since == since, pace.c.count + more), else_=more)
        counted = self._connection.execute(
            self._insert(pace)
            .values(key=digest(key), since=since, count=more)
            .on_conflict_do_update(index_elements=["key"], set_={"count": added, "since": since})
            .returning(pace.c.count)
        )
        return int(counted.scalar_one())

    def counted(self, key: str, since: datetime) -> int:
        """Return how many there are in the stretch that began at a moment."""
        asked = select(pace.c.count).where(pace.c.key == digest(key), pace.c.since == since)
        return int(self._connection.scalar(asked) or 0)

    def forget(self, before: datetime) -> None:
        """Forget the stretches that began before a moment."""
        self._connection.execute(delete(pace).where(pace.c.since < before))
