"""Which words does a person use again and again when deciding?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from runtime.store.approval_tables import phrase
from runtime.store.ids import new_id

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Phrase:
    """An opinion that a person keeps to use again."""

    id: str
    text: str


class Phrases:
    """The opinions that people keep, each for themselves."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def of(self, person: str) -> tuple[Phrase, ...]:
        """Return a person's phrases in the order in which they were kept."""
        asked = select(phrase.c.id, phrase.c.text).where(phrase.c.person == person)
        return tuple(Phrase(*row) for row in self._connection.execute(asked.order_by(phrase.c.id)))

    def add(self, person: str, text: str, now: datetime) -> str:
        """Keep a phrase and return its id."""
        id_ = new_id(now)
        row = {"id": id_, "person": person, "text": text, "created_at": now}
        self._connection.execute(insert(phrase), row)
        return id_

    def remove(self, id_: str, person: str) -> bool:
        """Forget one of a person's own; False if it is not theirs."""
        gone = self._connection.execute(
            delete(phrase).where(phrase.c.id == id_, phrase.c.person == person)
        )
        return gone.rowcount == 1
