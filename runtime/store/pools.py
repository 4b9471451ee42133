"""Which records belong to nobody, how many does each person hold, and who took which when?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Column, ColumnElement, Index, Table, func, insert, or_, select, text

from engine.app import Form
from engine.record import Record
from runtime.store.platform_tables import METADATA
from runtime.store.types import Moment, words

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Kind = Literal["claimed", "released", "recycled", "routed"]

pool_turn = Table(
    "pool_turn",
    METADATA,
    Column("id", words, primary_key=True),
    Column("app", words, nullable=False),
    Column("form", words, nullable=False),
    Column("record", words, nullable=False),
    Column("person", words, nullable=False),
    Column("kind", words, nullable=False),
    Column("at", Moment(), nullable=False),
    Index("pool_turn_person", "person", "app", "form", "at"),
    Index("pool_turn_record", "record", "person", "at"),
)
_ALONE = 4_115_002


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Somebody got a record, or lost it."""

    id: str
    app: str
    form: str
    record: str
    person: str
    kind: Kind
    at: datetime


class Pools:
    """What waits in the pools of all forms, and who took it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def alone(self) -> None:
        """Let nobody else take or give records until this transaction ends: what one may hold is
        counted before it is taken."""
        if self._unit.store.dialect == "postgresql":
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_ALONE})"))

    def waiting(self, form: Form, limit: int, after: tuple[datetime, str] | None) -> list[Record]:
        """Return records that belong to nobody, the longest waiting first."""
        main = self._unit.store.tables(form).main
        asked = select(main.c.id).where(*_waits(form, main))
        if after is not None:
            later = main.c.updated_at > after[0]
            asked = asked.where(
                or_(later, (main.c.updated_at == after[0]) & (main.c.id > after[1]))
            )
        asked = asked.order_by(main.c.updated_at, main.c.id).limit(limit)
        ids = [row[0] for row in self._connection.execute(asked)]
        found = self._unit.records.many(form, ids)
        return [found[id_] for id_ in ids]

    def count(self, form: Form) -> int:
        """Return how many records belong to nobody."""
        main = self._unit.store.tables(form).main
        asked = select(func.count()).select_from(main).where(*_waits(form, main))
        return int(self._connection.execute(asked).scalar_one())

    def loads(self, form: Form, people: Sequence[str]) -> Mapping[str, int]:
        """Return how many records that have not ended each of these people holds."""
        main = self._unit.store.tables(form).main
        asked = (
            select(main.c.owner, func.count())
            .where(main.c.owner.in_(people), *_goes_on(form, main))
            .group_by(main.c.owner)
        )
        found = {row[0]: int(row[1]) for row in self._connection.execute(asked)}
        return {person: found.get(person, 0) for person in people}

    def add(self, turn: Turn) -> None:
        """Note that somebody got or lost a record."""
        self._connection.execute(insert(pool_turn), vars(turn))

    def claims(self, form: Form, person: str, since: datetime) -> int:
        """Return how many records of a form somebody took since a moment."""
        asked = select(func.count()).where(
            pool_turn.c.person == person,
            pool_turn.c.app == form.app,
            pool_turn.c.form == form.id,
            pool_turn.c.kind == "claimed",
            pool_turn.c.at >= since,
        )
        return int(self._connection.execute(asked).scalar_one())

    def lost(self, record: str, person: str) -> datetime | None:
        """Return when somebody last gave up or lost a record."""
        asked = select(func.max(pool_turn.c.at)).where(
            pool_turn.c.record == record,
            pool_turn.c.person == person,
            pool_turn.c.kind.in_(("released", "recycled")),
        )
        found: datetime | None = self._connection.execute(asked).scalar_one()
        return found

    def last_given(self, form: Form, people: Iterable[str]) -> Mapping[str, datetime]:
        """Return when each of these people was last given a record of a form by itself."""
        asked = (
            select(pool_turn.c.person, func.max(pool_turn.c.at))
            .where(
                pool_turn.c.person.in_(tuple(people)),
                pool_turn.c.app == form.app,
                pool_turn.c.form == form.id,
                pool_turn.c.kind == "routed",
            )
            .group_by(pool_turn.c.person)
        )
        return {row[0]: row[1] for row in self._connection.execute(asked)}


def _waits(form: Form, main: Table) -> list[ColumnElement[bool]]:
    return [main.c.owner.is_(None), *_goes_on(form, main)]


def _goes_on(form: Form, main: Table) -> list[ColumnElement[bool]]:
    ended = [stage.id for stage in form.stages.values() if stage.outcome]
    living = main.c.deleted_at.is_(None)
    if not ended:
        return [living]
    return [living, or_(main.c.stage.is_(None), main.c.stage.not_in(ended))]
