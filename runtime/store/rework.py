"""What do the formulas of a stored record say after something that they read has changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from engine.app import Form
from engine.expressions import Env
from engine.fields.formula import Formula
from engine.forms.derive import derive
from engine.record import Record
from runtime.store.sides import change_sides
from runtime.store.tables import cells_of

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def rework(unit: Unit, form: Form, record: Record, env: Env) -> frozenset[str]:
    """Work out a record's formulas anew, keep what is different, and return the fields that are.
    Nobody edited the record: its version stays."""
    worked_out = derive(form, record, {}, unit.records.row(form, record), env).values
    values = {**record.values}
    for id_ in _worked_out_fields(form):
        values[id_] = worked_out.get(id_)
    changed = frozenset(
        id_ for id_ in values if id_ in worked_out and values[id_] != record.values.get(id_)
    )
    if changed:
        _keep(unit, form, record, {id_: values[id_] for id_ in changed})
    return changed


def _worked_out_fields(form: Form) -> list[str]:
    return [
        field.id
        for field in form.fields.values()
        if isinstance(field, Formula) or any(isinstance(c, Formula) for c in cells_of(field))
    ]


def _keep(unit: Unit, form: Form, record: Record, changed: dict[str, Any]) -> None:
    tables = unit.store.tables(form)
    columns = {id_: value for id_, value in changed.items() if id_ in tables.main.c}
    if columns:
        main = tables.main
        unit.connection.execute(update(main).where(main.c.id == record.id).values(columns))
    after = Record(**{**vars(record), "values": {**record.values, **changed}})
    change_sides(unit.connection, tables, record, after)
    unit.records.forget(form, record.id)
