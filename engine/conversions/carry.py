"""Which values does a new record take over from the record that it is made from?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.app import Form
from engine.definition.form import CreateDef
from engine.field import Field
from engine.record import Values

NOT_CARRIED = frozenset({"auto_number", "file", "image", "signature", "lines"})
"""Types whose values belong to one record; lines go over only where the step names them."""


def carried(source: Form, target: Form, step: CreateDef, values: Values) -> Values:
    """Return the values that go over: fields of the same id and type, fields that a company added
    itself among them, and the lines that the step names."""
    taken: dict[str, Any] = {
        id_: values[id_]
        for id_, field in target.fields.items()
        if _same(source.fields.get(id_), field) and values.get(id_) is not None
    }
    for to, from_ in step.lines.items():
        rows = values.get(from_)
        kept = rows if isinstance(rows, tuple) else ()
        taken[to] = tuple(_row(target.fields[to], row) for row in kept if isinstance(row, Mapping))
    return taken


def _same(one: Field | None, other: Field) -> bool:
    if one is None or one.type != other.type or not other.settable:
        return False
    if other.type in NOT_CARRIED:
        return False
    return getattr(one, "to", None) == getattr(other, "to", None)


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    cells = {cell.id for cell in getattr(field, "fields", ()) if cell.settable}
    return {id_: value for id_, value in row.items() if id_ in cells}
