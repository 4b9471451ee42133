"""How does the whole content of one workspace come into another that is in use?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

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


def copy_schema(source: Store, target: Store) -> None:
    """Make a PostgreSQL workspace, in which the same apps were just installed, hold exactly the
    rows of another one of the same database, as they are at one moment; that one is only read."""
    with source.reading() as unit:
        was = str(unit.connection.exec_driver_sql("SELECT current_schema()").scalar_one())
        wanted = _tables(unit)
    with target.unit() as unit:
        _do(unit, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _do(unit, "SET LOCAL statement_timeout = 0")
        now = str(unit.connection.exec_driver_sql("SELECT current_schema()").scalar_one())
        _follow_indexes(unit, was, now)
        _do(unit, f'ALTER TABLE "{event.name}" DISABLE TRIGGER USER')
        _do(unit, "TRUNCATE " + ", ".join(f'"{table}"' for table in _tables(unit)))
        for table in wanted:
            _copy_table(unit, f'"{was}"."{table}"', f'"{now}"."{table}"')
        _do(unit, f'ALTER TABLE "{event.name}" ENABLE TRIGGER USER')


def beside(url: str, schema: str) -> str:
    """Return the address of another workspace in the same PostgreSQL database."""
    parsed = make_url(url).update_query_dict({"schema": schema})
    return parsed.render_as_string(hide_password=False)


def drop_schema(store: Store, name: str) -> None:
    """Remove another PostgreSQL workspace of the same database for good."""
    with store.unit() as unit:
        _do(unit, f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def schemas_like(store: Store, beginning: str) -> list[str]:
    """Return the schemas of a PostgreSQL database whose names begin so."""
    with store.reading() as unit:
        names = inspect(unit.connection).get_schema_names()
    return [name for name in names if name.startswith(beginning)]


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


def _copy_table(unit: Unit, source: str, target: str) -> None:
    """Copy a table; one that no definition asks for, or such a column, waits to be restored."""
    _do(unit, f"CREATE TABLE IF NOT EXISTS {target} (LIKE {source})")
    there, columns = _columns(unit, target), _columns(unit, source)
    for name, type_ in columns.items():
        if name not in there:
            _do(unit, f'ALTER TABLE {target} ADD COLUMN "{name}" {type_}')
    names = ", ".join(f'"{name}"' for name in columns)
    _do(unit, f"INSERT INTO {target} ({names}) SELECT {names} FROM {source}")  # noqa: S608 - our names


def _columns(unit: Unit, table: str) -> dict[str, str]:
    """Return the columns that hold something of their own, with their types."""
    asked = text(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE "
        "attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    )
    return {row[0]: row[1] for row in unit.connection.execute(asked, {"table": table})}


def _follow_indexes(unit: Unit, source: str, target: str) -> None:
    """Let repeat what repeats there: a field that is unique by now may have been filled before."""
    there, here = _indexes(unit, source), _indexes(unit, target)
    for name in here.keys() & there.keys():
        if here[name].startswith("CREATE UNIQUE") and there[name].startswith("CREATE INDEX"):
            _do(unit, f'DROP INDEX "{name}"')
            _do(unit, there[name].replace(f" ON {source}.", f" ON {target}.", 1))


def _indexes(unit: Unit, schema: str) -> dict[str, str]:
    asked = text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = :schema")
    found = unit.connection.execute(asked, {"schema": schema})
    return {row.indexname: row.indexdef for row in found}


def _do(unit: Unit, statement: str) -> None:
    unit.connection.exec_driver_sql(statement)
