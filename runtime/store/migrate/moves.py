"""In which order are the tables of an app changed, so that nothing stands in the way?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.app import App, Form
from engine.field import Field
from runtime.store.found import create_index_table
from runtime.store.migrate.backfill import Backfill
from runtime.store.migrate.change import Change, Leftover
from runtime.store.migrate.columns import ColumnMoves
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.difference import Difference, FieldsChange, FormChange, Kept
from runtime.store.migrate.shape import COLUMN, LINES, LINKS, FieldShape, FormShape
from runtime.store.migrate.trash import Trash
from runtime.store.naming import search_table
from runtime.store.tables import PARENT, cells_of

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Moves:
    """Changes the tables of one app: drops first, then names, then columns and values."""

    def __init__(self, unit: Unit, app: App, revision: int, now: datetime) -> None:
        self._unit, self._app, self._now = unit, app, now
        self._ddl = Ddl(unit.connection)
        self._trash = Trash(unit, app.id, revision, now)
        self.changes: list[Change] = []
        self.leftovers: list[Leftover] = []

    def apply(self, what: Difference) -> None:
        """Do everything that the difference asks for."""
        for gone in what.dropped:
            self._drop_form(gone)
        for change in what.changed:
            for field in change.fields.dropped:
                if field.table:
                    self._drop_side(change, field)
        self._rename_tables(what)
        for change in what.changed:
            self._change_form(change)
        for new in what.added:
            self._add_form(self._app.forms[new.id])

    def _add_form(self, form: Form) -> None:
        tables = self._unit.store.tables(form)
        for table in tables.all():
            self._ddl.create_table(table)
        if tables.search:
            create_index_table(self._unit.connection, tables.search)
        self.changes.append(Change(what="added", form=form.id))

    def _drop_form(self, form: FormShape) -> None:
        if self._unit.store.dialect == "sqlite":
            self._ddl.drop_table(search_table(self._app.id, form.id))
        trash = self._trash.put_form(form)
        self.changes.append(Change(what="dropped", form=form.id, trash=trash))

    def _drop_side(self, change: FormChange, field: FieldShape) -> None:
        trash = self._trash.put_side(change.new.id, field)
        self.changes.append(Change(what="dropped", form=change.new.id, field=field.id, trash=trash))

    def _rename_tables(self, what: Difference) -> None:
        moving = {was: is_ for was, is_ in self._table_names(what) if was != is_}
        for was, is_ in moving.items():
            self._ddl.rename_table(was, is_)
        self._trash.follow(moving)

    def _table_names(self, what: Difference) -> Iterator[tuple[str, str]]:
        for change in what.changed:
            yield change.old.table, change.new.table
            if self._unit.store.dialect == "sqlite":
                app = self._app.id
                yield search_table(app, change.old.id), search_table(app, change.new.id)
            for pair in change.fields.kept:
                if pair.old.table and pair.new.table:
                    yield pair.old.table, pair.new.table

    def _change_form(self, change: FormChange) -> None:
        form = self._app.forms[change.new.id]
        if change.old.id != change.new.id:
            self.changes.append(Change(what="renamed", form=form.id, before=change.old.id))
        backfill = Backfill(self._unit, self._app.id, form.id, self._now)
        self._note(form, change.fields, None)
        self._move_columns(form, change.fields, None, backfill)
        self._move_sides(form, change.fields, backfill)
        for name, cells in change.lines.items():
            self._note(form, cells, name)
            self._move_columns(form, cells, name, backfill)
        self.leftovers += backfill.leftovers

    def _move_columns(
        self, form: Form, change: FieldsChange, line: str | None, backfill: Backfill
    ) -> None:
        tables = self._unit.store.tables(form)
        table = tables.lines[line] if line else tables.main
        moves = ColumnMoves(
            unit=self._unit,
            table=table.name,
            key=PARENT if line else "id",
            fields=_by_id(form, line),
            trash_name=self._trash.column_name,
            backfill=backfill,
        )
        for field, column in moves.apply(change):
            trash = self._trash.put_column(form.id, line, field, (table.name, column))
            if field in change.dropped:
                self.changes.append(
                    Change(
                        what="dropped",
                        form=form.id,
                        field=line or field.id,
                        cell=field.id if line else None,
                        trash=trash,
                    )
                )

    def _move_sides(self, form: Form, change: FieldsChange, backfill: Backfill) -> None:
        tables = self._unit.store.tables(form)
        sides = {**tables.lines, **tables.links}
        for field in change.added:
            if field.kind in (LINES, LINKS):
                self._ddl.create_table(sides[field.id])
        for pair in change.kept:
            if pair.old.kind == COLUMN and pair.new.kind == LINKS:
                self._ddl.create_table(sides[pair.new.id])
                self._to_links(form, pair, backfill)
            elif pair.old.kind == LINKS and pair.new.kind == COLUMN:
                self._from_links(form, pair, backfill)
            elif pair.old.kind == pair.new.kind == LINKS and pair.retyped:
                self._links_elsewhere(form, pair)

    def _to_links(self, form: Form, pair: Kept, backfill: Backfill) -> None:
        main = self._unit.store.tables(form).main.name
        column = self._trash.column_name(pair.old.id)
        self._ddl.rename_column(main, pair.old.id, column)
        links = pair.new.table or ""
        backfill.to_links(main, links, pair, column, form.fields[pair.new.id])
        self._trash.put_column(form.id, None, pair.old, (main, column))

    def _from_links(self, form: Form, pair: Kept, backfill: Backfill) -> None:
        main = self._unit.store.tables(form).main
        field = form.fields[pair.new.id]
        self._ddl.add_field(main.name, field)
        backfill.from_links(main.name, pair.old.table or "", pair, field)
        self._trash.put_side(form.id, pair.old)

    def _links_elsewhere(self, form: Form, pair: Kept) -> None:
        # The links point to records of another form now: none of the old ones can stay.
        self._trash.put_side(form.id, FieldShape(**{**vars(pair.old), "table": pair.new.table}))
        self._ddl.create_table(self._unit.store.tables(form).links[pair.new.id])

    def _note(self, form: Form, change: FieldsChange, line: str | None) -> None:
        def noted(what: str, id_: str, before: str | None = None) -> Change:
            cell = id_ if line else None
            return Change(what=what, form=form.id, field=line or id_, cell=cell, before=before)  # type: ignore[arg-type]  # one of the words of What

        self.changes += [noted("added", field.id) for field in change.added]
        for pair in change.kept:
            if pair.renamed:
                self.changes.append(noted("renamed", pair.new.id, pair.old.id))
            if pair.retyped and pair.new.kind != LINES:
                self.changes.append(noted("retyped", pair.new.id, pair.old.type))
        self.changes += [
            noted("dropped", field.id) for field in change.dropped if field.kind == "none"
        ]


def _by_id(form: Form, line: str | None) -> Mapping[str, Field]:
    if line is None:
        return form.fields
    return {cell.id: cell for cell in cells_of(form.fields[line])}
