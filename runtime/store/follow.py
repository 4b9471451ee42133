"""What stands where the references of a record point?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from engine.app import Form
from engine.field import Field, Storage
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup as LookupField
from engine.record import Record
from runtime.store.links import (
    DEPARTMENT,
    PERSON,
    Target,
    Tree,
    field_target,
    lookups,
    references_to,
    target_of,
    target_of_people,
    with_lookups,
)
from runtime.store.tables import OTHER, PARENT

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Row = dict[str, Any]
Reads = frozenset[tuple[str, ...]]
Source = Form | str
"""Where rows come from: a form, or `person` or `department`."""


class Following:
    """Follows references, and remembers within the unit what it read."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._known: dict[tuple[str, str, str], Row | None] = {}

    def row(self, form: Form, record: Record, more: Reads = frozenset()) -> Row:
        """Return one record as expressions see it, with what `more` paths point to."""
        follows = self._unit.store.rows(form).following(more) if more else None
        return self.rows(form, (record,), follows)[0]

    def rows(self, form: Form, records: Iterable[Record], follows: Tree | None = None) -> list[Row]:
        """Return records as expressions see them; without rows or links, a list is empty."""
        rows = [record.row() for record in records]
        tables = self._unit.store.tables(form)
        for name in (*tables.lines, *tables.links):
            for row in rows:
                row[name] = row.get(name) or ()
        follows = self._unit.store.rows(form).follows if follows is None else follows
        if follows:
            self._fill(form, rows, follows)
            _look_up(form, rows)
        for name, tree in self._unit.store.rows(form).line_follows.items():
            self._fill_lines(form, name, rows, tree)
        return rows

    def looked_up(self, form: Form, records: Sequence[Record]) -> list[Record]:
        """Return the records with the values of their lookup fields."""
        wanted, lines = lookups(form), _looking_lines(form)
        if not wanted and not lines:
            return list(records)
        rows = self.rows(form, records)
        found = [
            {each.id: row[each.id] for each in wanted}
            | {name: _without_followed(row[name]) for name in lines}
            for row in rows
        ]
        return [
            replace(record, values={**record.values, **more})
            for record, more in zip(records, found, strict=True)
        ]

    def forget(self, form: Form, id_: str) -> None:
        """Forget what was read of a record, because it changed."""
        self._known.pop((form.app, form.id, id_), None)

    def referring(self, form: Form, id_: str) -> Mapping[str, int]:
        """Count the living records that point to a record, by `app.form`."""
        counts: dict[str, int] = {}
        forms = [other for app in self._unit.store.apps.values() for other in app.forms.values()]
        for other, field in references_to(forms, form.app, form.id):
            tables = self._unit.store.tables(other)
            asked = select(func.count()).where(tables.main.c.deleted_at.is_(None))
            if field.storage is Storage.LINK:
                asked = asked.where(tables.main.c[field.id] == id_)
            else:
                link = tables.links[field.id]
                asked = asked.where(tables.main.c.id == link.c[PARENT], link.c[OTHER] == id_)
            if found := self._unit.connection.execute(asked).scalar_one():
                name = f"{other.app}.{other.id}"
                counts[name] = counts.get(name, 0) + found
        return counts

    def _fill_lines(self, form: Form, name: str, rows: Iterable[Row], follows: Tree) -> None:
        field = form.fields[name]
        assert isinstance(field, Lines)
        inner: list[Row] = []
        for row in rows:
            # The record keeps its own rows; these get what their references point to.
            row[name] = tuple(dict(each) for each in row.get(name) or ())
            inner += row[name]
        self._fill(form, inner, follows, field.cells)
        for cell in field.fields:
            if isinstance(cell, LookupField):
                for each in inner:
                    each[cell.id] = cell.value_in(each)

    def _fill(
        self,
        source: Source,
        rows: Sequence[Row],
        follows: Tree,
        cells: Mapping[str, Field] | None = None,
    ) -> None:
        for name, further in follows.items():
            if not further:
                continue
            target = field_target(cells[name]) if cells else _target(source, name)
            points_to = self._source(source, target) if target else None
            if points_to is None:
                continue
            ids = {row[name] for row in rows if isinstance(row.get(name), str)}
            found = self._load(points_to, ids)
            if isinstance(points_to, Form):
                self._fill(points_to, list(found.values()), with_lookups(points_to, further))
                _look_up(points_to, found.values())
            else:
                self._fill(points_to, list(found.values()), further)
            for row in rows:
                row[f"{name}."] = found.get(row.get(name) or "")

    def _source(self, source: Source, target: Target) -> Source | None:
        if target.form is None:
            return target.kind
        assert isinstance(source, Form)
        return self._unit.store.form(source.app, target.form)

    def _load(self, source: Source, ids: Iterable[str]) -> dict[str, Row]:
        place = (source.app, source.id) if isinstance(source, Form) else ("", source)
        unread = [id_ for id_ in ids if (*place, id_) not in self._known]
        if unread:
            read = self._read(source, unread)
            for id_ in unread:
                self._known[(*place, id_)] = read.get(id_)
        return {id_: dict(row) for id_ in ids if (row := self._known[(*place, id_)]) is not None}

    def _read(self, source: Source, ids: Sequence[str]) -> Mapping[str, Row]:
        people = self._unit.people
        if source == PERSON:
            return {id_: person.row() for id_, person in people.by_ids(ids).items()}
        if source == DEPARTMENT:
            return {id_: found.row() for id_, found in people.departments.by_ids(ids).items()}
        assert isinstance(source, Form)
        rows = self._unit.store.rows(source)
        asked = rows.select.where(rows.tables.main.c.id.in_(bindparam("ids", expanding=True)))
        found = self._unit.connection.execute(asked, {"ids": ids})
        return {row[0]: dict(zip(rows.all_names, row, strict=True)) for row in found}


def _target(source: Source, name: str) -> Target | None:
    return target_of(source, name) if isinstance(source, Form) else target_of_people(source, name)


def _looking_lines(form: Form) -> tuple[str, ...]:
    """Return the line fields with cells that show what stands elsewhere."""
    return tuple(
        field.id
        for field in form.fields.values()
        if isinstance(field, Lines) and any(isinstance(cell, LookupField) for cell in field.fields)
    )


def _without_followed(rows: Sequence[Row] | None) -> tuple[Row, ...] | None:
    kept = ({name: value for name, value in row.items() if name[-1] != "."} for row in rows or ())
    return tuple(kept) or None


def _look_up(form: Form, rows: Iterable[Row]) -> None:
    for lookup in lookups(form):
        for row in rows:
            seen = row.get(f"{lookup.through}.")
            row[lookup.id] = seen.get(lookup.source) if seen else None
