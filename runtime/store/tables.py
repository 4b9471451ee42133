"""Which tables and columns keep the records of a form?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Integer, MetaData, Table, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeEngine

from engine.app import Form
from engine.field import Field, Storage
from engine.record import SYSTEM_FIELDS
from runtime.store.naming import form_table, index_name, search_table, side_table
from runtime.store.types import Moment, column_type, whole, words

KEY = "_key"
"""The row number of SQLite, which the full-text index goes by."""
FOUND = "_found"
"""The words of a record that PostgreSQL searches."""
PARENT = "_parent"
POSITION = "_position"
OTHER = "_other"
_SYSTEM_TYPES: Mapping[str, TypeEngine[Any]] = {
    "version": whole,
    **dict.fromkeys(
        ("stage_entered_at", "created_at", "updated_at", "last_activity_at", "deleted_at"), Moment()
    ),
}
_NEEDED = {"version", "created_at", "updated_at", "last_activity_at"}
_STANDARD = (
    ("updated_at", "id"),
    ("owner", "updated_at"),
    ("department", "updated_at"),
    ("stage", "updated_at"),
)
_WITH_COLUMN = frozenset(Storage) - {Storage.LINKS, Storage.LINES, Storage.NONE}


@dataclass(frozen=True)
class FormTables:
    """The tables of one form on one kind of database."""

    main: Table
    lines: Mapping[str, Table]
    """By line field; the rows of all records."""
    links: Mapping[str, Table]
    """By field with several references: which record points to which."""
    search: str | None
    """The name of the full-text index, where it is a table."""

    def all(self) -> Iterator[Table]:
        """Every table, the main one first."""
        yield self.main
        yield from self.lines.values()
        yield from self.links.values()


def tables_of(form: Form, dialect: str) -> FormTables:
    """Describe the tables of a form; nothing is made yet."""
    metadata = MetaData(info={"dialect": dialect})
    lines, links = {}, {}
    main = _main_table(form, dialect, metadata)
    for field in form.fields.values():
        name = side_table(form.app, form.id, field.id)
        if field.storage is Storage.LINES:
            lines[field.id] = _line_table(name, cells_of(field), metadata)
        elif field.storage is Storage.LINKS:
            links[field.id] = _link_table(name, metadata)
    search = search_table(form.app, form.id) if dialect == "sqlite" else None
    return FormTables(main, lines, links, search)


def cells_of(field: Field) -> tuple[Field, ...]:
    """Return the fields of the rows of a line field."""
    return tuple(getattr(field, "fields", ()))


def has_column(field: Field) -> bool:
    """Tell whether a field stands in a column of its own."""
    return field.storage in _WITH_COLUMN


def kept(fields: Mapping[str, Field]) -> tuple[Field, ...]:
    """Return the fields that stand in columns, in the order of the form."""
    return tuple(field for field in fields.values() if has_column(field))


def field_column(field: Field) -> Column[Any]:
    """Describe the column of a field."""
    return Column(field.id, column_type(field.storage, field.scale()))


def _main_table(form: Form, dialect: str, metadata: MetaData) -> Table:
    columns: list[Column[Any]] = []
    if dialect == "sqlite":
        columns.append(Column(KEY, Integer, primary_key=True))
        columns.append(Column("id", words, nullable=False, unique=True))
    else:
        columns.append(Column("id", words, primary_key=True))
    columns += [_system_column(name) for name in SYSTEM_FIELDS if name != "id"]
    columns += [field_column(field) for field in kept(form.fields)]
    if dialect != "sqlite":
        columns.append(Column(FOUND, TSVECTOR))
    return Table(form_table(form.app, form.id), metadata, *columns)


def _system_column(name: str) -> Column[Any]:
    return Column(name, _SYSTEM_TYPES.get(name, words), nullable=name not in _NEEDED)


def _line_table(name: str, cells: tuple[Field, ...], metadata: MetaData) -> Table:
    return Table(
        name,
        metadata,
        Column(PARENT, words, primary_key=True),
        Column("id", words, primary_key=True),
        Column(POSITION, whole, nullable=False),
        *(field_column(cell) for cell in cells if has_column(cell)),
    )


def _link_table(name: str, metadata: MetaData) -> Table:
    return Table(
        name,
        metadata,
        Column(PARENT, words, primary_key=True),
        Column(OTHER, words, primary_key=True),
        Column(POSITION, whole, nullable=False),
    )


@dataclass(frozen=True)
class IndexShape:
    """One index: what it is called, on what, and whether it forbids repetition."""

    name: str
    table: str
    columns: tuple[str, ...]
    unique: bool = False
    living: bool = False
    """Leaves deleted records out."""
    sorting: bool = False
    """Made for an order, in which empty values come first."""

    def build(self, table: Table) -> Index:
        """Describe the index on its table."""
        condition = text("deleted_at IS NULL") if self.living else None
        columns: list[ColumnElement[Any]] = [table.c[column] for column in self.columns]
        if self.sorting and table.metadata.info.get("dialect") == "postgresql":
            columns = [
                column.asc().nulls_first() if table.c[column.name].nullable else column
                for column in columns
            ]
        return Index(
            self.name,
            *columns,
            unique=self.unique,
            sqlite_where=condition,
            postgresql_where=condition,
        )


def indexes_of(form: Form) -> tuple[IndexShape, ...]:
    """Return every index of a form's tables, by what its definition says."""
    table = form_table(form.app, form.id)
    wanted = [_plain(table, columns, living=True) for columns in _STANDARD]
    wanted.append(_plain(table, ("deleted_at",)))
    for field in kept(form.fields):
        if field.unique:
            wanted.append(_unique(table, field))
        elif field.storage is Storage.LINK:
            wanted.append(_plain(table, (field.id,), living=True))
    columns = {*SYSTEM_FIELDS, *(field.id for field in kept(form.fields))}
    # Every list ends its order with the id: without it, equal values would be sorted each time.
    wanted += [
        replace(
            _plain(table, tuple(dict.fromkeys((*index.fields, "id"))), living=True), sorting=True
        )
        for index in form.definition.indexes
        if columns.issuperset(index.fields)
    ]
    wanted += [_plain(table, (name,), living=True) for name in form.watched if name in columns]
    wanted += _side_indexes(form)
    return tuple({index.name: index for index in wanted}.values())


def _side_indexes(form: Form) -> Iterator[IndexShape]:
    for field in form.fields.values():
        name = side_table(form.app, form.id, field.id)
        if field.storage is Storage.LINKS:
            yield _plain(name, (OTHER,))


def _plain(table: str, columns: tuple[str, ...], *, living: bool = False) -> IndexShape:
    return IndexShape(index_name(table, columns, "by"), table, columns, living=living)


def _unique(table: str, field: Field) -> IndexShape:
    within = () if isinstance(field.unique, bool) else field.unique.within
    columns = (*within, field.id)
    return IndexShape(index_name(table, columns, "one"), table, columns, unique=True, living=True)
