"""How does what an upgrade dropped come back, or go for good?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, delete, select, update
from sqlalchemy.types import NullType

from engine.app import Form
from engine.field import Field
from runtime.store.migrate.change import Change, Migration
from runtime.store.migrate.ddl import Ddl, lone
from runtime.store.migrate.difference import needs_conversion
from runtime.store.migrate.shape import COLUMN, LINES, FieldShape, field_from, field_shape
from runtime.store.migrate.trash import Dropped
from runtime.store.migrate.wording import reindex
from runtime.store.platform_tables import leftover, trash
from runtime.store.tables import FOUND, KEY, OTHER, PARENT, POSITION, cells_of
from runtime.store.types import words

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def restore(unit: Unit, id_: str) -> bool:
    """Bring back what was dropped into the place that the app has for it again; what is there
    already stays. False if there is no such place."""
    dropped = _dropped(unit, id_)
    form = _form(unit, dropped) if dropped else None
    if dropped is None or form is None:
        return False
    ways = {"form": _restore_form, "side": _restore_side, "column": _restore_column}
    if not ways[dropped.kind](unit, form, dropped):
        return False
    unit.connection.execute(delete(trash).where(trash.c.id == id_))
    reindex(unit, form)
    return True


def bring_back(unit: Unit, report: Migration) -> None:
    """Give fields and forms that are there again the values that they had."""
    again = {_place(one) for one in report.changes if one.what == "added"}
    for one in unit.packages.trash(report.app):
        if _place(one) in again:
            restore(unit, one.id)


def bring_back_texts(unit: Unit, report: Migration) -> None:
    """Give fields that have their former type again those values that the other type could not
    take, where nothing was filled in since."""
    again = {_place(one) for one in report.changes if one.what == "retyped"}
    for dropped in unit.packages.trash(report.app):
        form = _form(unit, dropped)
        if form is not None and dropped.kind == COLUMN and _place(dropped) in again:
            _fill_left(unit, form, dropped)


def empty_trash(unit: Unit, before: datetime) -> int:
    """Drop for good what was dropped before a moment; return how many things."""
    rows = unit.connection.execute(select(trash).where(trash.c.dropped_at < before)).all()
    ddl = Ddl(unit.connection)
    # Columns first: the table of some may be among the tables.
    for dropped in sorted((Dropped(**row._mapping) for row in rows), key=lambda d: d.kind):
        if dropped.kind == COLUMN:
            ddl.drop_column(dropped.place["table"], dropped.place["column"])
        else:
            for table in (dropped.place["table"], *dropped.place.get("sides", {}).values()):
                ddl.drop_table(table)
        unit.connection.execute(delete(trash).where(trash.c.id == dropped.id))
    return len(rows)


def _place(one: Change | Dropped) -> tuple[str, str | None, str | None]:
    return one.form, one.field, one.cell


def _fill_left(unit: Unit, form: Form, dropped: Dropped) -> None:
    field = _column_for(unit, form, dropped)
    if field is None:
        return
    now, before = Column(field.id, NullType()), Column(dropped.place["column"], NullType())
    key: Column[str] = Column(PARENT if dropped.cell else "id", words)
    live = lone(dropped.place["table"], now, before, key)
    of = (leftover.c.app == dropped.app, leftover.c.form == form.id)
    left = select(leftover.c.record).where(*of, leftover.c.field == field.id)
    filling = update(live).where(now.is_(None), key.in_(left)).values({now: before})
    unit.connection.execute(filling)


def _dropped(unit: Unit, id_: str) -> Dropped | None:
    row = unit.connection.execute(select(trash).where(trash.c.id == id_)).first()
    return Dropped(**row._mapping) if row else None


def _form(unit: Unit, dropped: Dropped) -> Form | None:
    app = unit.store.apps.get(dropped.app)
    return app.forms.get(dropped.form) if app else None


def _restore_column(unit: Unit, form: Form, dropped: Dropped) -> bool:
    place = dropped.place
    field = _column_for(unit, form, dropped)
    if field is None:
        return False
    ddl = Ddl(unit.connection)
    ddl.fill_empty(place["table"], field.id, place["column"])
    ddl.drop_column(place["table"], place["column"])
    return True


def _column_for(unit: Unit, form: Form, dropped: Dropped) -> Field | None:
    """Return the field, beside a dropped column, that can take its values just as they are."""
    field = form.fields.get(dropped.field or "")
    if field is not None and dropped.cell is not None:
        field = next((cell for cell in cells_of(field) if cell.id == dropped.cell), None)
    if field is None:
        return None
    old, new = field_from(field.id, dropped.place["shape"]), field_shape(field)
    if old.kind != COLUMN or new.kind != COLUMN or needs_conversion(old, new):
        return None
    tables = unit.store.tables(form)
    live = tables.lines.get(dropped.field or "") if dropped.cell else tables.main
    return field if live is not None and live.name == dropped.place["table"] else None


def _restore_side(unit: Unit, form: Form, dropped: Dropped) -> bool:
    field = form.fields.get(dropped.field or "")
    if field is None:
        return False
    old, new = field_from(field.id, dropped.place["shape"]), field_shape(field)
    if old.kind != new.kind or (old.kind != LINES and needs_conversion(old, new)):
        return False
    tables = unit.store.tables(form)
    side = {**tables.lines, **tables.links}[field.id]
    names = [PARENT, "id", POSITION] if old.kind == LINES else [PARENT, OTHER, POSITION]
    names += _fitting(old.cells or {}, new.cells or {})
    # A record that has rows there again keeps those.
    ddl = Ddl(unit.connection)
    ddl.bring_over(dropped.place["table"], side.name, names, PARENT)
    ddl.drop_table(dropped.place["table"])
    return True


def _restore_form(unit: Unit, form: Form, dropped: Dropped) -> bool:
    place = dropped.place
    tables = unit.store.tables(form)
    shapes = {id_: field_from(id_, each) for id_, each in place["shape"]["fields"].items()}
    now = {id_: field_shape(field) for id_, field in form.fields.items()}
    system = [column.name for column in tables.main.c if column.name not in form.fields]
    names = [name for name in system if name not in (KEY, FOUND)] + _fitting(shapes, now)
    ddl = Ddl(unit.connection)
    ddl.bring_over(place["table"], tables.main.name, names, "id")
    sides = {**tables.lines, **tables.links}
    for id_, table in place["sides"].items():
        if id_ in sides and shapes[id_].kind == now[id_].kind:
            cells = _fitting(shapes[id_].cells or {}, now[id_].cells or {})
            fixed = [PARENT, POSITION, "id" if id_ in tables.lines else OTHER]
            ddl.bring_over(table, sides[id_].name, fixed + cells, PARENT)
    for table in (place["table"], *place["sides"].values()):
        ddl.drop_table(table)
    return True


def _fitting(old: Mapping[str, FieldShape], new: Mapping[str, FieldShape]) -> list[str]:
    return [
        id_
        for id_, field in old.items()
        if field.kind == COLUMN
        and id_ in new
        and new[id_].kind == COLUMN
        and not needs_conversion(field, new[id_])
    ]
