"""For which records and people may nothing new be made, why, and who lifted that?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.wording import Message
from runtime.store.ids import new_id
from runtime.store.rule_tables import freeze
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """Nothing new of a form for a record, or for a person."""

    id: str = ""
    """Given when it is kept."""
    key: str
    """What froze it: the same key is the same freeze."""
    app: str
    form: str
    by: str | None
    """The field of what is new that points to the record; None if it is about a person."""
    subject: str
    rule: str
    record: str | None
    """The record of the rule: because of what."""
    reason: Message
    way_on: Message | None = None
    lifted_by: tuple[str, ...] = ()
    """The roles that may lift it."""
    at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_reason: str | None = None


class Freezes:
    """What is frozen, and what was."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def keep(self, frozen: Frozen) -> bool:
        """Freeze; False if this was done before, or the same is frozen for the same cause."""
        same = and_(
            freeze.c.app == frozen.app,
            freeze.c.form == frozen.form,
            freeze.c.by.is_not_distinct_from(frozen.by),
            freeze.c.subject == frozen.subject,
            freeze.c.rule == frozen.rule,
            freeze.c.record.is_not_distinct_from(frozen.record),
        )
        if self._connection.execute(select(freeze.c.id).where(same, _OPEN)).first():
            return False
        added = self._connection.execute(
            self._insert(freeze)
            .values(_row(frozen))
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(freeze.c.id)
        )
        return added.scalar() is not None

    def in_the_way(
        self, app: str, form: str, records: Iterable[tuple[str, str]], people: Iterable[str]
    ) -> tuple[Frozen, ...]:
        """Return what is frozen of a form for records, by field, or for people."""
        ways: list[ColumnElement[bool]] = [
            and_(freeze.c.by == by, freeze.c.subject == subject) for by, subject in records
        ]
        ways.append(and_(freeze.c.by.is_(None), freeze.c.subject.in_(tuple(people))))
        return self._found(freeze.c.app == app, freeze.c.form == form, or_(*ways), _OPEN)

    def of_subject(self, subject: str) -> tuple[Frozen, ...]:
        """Return what is frozen for a record or person."""
        return self._found(freeze.c.subject == subject, _OPEN)

    def of_app(self, app: str, *, ended: bool, limit: int = 200) -> tuple[Frozen, ...]:
        """Return what is frozen in an app, or what was, latest first."""
        state = freeze.c.ended_at.is_not(None) if ended else _OPEN
        asked = select(freeze).where(freeze.c.app == app, state)
        rows = self._connection.execute(asked.order_by(freeze.c.id.desc()).limit(limit))
        return tuple(map(_frozen, rows))

    def caused_by(self, app: str, record: str, form: str | None) -> tuple[Frozen, ...]:
        """Return what is frozen because of a record."""
        only = [freeze.c.form == form] if form is not None else []
        return self._found(freeze.c.app == app, freeze.c.record == record, _OPEN, *only)

    def of_people(self, app: str, people: Iterable[str], form: str | None) -> tuple[Frozen, ...]:
        """Return what is frozen for people."""
        only = [freeze.c.form == form] if form is not None else []
        theirs = and_(freeze.c.by.is_(None), freeze.c.subject.in_(tuple(people)))
        return self._found(freeze.c.app == app, theirs, _OPEN, *only)

    def one(self, id_: str) -> Frozen | None:
        """Return one freeze."""
        row = self._connection.execute(select(freeze).where(freeze.c.id == id_)).first()
        return _frozen(row) if row else None

    def lift(self, id_: str, by: str, reason: str | None, now: datetime) -> bool:
        """Lift it; False if it was lifted before."""
        ended = {"ended_at": now, "ended_by": by, "ended_reason": reason}
        done = self._connection.execute(
            update(freeze).where(freeze.c.id == id_, _OPEN).values(ended).returning(freeze.c.id)
        )
        return done.scalar() is not None

    def _found(self, *where: ColumnElement[bool]) -> tuple[Frozen, ...]:
        rows = self._connection.execute(select(freeze).where(*where).order_by(freeze.c.id))
        return tuple(map(_frozen, rows))


_OPEN = freeze.c.ended_at.is_(None)


def _row(frozen: Frozen) -> dict[str, Any]:
    return {
        **vars(frozen),
        "id": frozen.id or new_id(frozen.at),
        "reason": told(frozen.reason),
        "way_on": told(frozen.way_on) if frozen.way_on else None,
        "lifted_by": list(frozen.lifted_by),
    }


def _frozen(row: Row[Any]) -> Frozen:
    values = dict(row._mapping)
    way_on = values["way_on"]
    values["reason"] = message_of(values["reason"])
    values["way_on"] = message_of(way_on) if way_on else None
    values["lifted_by"] = tuple(values["lifted_by"])
    return Frozen(**values)
