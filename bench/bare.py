"""Through what does somebody write who wants nothing but the rows?"""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, event


def bare_engine(url: str) -> Engine:
    """Return an engine of its own on the database of a workspace, with the same settings."""
    if not url.startswith("sqlite"):
        return create_engine(url, connect_args={"options": "-c search_path=dougong"})
    engine = create_engine(url)
    _as_ours(engine)
    return engine


def _as_ours(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3's connection
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
