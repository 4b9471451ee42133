"""How is a record read, added and changed, complete and whoever asks?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite
from sqlalchemy.exc import IntegrityError

from engine.app import Form
from engine.field import Field
from engine.fields.rollup import Rollup
from engine.record import Record, Values
from runtime.store.follow import Following, Reads
from runtime.store.found import index_record, reindex_record, unindex_record
from runtime.store.platform_tables import sequence
from runtime.store.rollups import Rollups, Touched
from runtime.store.rows import FormRows
from runtime.store.sides import add_sides, change_sides, remove_sides, sides_of
from runtime.store.tables import FormTables

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class NotUnique(Exception):
    """Another record took the same value between the check and the saving."""


class Records:
    """The records of all forms."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._following = Following(unit)
        self._rollups = Rollups(unit)

    def one(self, form: Form, id_: str, *, deleted: bool = False) -> Record | None:
        """Return a record with its lines and links; a deleted one only if asked for."""
        rows = self._rows(form)
        row = self._connection.execute(rows.select_one, {"id": id_}).first()
        if row is None or (row.deleted_at is not None and not deleted):
            return None
        record = rows.record(row, sides_of(self._connection, rows.tables, (id_,))[id_])
        return self.looked_up(form, (record,))[0]

    def many(
        self, form: Form, ids: Iterable[str], *, deleted: bool = False, sides: bool = True
    ) -> dict[str, Record]:
        """Return several records by their ids, whichever of them exist; without `sides`, their
        lines, links and lookups are not read."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            return {}
        rows = self._rows(form)
        living = rows.select.where(rows.tables.main.c.id.in_(wanted))
        found = [
            row for row in self._connection.execute(living) if deleted or row.deleted_at is None
        ]
        if not sides:
            return {row[0]: rows.record(row) for row in found}
        more = sides_of(self._connection, rows.tables, wanted)
        records = [rows.record(row, more[row[0]]) for row in found]
        return {record.id: record for record in self.looked_up(form, records)}

    def row(self, form: Form, record: Record, more: Reads = frozenset()) -> dict[str, Any]:
        """Return a record as expressions see it: with the records, people and departments that
        the form's rules follow, or `more` paths, each under its field's name and a dot."""
        return self._following.row(form, record, more)

    def rows(self, form: Form, records: Iterable[Record]) -> list[dict[str, Any]]:
        """Do the same for many records, with one question for each reference followed."""
        return self._following.rows(form, records)

    def looked_up(self, form: Form, records: Sequence[Record]) -> Sequence[Record]:
        """Return the records with the values of their lookup fields."""
        return self._following.looked_up(form, records)

    def add(self, form: Form, record: Record) -> None:
        """Add a record. Raises NotUnique."""
        rows = self._rows(form)
        done = self._guarded(rows.insert, rows.parameters(record))
        add_sides(self._connection, rows.tables, record)
        if rows.tables.search is not None:
            index_record(self._connection, form, rows.tables, record, done.lastrowid)
        self._following.forget(form, record.id)

    def save(self, form: Form, before: Record, after: Record) -> bool:
        """Change a record, if it is still as it was read; False if somebody was faster. The
        version of `after` must be the next one. Raises NotUnique."""
        if after.version != before.version + 1:
            raise ValueError("a change makes the next version")
        rows = self._rows(form)
        changed = rows.changes(before, after)
        parameters = {f"_new_{name}": value for name, value in changed.items()}
        parameters["_id"], parameters["_version"] = before.id, before.version
        done = self._guarded(rows.update(tuple(sorted(changed))), parameters)
        if done.rowcount != 1:
            return False
        change_sides(self._connection, rows.tables, before, after)
        reindex_record(self._connection, form, rows.tables, before, after)
        self._following.forget(form, after.id)
        return True

    def remove(self, form: Form, id_: str) -> None:
        """Remove a record for good; what happened to it stays in the log."""
        tables = self._tables(form)
        unindex_record(self._connection, tables, id_)
        remove_sides(self._connection, tables, id_)
        self._connection.execute(delete(tables.main).where(tables.main.c.id == id_))

    def touch(self, form: Form, id_: str, now: datetime) -> None:
        """Note that something happened around a record; this does not change its version."""
        main = self._tables(form).main
        self._connection.execute(update(main).where(main.c.id == id_).values(last_activity_at=now))

    def next_number(self, key: str) -> int:
        """Return the next number of a sequence, from 1; none is given twice."""
        upsert = upsert_sqlite if self._unit.store.dialect == "sqlite" else upsert_postgres
        drawing = (
            upsert(sequence)
            .values(key=bindparam("key"), value=1)
            .on_conflict_do_update(
                index_elements=[sequence.c.key], set_={"value": sequence.c.value + 1}
            )
            .returning(sequence.c.value)
        )
        return int(self._connection.execute(drawing, {"key": key}).scalar_one())

    def taken(
        self, form: Form, field: Field, values: Values, except_id: str | None = None
    ) -> str | None:
        """Return the record that has the same value already, among those that are equal in the
        fields within which it must be unique; empty values are never taken."""
        main = self._tables(form).main
        within = () if isinstance(field.unique, bool) else field.unique.within
        names = (field.id, *within)
        if any(values.get(name) is None for name in names):
            return None
        asked = select(main.c.id).where(
            main.c.deleted_at.is_(None), *(main.c[name] == values[name] for name in names)
        )
        if except_id is not None:
            asked = asked.where(main.c.id != except_id)
        row = self._connection.execute(asked.limit(1)).first()
        return row[0] if row else None

    def agreeing(self, form: Form, values: Values) -> tuple[str, ...]:
        """Return the living records whose fields hold these values; two are enough to know that
        it is not one."""
        main = self._tables(form).main
        same = (main.c[name] == value for name, value in values.items())
        asked = select(main.c.id).where(main.c.deleted_at.is_(None), *same).limit(2)
        return tuple(self._connection.execute(asked).scalars())

    def refresh_rollups(
        self, form: Form, changed: Record | None, before: Record | None
    ) -> tuple[Touched, ...]:
        """Work out anew every stored total over this form's records that the change touches, and
        return the records that hold them."""
        return self._rollups.refresh(form, changed, before)

    def fill_rollup(self, form: Form, field: Rollup, now: datetime) -> None:
        """Work out a total on every record of its form."""
        self._rollups.fill(form, field, now)

    def forget(self, form: Form, id_: str) -> None:
        """Read a record anew when it is next followed to: it was changed past this part."""
        self._following.forget(form, id_)

    def timeline_parents(self, form: Form) -> Iterator[tuple[Form, str]]:
        """Yield the forms that show this form's records in their timeline, and by which of its
        reference fields."""
        yield from self._unit.store.timeline_parents(form)

    def referring(self, form: Form, id_: str) -> Mapping[str, int]:
        """Return how many living records of each form (`app.form`) point to a record."""
        return self._following.referring(form, id_)

    def _guarded(self, statement: Any, parameters: dict[str, Any]) -> Any:
        try:
            return self._connection.execute(statement, parameters)
        except IntegrityError as refused:
            raise NotUnique(str(refused.orig)) from refused

    def _tables(self, form: Form) -> FormTables:
        return self._unit.store.tables(form)

    def _rows(self, form: Form) -> FormRows:
        return self._unit.store.rows(form)
