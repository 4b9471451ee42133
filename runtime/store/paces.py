"""How often was something done since its hour or day began?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, delete
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

    def count(self, key: str, since: datetime) -> int:
        """Count one more in the stretch that began at a moment, and return how many it is."""
        more = case((pace.c.since == since, pace.c.count + 1), else_=1)
        counted = self._connection.execute(
            self._insert(pace)
            .values(key=digest(key), since=since, count=1)
            .on_conflict_do_update(index_elements=["key"], set_={"count": more, "since": since})
            .returning(pace.c.count)
        )
        return int(counted.scalar_one())

    def forget(self, before: datetime) -> None:
        """Forget the stretches that began before a moment."""
        self._connection.execute(delete(pace).where(pace.c.since < before))
