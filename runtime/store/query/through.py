"""What do lookups show a person of records that the person may not see?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from engine.record import Record, Value
from runtime.store.query.veil import starred

Visible = Callable[[Form, Collection[str]], Collection[str]]


@dataclass(frozen=True)
class _Look:
    """One lookup: where it stands (in the rows of a line field, if one is named), and to which
    form it goes."""

    field: Lookup
    line: str | None
    target: Form


class Through:
    """Empties lookups that point to records which the person does not see; in the rows of lines,
    also those of fields that are hidden there, and stars out what is masked there."""

    def __init__(
        self,
        form: Form,
        target: Callable[[str], Form | None],
        sight_of: Callable[[Form], Sight],
        visible: Visible,
    ) -> None:
        self._looks = tuple(_looks(form, target))
        self._sight_of = sight_of
        self._visible = visible

    def cleared(self, records: Sequence[Record]) -> Sequence[Record]:
        """Return the records with only those lookups that the person may see through."""
        for look in self._looks:
            sight = self._sight_of(look.target)
            if not sight.rows.all or (look.line and (sight.hidden or sight.masked)):
                records = self._through(look, sight, records)
        return records

    def _through(self, look: _Look, sight: Sight, records: Sequence[Record]) -> Sequence[Record]:
        seen: Collection[str] | None = None
        if not sight.rows.all:
            seen = self._visible(look.target, set(_pointed_at(look, records)))
        return [_cleared(look, sight, seen, record) for record in records]


def looks_through(form: Form) -> bool:
    """Tell whether a form shows anything of other records."""
    return any(True for _ in _lookups(form))


def _lookups(form: Form) -> Iterator[tuple[Lookup, str | None, Field | None]]:
    """Yield each lookup with the line field that it stands in and the reference that it uses."""
    for field in form.fields.values():
        if isinstance(field, Lookup):
            yield field, None, form.fields.get(field.by)
        elif isinstance(field, Lines):
            for cell in field.fields:
                if isinstance(cell, Lookup):
                    yield cell, field.id, field.cells.get(cell.by)


def _looks(form: Form, target: Callable[[str], Form | None]) -> Iterator[_Look]:
    for field, line, reference in _lookups(form):
        points_to = target(str(getattr(reference, "to", "")))
        if points_to is not None:
            yield _Look(field, line, points_to)


def _pointed_at(look: _Look, records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for row in _rows(look, record):
            there = row.get(look.field.by)
            if isinstance(there, str):
                yield there


def _rows(look: _Look, record: Record) -> tuple[Mapping[str, Any], ...]:
    if look.line is None:
        return (record.values,)
    return record.values.get(look.line) or ()  # type: ignore[return-value]  # rows of lines


def _cleared(look: _Look, sight: Sight, seen: Collection[str] | None, record: Record) -> Record:
    name = look.line or look.field.id
    if record.values.get(name) is None:
        return record
    rows = [{**row, look.field.id: _shown(look, sight, seen, row)} for row in _rows(look, record)]
    value: Any = tuple(rows) if look.line else rows[0][look.field.id]
    return replace(record, values={**record.values, name: value})


def _shown(
    look: _Look, sight: Sight, seen: Collection[str] | None, row: Mapping[str, Any]
) -> Value:
    value: Value = row.get(look.field.id)
    source = look.field.field
    if seen is not None and row.get(look.field.by) not in seen:
        return None
    if look.line is None:
        return value  # hidden and masked as a field of the record is
    if source in sight.hidden:
        return None
    return starred(look.target.fields[source], value) if source in sight.masked else value
