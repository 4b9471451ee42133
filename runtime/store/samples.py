"""Which records are only samples that came with an app, and what has become of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from engine.app import Form
from engine.field import Storage
from runtime.store.links import references_to
from runtime.store.market_tables import sample
from runtime.store.platform_tables import event
from runtime.store.tables import OTHER, PARENT

if TYPE_CHECKING:
    from runtime.store.unit import Unit

BY_ITSELF = ("system", "automation")
"""Doors through which nobody comes."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One record that came with an app."""

    record: str
    app: str
    form: str
    version: int
    """How it was when it came."""
    at: datetime


class Samples:
    """The sample records of all apps."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def note(self, samples: Iterable[Sample]) -> None:
        """Remember that records are samples."""
        rows = [vars(one) for one in samples]
        if rows:
            self._connection.execute(insert(sample), rows)

    def of(self, app: str) -> tuple[Sample, ...]:
        """Return the samples of an app that nobody has removed."""
        rows = self._connection.execute(
            select(sample).where(sample.c.app == app).order_by(sample.c.record)
        )
        return tuple(Sample(**row._mapping) for row in rows)

    def counts(self) -> Mapping[str, int]:
        """Return how many samples each app has."""
        asked = select(sample.c.app, func.count()).group_by(sample.c.app)
        return {row[0]: row[1] for row in self._connection.execute(asked)}

    def handled(self, app: str) -> frozenset[str]:
        """Return those that somebody has done something with since they came."""
        asked = (
            select(sample.c.record)
            .join(event, event.c.record == sample.c.record)
            .where(sample.c.app == app, event.c.door.not_in(BY_ITSELF))
        )
        return frozenset(self._connection.scalars(asked))

    def pointed_at(self, form: Form, records: Iterable[str]) -> frozenset[str]:
        """Return those records of a form to which something points that is no sample."""
        wanted = tuple(records)
        store, own = self._unit.store, select(sample.c.record)
        forms = [other for app in store.apps.values() for other in app.forms.values()]
        found: set[str] = set()
        for other, field in references_to(forms, form.app, form.id):
            tables = store.tables(other)
            main = tables.main
            living = (main.c.deleted_at.is_(None), main.c.id.not_in(own))
            if field.storage is Storage.LINK:
                asked = select(main.c[field.id]).where(main.c[field.id].in_(wanted), *living)
            else:
                link = tables.links[field.id]
                joined = link.join(main, main.c.id == link.c[PARENT])
                asked = select(link.c[OTHER]).select_from(joined)
                asked = asked.where(link.c[OTHER].in_(wanted), *living)
            found |= set(self._connection.scalars(asked))
        return frozenset(found)

    def forget(self, app: str, records: Iterable[str]) -> None:
        """Let records no longer count as samples."""
        for id_ in records:
            gone = delete(sample).where(sample.c.app == app, sample.c.record == id_)
            self._connection.execute(gone)
