"""How is each database opened, so that transactions are what they promise?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from runtime.store.query.buckets import local_day

WRITING = "dougong_writing"
"""The execution option that marks a connection for writing."""
BUSY_MILLISECONDS = 30_000
_SQLITE = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)


def open_engine(url: str) -> Engine:
    """Open a workspace: `sqlite:///file`, or `postgresql://…?schema=name`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    return _open_postgres(parsed)


def _open_sqlite(url: URL) -> Engine:
    assert url.database, "a workspace is a file"
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=12,
        max_overflow=20,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions too late, and never for DDL.
    connection.isolation_level = None
    connection.create_function("local_day", 2, local_day, deterministic=True)
    for pragma in _SQLITE:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _open_postgres(url: URL) -> Engine:
    query = dict(url.query)
    schema = str(query.pop("schema", "dougong"))
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        pool_size=10,
        max_overflow=20,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={"options": _postgres_options(schema), "prepare_threshold": 3},
    )
    with engine.begin() as connection:
        quoted = engine.dialect.identifier_preparer.quote_identifier(schema)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
    return engine


def _postgres_options(schema: str) -> str:
    settings = {
        "search_path": schema,
        "timezone": "UTC",
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
        "client_min_messages": "warning",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
