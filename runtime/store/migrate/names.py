"""What else must know that a form or a field has another id now?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select, update

from engine.app import App
from engine.expressions.renaming import with_names
from runtime.store.migrate.difference import Difference, FormChange
from runtime.store.platform_tables import (
    evidence,
    file_use,
    first_view,
    leftover,
    sequence,
    trash,
    view,
)

if TYPE_CHECKING:
    from runtime.store.unit import Unit

_BY_FORM = (file_use, evidence, view, first_view, leftover, trash)


def follow_names(unit: Unit, app: App, what: Difference) -> None:
    """Tell files, evidence, saved views, sequences and the trash the new ids. The log keeps the
    old ones: it says what happened then."""
    for change in what.changed:
        if change.old.id != change.new.id:
            for table in _BY_FORM:
                _rename_form(unit, table, app.id, change)
        renamed = {pair.old.id: pair.new.id for pair in change.fields.kept if pair.renamed}
        if renamed:
            _rename_fields(unit, app.id, change.new.id, renamed)
        _rename_sequences(unit, app.id, change, renamed)


def _rename_form(unit: Unit, table: Table, app: str, change: FormChange) -> None:
    unit.connection.execute(
        update(table)
        .where(table.c.app == app, table.c.form == change.old.id)
        .values(form=change.new.id)
    )


def _rename_fields(unit: Unit, app: str, form: str, renamed: Mapping[str, str]) -> None:
    for old, new in renamed.items():
        for table, column in ((file_use, "place"), (leftover, "field")):
            unit.connection.execute(
                update(table)
                .where(table.c.app == app, table.c.form == form, table.c[column] == old)
                .values({column: new})
            )
    asked = select(view.c.id, view.c.definition).where(view.c.app == app, view.c.form == form)
    for id_, definition in unit.connection.execute(asked).all():
        unit.connection.execute(
            update(view).where(view.c.id == id_).values(definition=_renamed(definition, renamed))
        )


def _renamed(definition: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    def name(said: str) -> str:
        sign = "-" if said.startswith("-") else ""
        return sign + renamed.get(said.removeprefix("-"), said.removeprefix("-"))

    changed = dict(definition)
    for key in ("sort", "columns"):
        if key in changed:
            changed[key] = [name(said) for said in changed[key] or ()]
    if "feel" in changed:
        changed["feel"] = with_names(changed["feel"], renamed)
    if "where" in changed:
        changed["where"] = [
            {**condition, "field": name(condition["field"])}
            if isinstance(condition, Mapping) and "field" in condition
            else condition
            for condition in changed["where"] or ()
        ]
    return changed


def _rename_sequences(unit: Unit, app: str, change: FormChange, renamed: Mapping[str, str]) -> None:
    old, new = f"{app}/{change.old.id}/", f"{app}/{change.new.id}/"
    if old == new and not renamed:
        return
    asked = select(sequence.c.key).where(sequence.c.key.startswith(old, autoescape=True))
    for (key,) in unit.connection.execute(asked).all():
        field, _, period = key.removeprefix(old).partition("/")
        called = f"{new}{renamed.get(field, field)}/{period}"
        if called != key:
            unit.connection.execute(
                update(sequence).where(sequence.c.key == key).values(key=called)
            )
