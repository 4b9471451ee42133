"""How are tables and columns made, renamed and dropped, in words that both databases take?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Index, MetaData, Table, text
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from engine.field import Field
from runtime.store.tables import IndexShape, field_column


class Ddl:
    """Changes the tables of one workspace, inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._quoted = connection.dialect.identifier_preparer.quote_identifier

    def create_table(self, table: Table) -> None:
        """Make a table; its indexes come later."""
        self._connection.execute(CreateTable(table))

    def rename_table(self, old: str, new: str) -> None:
        """Give a table another name."""
        if old == new:
            return
        self._do(f"ALTER TABLE {self._quoted(old)} RENAME TO {self._quoted(new)}")
        if self._connection.dialect.name == "postgresql":
            # Its key would keep the old name and stand in the way of a new table.
            was, is_ = self._quoted(f"{old}_pkey"), self._quoted(f"{new}_pkey")
            self._do(f"ALTER INDEX IF EXISTS {was} RENAME TO {is_}")

    def drop_table(self, name: str) -> None:
        """Drop a table with everything in it."""
        self._do(f"DROP TABLE IF EXISTS {self._quoted(name)}")

    def add_column(self, table: str, column: Column[Any]) -> None:
        """Add an empty column."""
        described = CreateColumn(column).compile(dialect=self._connection.dialect)
        self._do(f"ALTER TABLE {self._quoted(table)} ADD COLUMN {described}")

    def add_field(self, table: str, field: Field) -> None:
        """Add the empty column of a field."""
        self.add_column(table, field_column(field))

    def rename_column(self, table: str, old: str, new: str) -> None:
        """Give a column another name."""
        self._do(
            f"ALTER TABLE {self._quoted(table)} "
            f"RENAME COLUMN {self._quoted(old)} TO {self._quoted(new)}"
        )

    def drop_column(self, table: str, name: str) -> None:
        """Drop a column with everything in it."""
        self._do(f"ALTER TABLE {self._quoted(table)} DROP COLUMN {self._quoted(name)}")

    def fill_empty(self, table: str, column: str, source: str) -> None:
        """Fill a column from another of the same table, where it is empty."""
        of, to, from_ = self._quoted(table), self._quoted(column), self._quoted(source)
        self._do(f"UPDATE {of} SET {to} = {from_} WHERE {to} IS NULL")  # noqa: S608 - our names

    def bring_over(self, source: str, table: str, columns: Sequence[str], key: str) -> None:
        """Copy rows from another table, those whose key is not there yet."""
        names = ", ".join(map(self._quoted, columns))
        of, from_, by = self._quoted(table), self._quoted(source), self._quoted(key)
        self._do(
            f"INSERT INTO {of} ({names}) SELECT {names} FROM {from_} "  # noqa: S608 - our names
            f"WHERE {by} NOT IN (SELECT {by} FROM {of})"
        )

    def widen_decimal(self, table: str, column: str, scale: int, more: int) -> None:
        """Let a decimal column keep more digits after the point."""
        name = self._quoted(column)
        of = self._quoted(table)
        if self._connection.dialect.name == "sqlite":
            self._do(f"UPDATE {of} SET {name} = {name} * {10**more}")  # noqa: S608 - our names
        else:
            self._do(f"ALTER TABLE {of} ALTER COLUMN {name} TYPE NUMERIC(38, {scale})")

    def drop_index(self, name: str) -> None:
        """Drop an index if it is there."""
        self._do(f"DROP INDEX IF EXISTS {self._quoted(name)}")

    def create_index(self, index: Index) -> None:
        """Make an index."""
        self._connection.execute(CreateIndex(index))

    def is_unique(self, name: str) -> bool:
        """Tell whether there is an index of this name that forbids repetition."""
        asked = (
            "SELECT indexdef FROM pg_indexes "
            "WHERE schemaname = current_schema() AND indexname = :name"
        )
        if self._connection.dialect.name == "sqlite":
            asked = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = :name"
        found = self._connection.execute(text(asked), {"name": name}).scalar()
        return str(found).startswith("CREATE UNIQUE")

    def repeats(self, table: Table, index: IndexShape) -> bool:
        """Tell whether records already share what a unique index would forbid."""
        columns = ", ".join(self._quoted(name) for name in index.columns)
        filled = " AND ".join(f"{self._quoted(name)} IS NOT NULL" for name in index.columns)
        found = self._connection.execute(
            text(
                f"SELECT 1 FROM {self._quoted(table.name)} "  # noqa: S608 - our names
                f"WHERE deleted_at IS NULL AND {filled} "
                f"GROUP BY {columns} HAVING count(*) > 1 LIMIT 1"
            )
        )
        return found.first() is not None

    def _do(self, statement: str) -> None:
        # A literal % would be a placeholder to the driver.
        assert "%" not in statement
        self._connection.exec_driver_sql(statement)


def lone(table: str, *columns: Column[Any]) -> Table:
    """Describe a table by some of its columns."""
    return Table(table, MetaData(), *columns)
