"""Where does it go what an upgrade drops, and how does it come back?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from runtime.store.ids import new_id
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.shape import FieldShape, FormShape, field_data, to_data
from runtime.store.naming import joined
from runtime.store.platform_tables import trash

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """Something that an upgrade dropped and that can be restored."""

    id: str
    app: str
    form: str
    field: str | None
    cell: str | None
    kind: str
    """`form`, `column` or `side` (a table of rows or links)."""
    place: Mapping[str, Any]
    dropped_at: datetime


class Trash:
    """Puts tables and columns out of sight, under names that no definition can ask for."""

    def __init__(self, unit: Unit, app: str, revision: int, now: datetime) -> None:
        self._connection = unit.connection
        self._ddl = Ddl(unit.connection)
        self._app, self._revision, self._now = app, revision, now

    def column_name(self, field: str) -> str:
        """Return what the column of a dropped field is called."""
        return f"_trash_{field}_{self._revision}"

    def put_form(self, form: FormShape) -> str:
        """Put all tables of a form away."""
        sides = {id_: self._away(field.table) for id_, field in form.fields.items() if field.table}
        main = self._away(form.table)
        self.follow({form.table: main})
        shape = to_data({form.id: form})[form.id]
        place = {"table": main, "sides": sides, "shape": shape}
        return self._note(form.id, (None, None), "form", place)

    def put_side(self, form: str, field: FieldShape) -> str:
        """Put the table of a line field or of links away."""
        assert field.table is not None
        name = self._away(field.table)
        self.follow({field.table: name})
        place = {"table": name, "shape": field_data(field)}
        return self._note(form, (field.id, None), "side", place)

    def put_column(
        self, form: str, line: str | None, field: FieldShape, place: tuple[str, str]
    ) -> str:
        """Note a column (table, its name now) that was put away."""
        table, column = place
        noted = {"table": str(table), "column": column, "shape": field_data(field)}
        return self._note(form, (line or field.id, field.id if line else None), "column", noted)

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Let what lies in the trash know the new names of its tables."""
        rows = self._connection.execute(
            select(trash.c.id, trash.c.place).where(trash.c.app == self._app)
        ).all()
        for id_, place in rows:
            if place["table"] in renamed:
                moved = {**place, "table": renamed[place["table"]]}
                self._connection.execute(update(trash).where(trash.c.id == id_).values(place=moved))

    def _away(self, table: str) -> str:
        name = joined("_trash", str(self._revision), table)
        self._ddl.rename_table(table, name)
        return name

    def _note(
        self, form: str, what: tuple[str | None, str | None], kind: str, place: Mapping[str, Any]
    ) -> str:
        id_ = new_id(self._now)
        self._connection.execute(
            insert(trash),
            {
                "id": id_,
                "app": self._app,
                "form": form,
                "field": what[0],
                "cell": what[1],
                "kind": kind,
                "place": place,
                "dropped_at": self._now,
            },
        )
        return id_
