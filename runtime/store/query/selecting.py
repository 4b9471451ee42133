"""How are the records of a page read, in order and only those that the person sees?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from engine.access.sight import covers
from engine.field import Storage
from engine.record import SYSTEM_FIELDS, Record
from engine.wording import Message
from runtime.store.query.asked import MOST_COUNTED, NotAllowed, NotUnderstood, Page, Query
from runtime.store.query.conditions import Conditions
from runtime.store.query.cursor import Place, read, written
from runtime.store.query.fields import Fields
from runtime.store.query.scope import needs_expressions, scope_condition
from runtime.store.query.searching import search_condition
from runtime.store.query.sorting import SortKey, after_place, sort_keys
from runtime.store.query.veil import Veil
from runtime.store.rows import record_of
from runtime.store.sides import sides_of
from runtime.store.tables import FormTables

if TYPE_CHECKING:
    from runtime.store.unit import Unit

_SYSTEM = len(SYSTEM_FIELDS)
AT_ONCE = 200
MOST_LOOKED_AT = 20_000
"""How many records expressions look at for one page."""


@dataclass(frozen=True)
class Found:
    """A record as the database gave it, and where it stands in the order."""

    record: Record
    place: tuple[Any, ...]


class Selection:
    """The records that one question means, as one person sees them."""

    def __init__(self, unit: Unit, query: Query) -> None:
        self._unit = unit
        self.query = query
        self.fields = Fields(unit.store, query)
        self._by_expression = needs_expressions(query.sight.rows)

    @cached_property
    def tables(self) -> FormTables:
        """The tables of the form."""
        return self._unit.store.tables(self.query.form)

    @cached_property
    def keys(self) -> tuple[SortKey, ...]:
        """What it is sorted by."""
        return sort_keys(self.fields)

    @cached_property
    def condition(self) -> ColumnElement[bool]:
        """Which records are meant, as far as SQL can tell."""
        query, main = self.query, self.tables.main
        deleted = main.c.deleted_at
        parts: list[ColumnElement[bool]] = [
            deleted.is_not(None) if query.deleted else deleted.is_(None)
        ]
        if not self._by_expression and not query.sight.rows.all:
            parts.append(scope_condition(query.sight.rows, main, query.actor))
        if query.where is not None:
            parts.append(Conditions(self.fields).sql(query.where))
        if query.search and query.search.strip():
            parts.append(search_condition(self.fields, query.search))
        return and_(*parts)

    @cached_property
    def veil(self) -> Veil:
        """What the person may not see of the records."""
        query, store = self.query, self._unit.store
        return Veil(
            query.form,
            query.sight,
            lambda name: store.form(query.form.app, name),
            query.sight_of,
        )

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The form's own fields that are asked for. Raises NotAllowed if one is hidden."""
        query = self.query
        if query.columns is None:
            return tuple(name for name in query.form.fields if name not in self.veil.hidden)
        for name in query.columns:
            if name in self.veil.hidden:
                field = query.form.fields.get(name)
                label = field.label if field else name
                raise NotAllowed(Message("您没有查看“{field}”的权限", field=label))
            if name not in query.form.fields and name not in SYSTEM_FIELDS:
                raise NotUnderstood(Message("没有字段“{name}”", name=name))
        return tuple(dict.fromkeys(n for n in query.columns if n in query.form.fields))

    def page(self) -> Page:
        """Return one page."""
        query = self.query
        place = self._place()
        backwards = place.backwards if place else False
        found = self._first(query.limit + 1, place)
        more, found = len(found) > query.limit, found[: query.limit]
        if backwards:
            found.reverse()
        following = more if not backwards else True
        preceding = (place is not None) if not backwards else more
        total, exact = self._total(None if place or more else len(found))
        return Page(
            records=self.finished([each.record for each in found]),
            next=self._written(found[-1].place) if found and following else None,
            previous=self._written(found[0].place, True) if found and preceding else None,
            total=total,
            total_is_exact=exact,
        )

    def finished(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return records with the lines, links and lookups asked for, and without what the
        person may not see."""
        wanted = set(self.wanted)
        sides = wanted.intersection({*self.tables.lines, *self.tables.links})
        if sides and records:
            ids = [record.id for record in records]
            more = sides_of(self._unit.connection, self.tables, ids, sides)
            records = [
                replace(record, values={**record.values, **more[record.id]}) for record in records
            ]
        if any(self.query.form.fields[name].storage is Storage.NONE for name in wanted):
            records = self._unit.records.looked_up(self.query.form, records)
        return tuple(self.veil.drawn(self._cut(record)) for record in records)

    def ids(self) -> list[str]:
        """Return the ids of all that are meant, where expressions decide."""
        return [each.record.id for each in self._seen(None, AT_ONCE * 10)]

    @property
    def by_expression(self) -> bool:
        """Whether expressions decide which records the person sees."""
        return self._by_expression

    def _cut(self, record: Record) -> Record:
        if len(record.values) == len(self.wanted):
            return record
        return replace(record, values={name: record.values.get(name) for name in self.wanted})

    def _place(self) -> Place | None:
        if self.query.after is None:
            return None
        return read(self.query.after, self._order, [key.storage for key in self.keys])

    @property
    def _order(self) -> tuple[str, ...]:
        return tuple(f"{'-' * key.downwards}{key.name}" for key in self.keys)

    def _written(self, place: tuple[Any, ...], backwards: bool = False) -> str:
        return written(Place(place, backwards), self._order)

    def _first(self, count: int, place: Place | None) -> list[Found]:
        if not self._by_expression:
            return self._batch(place, count)
        found: list[Found] = []
        for each in self._seen(place, max(count, AT_ONCE), MOST_LOOKED_AT):
            found.append(each)
            if len(found) == count:
                break
        return found

    def _seen(self, place: Place | None, at_once: int, most: int | None = None) -> Iterator[Found]:
        """Yield the records that expressions let through, in order."""
        looked_at = 0
        backwards = place.backwards if place else False
        while most is None or looked_at < most:
            batch = self._batch(place, at_once)
            rows = self._unit.records.rows(self.query.form, [each.record for each in batch])
            for each, row in zip(batch, rows, strict=True):
                if covers(self.query.sight.rows, row, self.query.actor, self.query.env):
                    yield each
            looked_at += len(batch)
            if len(batch) < at_once:
                return
            place = Place(batch[-1].place, backwards)

    def _batch(self, place: Place | None, count: int) -> list[Found]:
        names = self._columns
        rows = self._unit.connection.execute(self._select(place).limit(count))
        width = _SYSTEM + len(names)
        form = self.query.form
        return [
            Found(
                record_of(form, row, dict(zip(names, row[_SYSTEM:width], strict=True))),
                tuple(row[width:]),
            )
            for row in rows
        ]

    def _select(self, place: Place | None) -> Select[Any]:
        main = self.tables.main
        backwards = place.backwards if place else False
        asked = select(
            *(main.c[name] for name in (*SYSTEM_FIELDS, *self._columns)),
            *(key.sql.label(f"_key{n}") for n, key in enumerate(self.keys)),
        ).where(self.condition)
        if place is not None:
            asked = asked.where(after_place(self.keys, place))
        dialect = self._unit.store.dialect
        return asked.order_by(*(key.order(dialect, backwards=backwards) for key in self.keys))

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        names = self._unit.store.rows(self.query.form).names
        if self._by_expression:
            return names
        wanted = {*self.wanted, *self._leading_to_lookups()}
        return tuple(name for name in names if name in wanted)

    def _leading_to_lookups(self) -> Iterator[str]:
        for name in self.wanted:
            field = self.query.form.fields[name]
            if field.storage is Storage.NONE:
                yield str(getattr(field, "by", ""))

    def _total(self, known: int | None) -> tuple[int | None, bool]:
        if known is not None or not self.query.total:
            return known, True
        if self._by_expression:
            counted = sum(1 for _ in self._seen(None, AT_ONCE * 10, MOST_LOOKED_AT))
            return min(counted, MOST_COUNTED), counted <= MOST_COUNTED
        limited = select(self.tables.main.c.id).where(self.condition).limit(MOST_COUNTED + 1)
        counted = self._unit.connection.execute(
            select(func.count()).select_from(limited.subquery())
        ).scalar_one()
        return min(counted, MOST_COUNTED), counted <= MOST_COUNTED
