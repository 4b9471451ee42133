"""How is each database opened, so that transactions are what they promise?"""

from __future__ import annotations

import time
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import QueuePool

from runtime.store.feel.functions import register
from runtime.store.query.buckets import local_day

BUSY_MILLISECONDS = 30_000
RESTED = 5.0
"""Seconds of rest after which a connection to a server is tried before it is used."""
_RESTS_SINCE = "rests_since"
POSTGRES = ("postgresql", "postgres")
_SQLITE = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)


@dataclass(frozen=True)
class Engines:
    """The two ways into a workspace."""

    writing: Engine
    reading: Engine
    """Changes nothing, whatever is asked of it."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writing.dialect.name

    def fresh(self, cache: MutableMapping[Any, Any]) -> Engines:
        """Return the same ways with another memory of compiled statements."""
        return Engines(
            self.writing.execution_options(compiled_cache=cache),
            self.reading.execution_options(compiled_cache=cache),
        )

    def close(self) -> None:
        """Let go of all connections."""
        self.writing.dispose()
        self.reading.dispose()


def open_engines(url: str) -> Engines:
    """Open a workspace: `sqlite:///file`, or `postgresql://…?schema=name`.

    Raises ArgumentError for what is neither.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Engines(_open_sqlite(parsed, 1), _open_sqlite(parsed, 12, "PRAGMA query_only = ON"))
    if parsed.get_backend_name() not in POSTGRES:
        raise ArgumentError(f"no such kind of database: {parsed.get_backend_name()}")
    engine = _open_postgres(parsed)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(engine, reading)


def _open_sqlite(url: URL, size: int, *more: str) -> Engine:
    assert url.database, "a workspace is a file"
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=20,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, (*_SQLITE, *more)))
    event.listen(engine, "begin", _begin_reading if more else _begin_writing)
    return engine


def _prepare_sqlite(pragmas: Iterable[str], connection: Any, _record: object) -> None:
    # The driver would begin transactions too late, and never for DDL.
    connection.isolation_level = None
    connection.create_function("local_day", 2, local_day, deterministic=True)
    register(connection)
    for pragma in pragmas:
        connection.execute(pragma)


def _begin_writing(connection: Connection) -> None:
    _driver(connection).execute("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    _driver(connection).execute("BEGIN")


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _open_postgres(url: URL) -> Engine:
    query = dict(url.query)
    schema = str(query.pop("schema", "dougong"))
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        pool_size=10,
        max_overflow=20,
        pool_use_lifo=True,
        connect_args={"options": _postgres_options(schema), "prepare_threshold": 3},
    )
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_wake, engine.dialect))
    with engine.begin() as connection:
        quoted = engine.dialect.identifier_preparer.quote_identifier(schema)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
    return engine


def _note_rest(_connection: object, record: Any) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _wake(dialect: Dialect, connection: Any, record: Any, _proxy: object) -> None:
    """Try a connection that has rested for a while: the server may have gone meanwhile. One that
    was used a moment ago is not tried, which would cost a round trip on each transaction."""
    since = record.info.get(_RESTS_SINCE)
    if since is None or time.monotonic() - since < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as lost:
        raise DisconnectionError from lost


def _postgres_options(schema: str) -> str:
    settings = {
        "search_path": schema,
        "timezone": "UTC",
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
        "client_min_messages": "warning",
        # To compile a statement takes longer than to find the few records of a page.
        "jit": "off",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
