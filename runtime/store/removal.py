"""What is there of an app in a workspace, and how does it go?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Table,
    column,
    delete,
    func,
    select,
    table,
    update,
)

from runtime.store.approval_tables import approval, entrusted
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.shape import from_data
from runtime.store.naming import search_table
from runtime.store.notice_tables import delivery, delivery_attempt, notice, signed_link
from runtime.store.origin_tables import kept_app
from runtime.store.platform_tables import (
    METADATA,
    event,
    evidence,
    file_use,
    idempotency,
    import_line,
    import_run,
    job,
    package,
    sequence,
    task,
)
from runtime.store.rule_tables import rule_begun, rule_run, task_term

if TYPE_CHECKING:
    from runtime.store.unit import Unit

STAYS = ("event",)
"""What happened is never deleted."""
ASLEEP = "asleep"
"""The state of to-dos and work of an app that is not there but whose data is."""


@dataclass(frozen=True, kw_only=True)
class Gone:
    """What was removed of an app."""

    records: Mapping[str, int]
    """By form, how many."""
    rows: Mapping[str, int]
    """By table of the platform, how many rows that were about the app."""
    contents: tuple[str, ...]
    """The digests of files whose bytes nothing needs any more."""


class Removal:
    """Takes one app out of a workspace, inside a transaction."""

    def __init__(self, unit: Unit, app: str) -> None:
        self._unit, self._connection, self._app = unit, unit.connection, app
        self._shape = from_data(unit.packages.shape(app) or {})

    def records(self) -> dict[str, int]:
        """Return how many records each form has, deleted ones that can be restored included."""
        return {form.id: self._count(table(form.table)) for form in self._shape.values()}

    def ids(self, form: str) -> tuple[str, ...]:
        """Return the ids of all records of a form, deleted ones included."""
        main = table(self._shape[form].table, column("id"))
        return tuple(self._connection.scalars(select(main.c.id).order_by(main.c.id)))

    def log(self) -> Iterator[Mapping[str, Any]]:
        """Yield what happened in the app, as the log has it."""
        asked = select(event).where(event.c.app == self._app).order_by(event.c.id)
        for row in self._connection.execute(asked):
            yield dict(row._mapping)

    def files(self) -> tuple[str, ...]:
        """Return the ids of the files that stand anywhere in the app."""
        return tuple(sorted(self._used_files()))

    def tables(self) -> Iterator[str]:
        """Yield the tables that hold the app's records, those in the trash included."""
        for form in self._shape.values():
            yield form.table
            yield from (field.table for field in form.fields.values() if field.table)
        for dropped in self._unit.packages.trash(self._app):
            if dropped.kind != "column":
                yield dropped.place["table"]
                yield from dropped.place.get("sides", {}).values()

    def remains(self) -> int:
        """Return how many entries of the log are about the app: they stay whatever happens."""
        return self._count(event, event.c.app == self._app)

    def keep(self) -> None:
        """Stop serving the app and leave its data where it is, for when it comes back."""
        kept = select(package.c.app, package.c.version, package.c.revision, package.c.shape)
        chosen = kept.where(package.c.app == self._app)
        self._connection.execute(kept_app.insert().from_select(list(kept_app.c.keys()), chosen))
        for table_, which in self._waiting():
            self._connection.execute(update(table_).where(which).values(state=ASLEEP))
        self._unit.packages.forget(self._app)

    def wake(self) -> None:
        """Let what fell asleep as the app was taken away go on, now that it is back."""
        for table_, state in ((task, "open"), (job, "waiting")):
            mine = task.c.app == self._app if table_ is task else job.c.id.in_(self._jobs())
            asleep = update(table_).where(mine, table_.c.state == ASLEEP)
            self._connection.execute(asleep.values(state=state))

    def drop(self) -> Gone:
        """Remove everything that is about the app, except the log of what happened."""
        records, used = self.records(), self._used_files()
        jobs = self._jobs()
        rows = {linked.name: self._delete(linked, which) for linked, which in self._linked()}
        rows[job.name] = sum(self._delete(job, job.c.id == id_) for id_ in jobs)
        ddl = Ddl(self._connection)
        for name in tuple(self.tables()):
            ddl.drop_table(name)
        if self._unit.store.dialect == "sqlite":
            for form in self._shape:
                ddl.drop_table(search_table(self._app, form))
        for mine in reversed(METADATA.sorted_tables):
            if "app" in mine.c and mine.name not in STAYS:
                rows[mine.name] = self._delete(mine, mine.c.app == self._app)
        contents = tuple(self._forget_files(used))
        return Gone(
            records=records,
            rows={name: count for name, count in sorted(rows.items()) if count},
            contents=contents,
        )

    def _linked(self) -> Iterator[tuple[Table, ColumnElement[bool]]]:
        """Yield what belongs to the app by something else that does, in an order that holds."""
        notices, tasks = self._ids(notice), self._ids(task)
        deliveries = select(delivery.c.id).where(delivery.c.notice.in_(notices))
        records = select(event.c.record).where(event.c.app == self._app)
        yield delivery_attempt, delivery_attempt.c.delivery.in_(deliveries)
        yield delivery, delivery.c.notice.in_(notices)
        yield signed_link, signed_link.c.task.in_(tasks)
        yield task_term, task_term.c.task.in_(tasks)
        yield entrusted, entrusted.c.approval.in_(self._ids(approval))
        yield rule_begun, rule_begun.c.run.in_(self._ids(rule_run))
        yield import_line, import_line.c.run.in_(self._ids(import_run))
        yield idempotency, idempotency.c.record.in_(records)
        yield sequence, sequence.c.key.startswith(f"{self._app}/", autoescape=True)

    def _ids(self, of: Table) -> Select[Any]:
        return select(of.c.id).where(of.c.app == self._app)

    def _waiting(self) -> Iterator[tuple[Table, ColumnElement[bool]]]:
        yield task, (task.c.app == self._app) & (task.c.state == "open")
        mine = (job.c.id.in_(self._jobs())) & (job.c.state == "waiting") & job.c.person.is_(None)
        yield job, mine

    def _jobs(self) -> tuple[str, ...]:
        """Return the work whose arguments name the app, or something of it."""
        owners = [each for each in METADATA.tables.values() if {"app", "id"} <= set(each.c.keys())]
        rows = self._connection.execute(select(job.c.id, job.c.arguments)).all()
        named = {id_: set(_texts(arguments)) for id_, arguments in rows}
        whole: set[str] = set().union(*named.values())
        mine = {self._app} & whole
        for owner in owners:
            chosen = select(owner.c.id).where(owner.c.app == self._app, owner.c.id.in_(whole))
            mine |= set(self._connection.scalars(chosen))
        known = select(delivery.c.id).where(
            delivery.c.notice.in_(self._ids(notice)), delivery.c.id.in_(whole)
        )
        mine |= set(self._connection.scalars(known))
        return tuple(id_ for id_, texts in named.items() if texts & mine)

    def _used_files(self) -> set[str]:
        used: CompoundSelect[Any] = (
            select(file_use.c.file)
            .where(file_use.c.app == self._app)
            .union(
                select(evidence.c.file).where(evidence.c.app == self._app),
                select(import_run.c.file).where(import_run.c.app == self._app),
            )
        )
        return set(self._connection.scalars(used))

    def _forget_files(self, ids: set[str]) -> Iterator[str]:
        """Forget those files that nothing else uses; yield the digests that belong to none now."""
        holders = (file_use.c.file, evidence.c.file, import_run.c.file)
        for id_ in sorted(ids):
            if any(self._count(of.table, of == id_) for of in holders):
                continue
            stored = self._unit.files.one(id_)
            if stored is not None and self._unit.files.forget(id_):
                yield stored.sha256

    def _count(self, of: Any, which: ColumnElement[bool] | None = None) -> int:
        asked = select(func.count()).select_from(of)
        asked = asked if which is None else asked.where(which)
        return int(self._connection.execute(asked).scalar_one())

    def _delete(self, of: Table, which: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(of).where(which)).rowcount


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _texts(inside)
