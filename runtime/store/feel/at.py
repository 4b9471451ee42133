"""Where in the database does the row stand that an expression is about, and what is beside it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import BigInteger, ColumnElement, FromClause, select

from engine.app import Form
from engine.expressions import Kind, Type
from engine.field import Field, Storage
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from runtime.store.feel.part import LARGEST, Condition, Part
from runtime.store.links import (
    DEPARTMENT,
    PERSON,
    Target,
    field_target,
    target_of,
    target_of_people,
)
from runtime.store.platform_tables import department, person
from runtime.store.tables import OTHER, PARENT
from runtime.store.types import ExactDecimal

if TYPE_CHECKING:
    from runtime.store.store import Store

Reading = Callable[[ColumnElement[Any]], ColumnElement[Any]]
Seen = Callable[[Form, FromClause], ColumnElement[bool]]
MOST_DIGITS = 15
"""Digits before the point of a number in a column; the field types let no more in."""
_PEOPLE: Mapping[str, FromClause] = {PERSON: person, DEPARTMENT: department}
_RECORD = "record"


class NotInDatabase(Exception):
    """A part of an expression has no SQL; the checker keeps such expressions away from here."""


class Row(Protocol):
    """A row of any table, by the names that expressions use."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""

    def value(self, name: str, kind: Type) -> Part:
        """Return the value of a field."""

    def row(self, name: str) -> Row:
        """Return the row that a reference points to."""

    def items(self, name: str) -> Items | None:
        """Return the rows or links of a field that has many; None where its column has them."""


@dataclass(frozen=True, eq=False)
class Items:
    """What a list of a record holds: an alias of the table, and which of its rows they are."""

    table: FromClause
    within: ColumnElement[bool]
    row: Row | None = None
    """The row itself; None for plain values, which stand in `value`."""
    value: ColumnElement[Any] | None = None


