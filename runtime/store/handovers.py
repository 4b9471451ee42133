"""What is on the list of what one person hands over to another, and how far is it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Column, Index, Table, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.platform_tables import METADATA
from runtime.store.types import Moment, words

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["waiting", "given", "received", "gone"]
"""`gone`: it belonged to somebody else before it was given."""

handover = Table(
    "handover",
    METADATA,
    Column("id", words, primary_key=True),
    Column("person", words, nullable=False),
    Column("successor", words, nullable=False),
    Column("opened_at", Moment(), nullable=False),
    Column("opened_by", words),
    Column("given_at", Moment()),
    Column("ended_at", Moment()),
    Index("handover_person", "person"),
)
handover_item = Table(
    "handover_item",
    METADATA,
    Column("id", words, primary_key=True),
    Column("handover", words, nullable=False),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words, nullable=False),
    Column("state", words, nullable=False),
    Column("note", words),
    Column("noted_by", words),
    Column("noted_at", Moment()),
    Column("given_at", Moment()),
    Column("received_at", Moment()),
    Index("handover_item_record", "handover", "record", unique=True),
)


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One list: what goes from one person to another."""

    id: str
    person: str
    successor: str
    opened_at: datetime
    opened_by: str | None = None
    given_at: datetime | None = None
    """When somebody said that it is to be given."""
    ended_at: datetime | None = None
    """When the successor had received all of it."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One record on a list."""

    id: str
    handover: str
    app: str
    form: str
    record: str
    state: State = "waiting"
    note: str | None = None
    noted_by: str | None = None
    noted_at: datetime | None = None
    given_at: datetime | None = None
    received_at: datetime | None = None


class Handovers:
    """All lists of what is handed over."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def add(self, new: Handover) -> None:
        """Begin a list."""
        self._connection.execute(insert(handover), vars(new))

    def put_on(self, items: Iterable[Item]) -> None:
        """Put records on a list; what stands on it already stays as it is."""
        rows = [vars(item) for item in items]
        if rows:
            new = self._insert(handover_item)
            places = ["handover", "record"]
            self._connection.execute(new.on_conflict_do_nothing(index_elements=places), rows)

    def one(self, id_: str) -> Handover | None:
        """Return one list."""
        row = self._connection.execute(select(handover).where(handover.c.id == id_)).first()
        return Handover(**row._mapping) if row else None

    def between(self, person: str, successor: str) -> Handover | None:
        """Return the list of what goes from one to another just now."""
        pair = (handover.c.person == person) & (handover.c.successor == successor)
        asked = select(handover).where(pair, handover.c.ended_at.is_(None))
        row = self._connection.execute(asked.order_by(handover.c.id.desc())).first()
        return Handover(**row._mapping) if row else None

    def of_person(self, person: str) -> tuple[Handover, ...]:
        """Return the lists of what somebody hands over, latest first."""
        asked = select(handover).where(handover.c.person == person).order_by(handover.c.id.desc())
        return tuple(Handover(**row._mapping) for row in self._connection.execute(asked))

    def items(self, id_: str) -> tuple[Item, ...]:
        """Return the records of a list, form by form, in the order in which they came on it."""
        columns = handover_item.c
        asked = select(handover_item).where(columns.handover == id_)
        asked = asked.order_by(columns.app, columns.form, columns.id)
        return tuple(Item(**row._mapping) for row in self._connection.execute(asked))

    def counts(self, id_: str) -> Mapping[str, int]:
        """Return how many records of a list are in which state, and how many have a note."""
        columns = handover_item.c
        asked = select(columns.state, func.count(), func.count(columns.note))
        rows = self._connection.execute(
            asked.where(columns.handover == id_).group_by(columns.state)
        )
        found = {row[0]: (int(row[1]), int(row[2])) for row in rows}
        counts = {state: found.get(state, (0, 0))[0] for state in ("waiting", "given", "received")}
        gone = found.get("gone", (0, 0))[0]
        noted = sum(notes for _, notes in found.values())
        return {**counts, "gone": gone, "all": sum(counts.values()), "noted": noted}

    def note(self, item: str, text: str | None, by: str, at: datetime) -> None:
        """Keep what is to be known about a record; None takes it away."""
        self._change(item, note=text, noted_by=by, noted_at=at)

    def move(self, item: str, state: State, at: datetime) -> None:
        """Say how far a record is."""
        when = {"given": "given_at", "received": "received_at"}.get(state)
        self._change(item, state=state, **({when: at} if when else {}))

    def give(self, id_: str, at: datetime) -> None:
        """Note that the list is to be given."""
        self._connection.execute(update(handover).where(handover.c.id == id_).values(given_at=at))

    def end(self, id_: str, at: datetime) -> None:
        """Note that all of it is received."""
        self._connection.execute(update(handover).where(handover.c.id == id_).values(ended_at=at))

    def _change(self, item: str, **values: Any) -> None:
        changed = update(handover_item).where(handover_item.c.id == item).values(**values)
        self._connection.execute(changed)
