"""How does the whole content of one workspace come into another that is in use?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from runtime.store.platform_tables import METADATA, event

if TYPE_CHECKING:
    from runtime.store.store import Store
    from runtime.store.unit import Unit


def copy_workspace(source: Path, target: Path) -> None:
    """Make a SQLite workspace hold exactly what another one holds, as one transaction; open
    connections to either stay good."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def keep_schema(store: Store, name: str) -> None:
    """Keep all rows of a PostgreSQL workspace in a schema beside its own."""
    with store.unit() as unit:
        _do(unit, f'CREATE SCHEMA "{name}"')
        for table in _tables(unit):
            _do(unit, f'CREATE TABLE "{name}"."{table}" AS TABLE "{table}"')


def put_schema_back(store: Store, name: str) -> None:
    """Make a PostgreSQL workspace hold exactly the rows that were kept."""
    with store.unit() as unit:
        tables = _tables(unit)
        # The log refuses to be emptied, as it must everywhere else.
        _do(unit, f'ALTER TABLE "{event.name}" DISABLE TRIGGER USER')
        _do(unit, "TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for table in tables:
            _do(unit, f'INSERT INTO "{table}" TABLE "{name}"."{table}"')
        _do(unit, f'ALTER TABLE "{event.name}" ENABLE TRIGGER USER')


def drop_schemas(store: Store, kept: str) -> None:
    """Remove a PostgreSQL workspace for good, and the rows kept of it."""
    with store.unit() as unit:
        own = unit.connection.exec_driver_sql("SELECT current_schema()").scalar_one()
        for name in (own, kept):
            _do(unit, f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def _tables(unit: Unit) -> list[str]:
    """Return the tables of a workspace, each after those that it refers to."""
    found = set(inspect(unit.connection).get_table_names())
    platform = [table.name for table in METADATA.sorted_tables if table.name in found]
    return [*platform, *sorted(found - set(platform))]


def _do(unit: Unit, statement: str) -> None:
    unit.connection.exec_driver_sql(statement)
