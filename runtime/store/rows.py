"""How does a record become the rows of its tables, and come back?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Insert, Select, Update, and_, bindparam, insert, select, update

from engine.app import Form
from engine.fields.rollup import Rollup
from engine.record import SYSTEM_FIELDS, Record, Value, Values
from runtime.store.found import found_by, vector
from runtime.store.links import Tree, lookups, tree_of
from runtime.store.tables import FOUND, FormTables, kept

_SYSTEM = len(SYSTEM_FIELDS)
_MOST_UPDATES = 500


@dataclass(frozen=True)
class FormRows:
    """The statements and the shape of the rows of one form, worked out once."""

    form: Form
    tables: FormTables

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The fields that stand in columns of the main table."""
        return tuple(field.id for field in kept(self.form.fields))

    @cached_property
    def all_names(self) -> tuple[str, ...]:
        """System fields first, then those of the form."""
        return (*SYSTEM_FIELDS, *self.names)

    @cached_property
    def plans(self) -> dict[Hashable, Any]:
        """Statements that the query compiler made for this version of the form, to use again."""
        return {}

    @cached_property
    def insert(self) -> Insert:
        """Add one record; where the words that find it stand in its row, they come along."""
        main = self.tables.main
        if self.tables.search is not None:
            return insert(main)
        columns: dict[str, Any] = {name: bindparam(name) for name in self.all_names}
        return insert(main).values({**columns, FOUND: vector()})

    @cached_property
    def follows(self) -> Tree:
        """The references that the form's rules and lookups follow."""
        return self.following(())

    def following(self, more: Iterable[tuple[str, ...]]) -> Tree:
        """Return these references together with what further paths follow."""
        own = (lookup.path for lookup in lookups(self.form))
        return tree_of([*self.form.logic.reads, *own, *more])

    @cached_property
    def line_follows(self) -> Mapping[str, Tree]:
        """The references that the rows of each line field follow."""
        found = {name: tree_of(logic.reads) for name, logic in self.form.logic.lines.items()}
        return {name: tree for name, tree in found.items() if tree}

    @cached_property
    def select(self) -> Select[Any]:
        """Every column of every record, deleted ones too."""
        return select(*(self.tables.main.c[name] for name in self.all_names))

    @cached_property
    def select_one(self) -> Select[Any]:
        """One record by its id."""
        return self.select.where(self.tables.main.c.id == bindparam("id"))

    @cached_property
    def _updates(self) -> dict[tuple[str, ...], Update]:
        return {}

    @cached_property
    def _nothing_yet(self) -> dict[str, Value]:
        """What counts and sums say before there is anything to count."""
        return {
            field.id: field.kept(0)
            for field in self.form.fields.values()
            if isinstance(field, Rollup) and field.measure in ("count", "sum")
        }

    def update(self, columns: tuple[str, ...]) -> Update:
        """Change these columns of one record if it still has the version that was read."""
        known = self._updates.get(columns)
        if known is None:
            if len(self._updates) >= _MOST_UPDATES:
                self._updates.clear()
            table = self.tables.main
            known = self._updates[columns] = (
                update(table)
                .where(
                    and_(table.c.id == bindparam("_id"), table.c.version == bindparam("_version"))
                )
                .values({name: bindparam(f"_new_{name}") for name in columns})
            )
        return known

    def parameters(self, record: Record) -> dict[str, Any]:
        """Return a record as the parameters of `insert`."""
        row: dict[str, Any] = {name: getattr(record, name) for name in SYSTEM_FIELDS}
        values = record.values
        for name in self.names:
            row[name] = values.get(name)
        for name, nothing in self._nothing_yet.items():
            if row[name] is None:
                row[name] = nothing
        if self.tables.search is None:
            row["_words"] = found_by(self.form, values)
        return row

    def changes(self, before: Record, after: Record) -> dict[str, Any]:
        """Return the columns that differ, with their new values."""
        changed = {
            name: value
            for name in SYSTEM_FIELDS
            if (value := getattr(after, name)) != getattr(before, name)
        }
        old, new = before.values, after.values
        for name in self.names:
            value = new.get(name)
            if value != old.get(name):
                changed[name] = value
        return changed

    def record(self, row: Sequence[Any], more: Values | None = None) -> Record:
        """Make a record of a row of `select`; `more` are the values kept in other tables."""
        values = dict(zip(self.names, row[_SYSTEM:], strict=True))
        if more:
            values.update(more)
        return record_of(self.form, row, values)


def record_of(form: Form, row: Sequence[Any], values: Values) -> Record:
    """Make a record of a row that begins with the system fields."""
    record = object.__new__(Record)
    # A frozen dataclass sets its fields one by one through object.__setattr__; for the rows of a
    # page that costs as much as asking the database for them.
    record.__dict__.update(zip(SYSTEM_FIELDS, row, strict=False))
    record.__dict__.update(app=form.app, form=form.id, values=values)
    return record
