"""Who took over from somebody who left?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.platform_tables import succession

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Successions:
    """Successors, one for each person who goes."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def of(self, person: str) -> str | None:
        """Return who was named for somebody, active or not."""
        asked = select(succession.c.successor).where(succession.c.person == person)
        return self._connection.execute(asked).scalar()

    def name(self, person: str, successor: str, at: datetime, by: str) -> None:
        """Name who takes over, in the place of who was named before."""
        row = {"person": person, "successor": successor, "at": at, "by": by}
        new = self._insert(succession).values(row)
        self._connection.execute(new.on_conflict_do_update(index_elements=["person"], set_=row))

    def forget(self, person: str) -> None:
        """Forget it: the person is back."""
        self._connection.execute(delete(succession).where(succession.c.person == person))
