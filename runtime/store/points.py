"""How many points did people collect, and what for?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.wording import Message
from runtime.store.ids import new_id
from runtime.store.rule_tables import point_entry
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Booked:
    """Points of one person, once."""

    id: str = ""
    """Given when it is booked."""
    key: str
    """The occasion: the same key is booked once."""
    app: str
    ledger: str
    person: str
    points: Decimal
    text: Message
    rule: str
    form: str | None = None
    record: str | None = None
    at: datetime


class Points:
    """All ledgers; what was booked stays as it is."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def book(self, booked: Booked) -> bool:
        """Book points; False if that was done before."""
        added = self._connection.execute(
            self._insert(point_entry)
            .values(_row(booked))
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(point_entry.c.id)
        )
        return added.scalar() is not None

    def balance(self, app: str, ledger: str, person: str) -> Decimal:
        """Return the sum of one person."""
        total = func.sum(point_entry.c.points)
        asked = select(total).where(*_of(app, ledger), point_entry.c.person == person)
        found: Decimal | None = self._connection.execute(asked).scalar()
        return found if found is not None else Decimal(0)

    def of_person(
        self, app: str, ledger: str, person: str, limit: int = 50, before: str | None = None
    ) -> tuple[Booked, ...]:
        """Return what was booked for one person, latest first; `before` is the last id seen."""
        asked = select(point_entry).where(*_of(app, ledger), point_entry.c.person == person)
        if before is not None:
            asked = asked.where(point_entry.c.id < before)
        rows = self._connection.execute(asked.order_by(point_entry.c.id.desc()).limit(limit))
        return tuple(map(_booked, rows))

    def ranking(
        self, app: str, ledger: str, since: datetime | None = None, limit: int = 100
    ) -> tuple[tuple[str, Decimal], ...]:
        """Return everybody who has any, with the sum, the most first."""
        total = func.sum(point_entry.c.points)
        asked = select(point_entry.c.person, total).where(*_of(app, ledger))
        if since is not None:
            asked = asked.where(point_entry.c.at >= since)
        asked = asked.group_by(point_entry.c.person).order_by(total.desc(), point_entry.c.person)
        return tuple((row[0], row[1]) for row in self._connection.execute(asked.limit(limit)))


def _of(app: str, ledger: str) -> tuple[ColumnElement[bool], ...]:
    return point_entry.c.app == app, point_entry.c.ledger == ledger


def _row(booked: Booked) -> dict[str, Any]:
    return {**vars(booked), "id": booked.id or new_id(booked.at), "text": told(booked.text)}


def _booked(row: Row[Any]) -> Booked:
    values = dict(row._mapping)
    return Booked(**{**values, "text": message_of(values["text"])})
