"""How does the runtime reach the database: one writing or reading transaction at a time?"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache

from engine.app import App, Form
from runtime.store.contents import Contents
from runtime.store.databases import open_engines
from runtime.store.job_files import JobFiles
from runtime.store.migrate.change import Migration
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.install import install
from runtime.store.migrate.restoring import empty_trash, restore
from runtime.store.platform_tables import METADATA, POSTGRES_GUARDS, SQLITE_GUARDS
from runtime.store.rollups import Total, totals_over
from runtime.store.rows import FormRows
from runtime.store.tables import FormTables, tables_of
from runtime.store.unit import Unit

STATEMENTS = 2000
"""How many compiled statements are remembered between two installations."""
_PREPARING = 4_115_001


class NestedUnit(RuntimeError):
    """A writing unit was asked for inside another one of the same thread."""


class Store:
    """One workspace: a SQLite file or a schema of a PostgreSQL database."""

    def __init__(self, url: str, files: Path | None = None) -> None:
        self._opened = open_engines(url)
        self.files = Contents(files or _beside(url))
        """The bytes of uploaded files; by default in a folder beside the database file."""
        self.job_files = JobFiles((files or _beside(url)).with_name("job_files"))
        """What jobs make for people to download."""
        self.work = threading.Event()
        """Set when work for later was saved by this process: who does such work waits for it."""
        self.dialect = self._opened.dialect
        self._apps: Mapping[str, App] = {}
        self._totals: dict[tuple[str, str], tuple[Total, ...]] = {}
        self._parents: dict[tuple[str, str], tuple[tuple[Form, str], ...]] = {}
        self._rows: dict[tuple[str, str], FormRows] = {}
        self._writer = threading.Lock()
        self._inside = threading.local()
        self._forget_statements()
        self._prepare()

    @property
    def apps(self) -> Mapping[str, App]:
        """The apps whose records are served; read it anew each time."""
        return self._apps

    def serve(self, app: App) -> None:
        """Answer for the records of an app whose tables are there."""
        # Replaced, not changed: other threads may be looking.
        self._apps = {**self._apps, app.id: app}
        self._totals = {}
        self._parents = {}

    def withdraw(self, app: str) -> None:
        """Answer for the records of an app no longer."""
        self._apps = {id_: one for id_, one in self._apps.items() if id_ != app}
        self._totals, self._parents = {}, {}
        self._forget_statements()

    def totals(self, form: Form) -> tuple[Total, ...]:
        """Return every stored total over the records of a form."""
        known = self._totals.get((form.app, form.id))
        if known is None:
            known = totals_over(self._apps.values(), form)
            self._totals[form.app, form.id] = known
        return known

    def timeline_parents(self, form: Form) -> tuple[tuple[Form, str], ...]:
        """Return the forms that show a form's records in their timeline, and by which of its
        reference fields."""
        known = self._parents.get((form.app, form.id))
        if known is None:
            app = self._apps.get(form.app)
            known = self._parents[form.app, form.id] = tuple(
                (other, related.by)
                for other in (app.forms.values() if app else ())
                for related in other.definition.related
                if related.timeline and related.form == form.id
            )
        return known

    def form(self, app: str, name: str) -> Form | None:
        """Return a form by its name as another form refers to it: `form` or `app.form`."""
        other, _, form = name.rpartition(".")
        found = self._apps.get(other or app)
        return found.forms.get(form) if found else None

    def tables(self, form: Form) -> FormTables:
        """Return the tables of a form."""
        return self.rows(form).tables

    def rows(self, form: Form) -> FormRows:
        """Return the rows of a form; described once per version of its definition."""
        known = self._rows.get((form.app, form.id))
        if known is not None and known.form is form:
            return known
        rows = FormRows(form, tables_of(form, self.dialect))
        self._rows[form.app, form.id] = rows
        return rows

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One writing transaction: kept when the block ends, undone when it raises."""
        self._enter()
        try:
            with self._engines.writing.connect() as connection, connection.begin() as transaction:
                unit = Unit(self, connection, transaction)
                yield unit
            if unit.left_work:
                self.work.set()
        finally:
            self._leave()

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """One reading transaction, which sees the database as it was at its first question."""
        with self._engines.reading.connect() as connection, connection.begin() as transaction:
            yield Unit(self, connection, transaction)

    def install(self, app: App, files: Mapping[str, bytes], now: datetime) -> Migration:
        """Bring the tables to what an app's definitions say, keep its files, and serve it: all
        of it or nothing."""
        with self.installation(app) as unit:
            unit.upgrades.keep_base(app.id, files)
            return install(unit, app, files, now)

    @contextmanager
    def installation(self, app: App) -> Iterator[Unit]:
        """One writing transaction in which an app is served as it will be: whoever installs it
        may write more along with that. If it fails, the former app is served on."""
        before = self._apps
        try:
            with self.unit() as unit:
                self._wait_as_long_as_it_takes(unit.connection)
                before = self._apps
                self.serve(app)
                yield unit
        except BaseException:
            self._apps, self._totals, self._parents = before, {}, {}
            raise
        self._forget_statements()

    def restore(self, id_: str) -> bool:
        """Bring something back that an upgrade dropped; False if the app has no place for it now,
        or if it was brought back already."""
        with self.unit() as unit:
            self._wait_as_long_as_it_takes(unit.connection)
            return restore(unit, id_)

    def empty_trash(self, before: datetime) -> int:
        """Drop for good what upgrades dropped before a moment, and return how many things."""
        with self.unit() as unit:
            self._wait_as_long_as_it_takes(unit.connection)
            emptied = empty_trash(unit, before)
        self._forget_statements()
        return emptied

    def close(self) -> None:
        """Let go of all connections."""
        self._opened.close()

    def _enter(self) -> None:
        if getattr(self._inside, "a_unit", False):
            raise NestedUnit("a unit is open already; hand it over instead of opening another")
        # PostgreSQL lets writers in side by side; on SQLite they queue here, fairly and cheaply,
        # instead of in the database's own busy loop.
        if self.dialect == "sqlite":
            self._writer.acquire()
        self._inside.a_unit = True

    def _leave(self) -> None:
        self._inside.a_unit = False
        if self.dialect == "sqlite":
            self._writer.release()

    def _forget_statements(self) -> None:
        # Statements that were compiled for former tables would keep those alive for ever.
        self._engines = self._opened.fresh(LRUCache(STATEMENTS))

    def _prepare(self) -> None:
        with self.unit() as unit:
            self._wait_as_long_as_it_takes(unit.connection)
            known = set(inspect(unit.connection).get_table_names())
            new = [table for table in METADATA.sorted_tables if table.name not in known]
            METADATA.create_all(unit.connection, new, checkfirst=False)
            _widen(unit.connection, known)
            for guard in _missing_guards(unit.connection):
                unit.connection.exec_driver_sql(guard)

    def _wait_as_long_as_it_takes(self, connection: Connection) -> None:
        if self.dialect == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            # For whoever prepares or upgrades now one waits; for a lock on a table not for long.
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_PREPARING})"))
            connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


def _missing_guards(connection: Connection) -> Sequence[str]:
    """Return what is still to be said to the database. To make a trigger anew would wait for all
    who write, and hold up all who come after."""
    if connection.dialect.name == "sqlite":
        return SQLITE_GUARDS
    there = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal"
    )
    return () if there.scalar() else POSTGRES_GUARDS


_COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
    "WHERE t.type = 'table'",
    "postgresql": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema()",
}


def _widen(connection: Connection, known: set[str]) -> None:
    """Add the columns to tables of the platform that an older version made without them."""
    rows = connection.exec_driver_sql(_COLUMNS[connection.dialect.name])
    there = {(row[0], row[1]) for row in rows}
    for table in METADATA.sorted_tables:
        for column in table.columns if table.name in known else ():
            if (table.name, column.name) not in there:
                Ddl(connection).add_column(table.name, column)


def _beside(url: str) -> Path:
    database = make_url(url).database or ""
    return Path(database).parent / "files" if url.startswith("sqlite") else Path("var/home/files")
