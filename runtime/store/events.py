"""What happened to a record, when, by whom and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select

from engine.app import Form
from runtime.store.ids import id_at
from runtime.store.platform_tables import event

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened; never changed, never deleted."""

    id: str
    at: datetime
    kind: str
    app: str | None = None
    form: str | None = None
    record: str | None = None
    version: int | None = None
    actor: str | None = None
    door: str | None = None
    reason: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    """By field id: [before, after], as JSON values that the field reads back."""
    text: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    cause: str | None = None
    """The event that this one follows from."""
    depth: int = 0


_ADD = insert(event)
_ALL = select(event)
_COLUMNS = tuple(event.c.keys())


class Events:
    """The timeline, the audit trail, and what rules react to."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, happened: Event) -> None:
        """Write down what happened, in the transaction in which it happens."""
        row = {**vars(happened)}
        row["changes"] = happened.changes or None
        row["data"] = happened.data or None
        self._connection.execute(_ADD, row)

    def of_record(
        self,
        form: Form,
        id_: str,
        *,
        before: str | None = None,
        limit: int = 50,
        kinds: Iterable[str] = (),
    ) -> tuple[Event, ...]:
        """Return what happened to a record, latest first; `before` is the last id seen."""
        asked = _ALL.where(event.c.record == id_)
        if before is not None:
            asked = asked.where(event.c.id < before)
        if wanted := tuple(kinds):
            asked = asked.where(event.c.kind.in_(wanted))
        return self._found(asked.order_by(event.c.id.desc()).limit(limit))

    def since(self, form: Form, id_: str, version: int) -> tuple[Event, ...]:
        """Return what made a record newer than a version, in the order in which it happened."""
        asked = _ALL.where(event.c.record == id_, event.c.version > version)
        return self._found(asked.order_by(event.c.id))

    def of_records(
        self, ids: Iterable[str], *, before: str | None = None, limit: int = 50
    ) -> tuple[Event, ...]:
        """Return what happened to any of several records, latest first."""
        asked = _ALL.where(event.c.record.in_(tuple(ids)))
        if before is not None:
            asked = asked.where(event.c.id < before)
        return self._found(asked.order_by(event.c.id.desc()).limit(limit))

    def of_form(self, form: Form, since: datetime, ids: Iterable[str]) -> tuple[Event, ...]:
        """Return what happened since a moment to some records of a form, in order."""
        asked = _ALL.where(event.c.record.in_(tuple(ids)), event.c.id >= id_at(since))
        return self._found(asked.where(event.c.form == form.id).order_by(event.c.id))

    def after(self, app: str, at: datetime, *, limit: int = 1000) -> tuple[Event, ...]:
        """Return what happened in an app after a moment, in order."""
        asked = _ALL.where(event.c.app == app, event.c.id >= id_at(at), event.c.at > at)
        return self._found(asked.order_by(event.c.id).limit(limit))

    def of_app(
        self, app: str, kinds: Iterable[str], *, before: str | None = None, limit: int = 50
    ) -> tuple[Event, ...]:
        """Return what was done with an app itself, latest first; `before` is the last id seen."""
        # What is about no record is found by the index of what is about one.
        asked = _ALL.where(event.c.record.is_(None), event.c.app == app)
        asked = asked.where(event.c.kind.in_(tuple(kinds)))
        if before is not None:
            asked = asked.where(event.c.id < before)
        return self._found(asked.order_by(event.c.id.desc()).limit(limit))

    def of_kind(self, kind: str, *, limit: int = 50) -> tuple[Event, ...]:
        """Return what was done with apps themselves, of one kind, latest first."""
        asked = _ALL.where(event.c.record.is_(None), event.c.kind == kind)
        return self._found(asked.order_by(event.c.id.desc()).limit(limit))

    def one(self, id_: str) -> Event | None:
        """Return one event."""
        found = self._found(_ALL.where(event.c.id == id_))
        return found[0] if found else None

    def _found(self, asked: Any) -> tuple[Event, ...]:
        return tuple(_event(row) for row in self._connection.execute(asked))


def _event(row: Row[Any]) -> Event:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["changes"] = values["changes"] or {}
    values["data"] = values["data"] or {}
    return Event(**values)