def _itself(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


@dataclass(frozen=True, eq=False)
class Through:
    """A reference: the row that it stands in, its column, and which rows count beyond it."""

    base: At | Person
    column: ColumnElement[Any]
    limits: tuple[Condition, ...] = ()


def reached(row: At | Person, test: Callable[[Row], Condition]) -> Condition | None:
    """Return whether a row that references point to exists and passes a test, so that the
    database may begin at the other end; None for a row that nothing points to."""
    if row.through is None:
        return None
    there = replace(row, reading=_itself, through=None)
    found = test(there)
    place = row
    while place.through is not None:
        ids = select(place.table.c.id).where(found, *place.through.limits)
        found = place.through.column.in_(ids.correlate_except(place.table))
        place = place.through.base
    return found


@dataclass(frozen=True, eq=False)
class At:
    """One row of a form, as it stands in an alias of its main table or of a table of its lines.

    `At(store, form, table)` is a record; `At(store, form, table, lines)` a row of that line
    field. What references point to is read through them.
    """

    store: Store
    form: Form
    table: FromClause
    lines: Lines | None = None
    reading: Reading = field(default=_itself)
    seen: Seen | None = None
    """Which rows of other forms count; the others are as if they were not there. None: all."""
    through: Through | None = None
    """The reference that points here."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.store.dialect

    def value(self, name: str, kind: Type) -> Part:
        """Return the value of a field."""
        own = self._field(name)
        if isinstance(own, Lookup):
            return self.row(own.by).value(own.field, kind)
        if own is not None and own.storage in (Storage.LINES, Storage.LINKS):
            # A list of rows is never null; nothing else is asked of it as a value.
            return Part(self.table.c.id, kind, nullable=False)
        if own is not None and own.storage is Storage.NONE:
            raise NotInDatabase(name)
        return column_part(self.table.c[name], kind, self.reading)

    def row(self, name: str) -> Row:
        """Return the row that a reference points to, or the record that a line belongs to."""
        if self.lines is not None and name == _RECORD:
            main = self.store.tables(self.form).main.alias()
            return self._joined(main, self.form, self.table.c[PARENT])
        own = self._field(name)
        if isinstance(own, Lookup):
            return self.row(own.by).row(own.field)
        target = field_target(own) if own is not None else target_of(self.form, name)
        if target is None:
            raise NotInDatabase(name)
        return self._followed(target, self.table.c[name])

    def items(self, name: str) -> Items | None:
        """Return the rows of a line field, or the ids of a field with several references."""
        tables = self.store.tables(self.form)
        own = self._field(name)
        many = tables.lines if isinstance(own, Lines) else tables.links
        if self.lines is not None or name not in many:
            return None
        found = many[name].alias()
        within = found.c[PARENT] == self.reading(self.table.c.id)
        if isinstance(own, Lines):
            return Items(found, within, At(self.store, self.form, found, own, seen=self.seen))
        return Items(found, within, value=found.c[OTHER])

    def _field(self, name: str) -> Field | None:
        if self.lines is not None:
            return self.lines.cells.get(name)
        return self.form.fields.get(name)

    def _followed(self, target: Target, column: ColumnElement[Any]) -> Row:
        if target.form is None:
            return self._people(target.kind, column)
        form = self.store.form(self.form.app, target.form)
        if form is None:
            raise NotInDatabase(target.form)
        there = self.store.tables(form).main.alias()
        limits = (self.seen(form, there),) if self.seen else ()
        return self._joined(there, form, column, *limits)

    def _joined(
        self, there: FromClause, form: Form, column: ColumnElement[Any], *limits: Condition
    ) -> Row:
        reading = _read_through(there, self.reading(column), *limits)
        through = Through(self, column, limits)
        return At(self.store, form, there, None, reading, self.seen, through)

    def _people(self, kind: str, column: ColumnElement[Any]) -> Person:
        there = _PEOPLE[kind].alias()
        reading = _read_through(there, self.reading(column))
        return Person(kind, there, reading, self.dialect, Through(self, column))


def _read_through(there: FromClause, id_: ColumnElement[Any], *limits: Condition) -> Reading:
    def reading(column: ColumnElement[Any]) -> ColumnElement[Any]:
        asked = select(column).where(there.c.id == id_, *limits)
        return asked.correlate_except(there).scalar_subquery()

    return reading


@dataclass(frozen=True, eq=False)
class Person:
    """A person or department that a reference points to."""

    kind: str
    table: FromClause
    reading: Reading
    dialect: str
    through: Through | None = None

    def value(self, name: str, kind: Type) -> Part:
        """Return what a column says."""
        return column_part(self.table.c[name], kind, self.reading)

    def row(self, name: str) -> Row:
        """Return the person or department that a column points to."""
        target = target_of_people(self.kind, name)
        if target is None:
            raise NotInDatabase(name)
        there = _PEOPLE[target.kind].alias()
        column = self.table.c[name]
        reading = _read_through(there, self.reading(column))
        return Person(target.kind, there, reading, self.dialect, Through(self, column))

    def items(self, name: str) -> Items | None:
        """Return None: all that there is stands in columns."""
        return None


@dataclass(frozen=True, eq=False)
class Columns:
    """A row of any table whose columns are called as the names in expressions."""

    dialect: str
    table: FromClause

    def value(self, name: str, kind: Type) -> Part:
        """Return the value of a column."""
        return column_part(self.table.c[name], kind)

    def row(self, name: str) -> Row:
        """Raise NotInDatabase: nothing points anywhere."""
        raise NotInDatabase(name)

    def items(self, name: str) -> Items | None:
        """Return None: all that there is stands in columns."""
        return None


def column_part(column: ColumnElement[Any], kind: Type, reading: Reading = _itself) -> Part:
    """Return the value of a column."""
    sql = reading(column)
    nullable = reading is not _itself or bool(getattr(column, "nullable", True))
    if kind.kind is not Kind.NUMBER:
        return Part(sql, kind, nullable)
    if isinstance(column.type, ExactDecimal):
        scale = column.type.scale
        return Part(sql, kind, nullable, scale, min(10 ** (MOST_DIGITS + scale), LARGEST))
    whole = isinstance(column.type, BigInteger)
    return Part(sql, kind, nullable, 0, 10**MOST_DIGITS, integer=whole)
