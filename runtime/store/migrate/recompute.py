"""What do worked-out fields say on the records that were there before?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.app import App, Form
from engine.expressions import Env
from engine.fields.rollup import Rollup
from runtime.store.migrate.difference import Difference, FieldsChange, FormChange
from runtime.store.rework import rework

if TYPE_CHECKING:
    from runtime.store.unit import Unit

AT_ONCE = 500


def recompute(unit: Unit, app: App, what: Difference, now: datetime) -> None:
    """Work out new totals and new or changed formulas for all records of a changed form."""
    for change in what.changed:
        form = app.forms[change.new.id]
        for added in _fresh(change.fields):
            field = form.fields[added]
            if isinstance(field, Rollup):
                unit.records.fill_rollup(form, field, now)
    for change in what.changed:
        if _formulas_changed(change):
            _rework_all(unit, app.forms[change.new.id], now)


def _fresh(fields: FieldsChange) -> list[str]:
    kept = [pair.new.id for pair in fields.kept if pair.retyped or pair.old.type != pair.new.type]
    return [*(field.id for field in fields.added), *kept]


def _formulas_changed(change: FormChange) -> bool:
    for fields in (change.fields, *change.lines.values()):
        if any(field.formula for field in fields.added):
            return True
        if any(pair.new.formula != pair.old.formula for pair in fields.kept if pair.new.formula):
            return True
    has_formulas = any(field.formula for field in change.new.fields.values())
    return has_formulas and any(pair.retyped for pair in change.fields.kept)


def _rework_all(unit: Unit, form: Form, now: datetime) -> None:
    env = Env(today=now.date(), now=now)
    main = unit.store.tables(form).main
    ids = [row[0] for row in unit.connection.execute(select(main.c.id))]
    for start in range(0, len(ids), AT_ONCE):
        records = unit.records.many(form, ids[start : start + AT_ONCE], deleted=True)
        for record in records.values():
            rework(unit, form, record, env)
