"""Which approvals are under way or over, by which version of their workflow?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.adding import adding
from runtime.store.approval_tables import approval, entrusted, workflow_version
from runtime.store.entrusted import put_copies_away

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["running", "ended"]


@dataclass(frozen=True, kw_only=True)
class Approval:
    """One run of a workflow for one record."""

    id: str
    app: str
    form: str
    record: str
    workflow: str
    version: str
    """The id of the version of the workflow that it runs by, whatever became of it since."""
    submitter: str
    state: State
    outcome: str | None = None
    holds: str | None = None
    locks: Any = None
    """The fields that nobody changes meanwhile: true is all, a list those named."""
    parent: str | None = None
    """The approval that waits for this one."""
    revision: int = 1
    run: Mapping[str, Any]
    """The state of the machine, as `engine.approvals` writes it."""
    opened_at: datetime
    ended_at: datetime | None = None


class Approvals:
    """All approvals. Who changes one holds it first: others who come at the same moment wait,
    and then see what was decided."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._sqlite = unit.store.dialect == "sqlite"
        self._insert = sqlite.insert if self._sqlite else postgresql.insert

    def add(self, new: Approval) -> bool:
        """Keep a new approval; False if one of this workflow runs for the record already."""
        dialect = "sqlite" if self._sqlite else "postgresql"
        added = self._connection.execute(adding(approval, dialect, "holds"), dict(vars(new)))
        return added.scalar() is not None

    def save(self, before: Approval, after: Approval) -> bool:
        """Keep what became of it; False if somebody else was faster."""
        values = {name: value for name, value in vars(after).items() if name != "id"}
        changed = self._connection.execute(
            update(approval)
            .where(approval.c.id == before.id, approval.c.revision == before.revision)
            .values(**{**values, "revision": before.revision + 1})
        )
        return changed.rowcount == 1

    def one(self, id_: str) -> Approval | None:
        """Return an approval as it is now."""
        return self._first(select(approval).where(approval.c.id == id_))

    def held(self, id_: str) -> Approval | None:
        """Return an approval that nobody else changes until the end of this transaction."""
        return self._first(select(approval).where(approval.c.id == id_).with_for_update())

    def by_ids(self, ids: Iterable[str]) -> Mapping[str, Approval]:
        """Return several approvals, whichever of them there are."""
        wanted = tuple(set(ids))
        if not wanted:
            return {}
        rows = self._connection.execute(select(approval).where(approval.c.id.in_(wanted)))
        return {row.id: _approval(row) for row in rows}

    def of_record(self, record: str, *, running: bool = False) -> tuple[Approval, ...]:
        """Return the approvals of a record, latest first; only those under way, if wanted."""
        asked = select(approval).where(approval.c.record == record)
        if running:
            asked = asked.where(approval.c.state == "running")
        rows = self._connection.execute(asked.order_by(approval.c.id.desc()))
        return tuple(map(_approval, rows))

    def of_submitter(
        self, person: str, *, state: State | None = None, before: str | None = None, limit: int = 50
    ) -> tuple[Approval, ...]:
        """Return what a person submitted, latest first; `before` is the last id seen."""
        asked = select(approval).where(approval.c.submitter == person)
        if state is not None:
            asked = asked.where(approval.c.state == state)
        if before is not None:
            asked = asked.where(approval.c.id < before)
        rows = self._connection.execute(asked.order_by(approval.c.id.desc()).limit(limit))
        return tuple(map(_approval, rows))

    def child(self, parent: str) -> Approval | None:
        """Return the approval that a step of another waits for, or waited."""
        return self._first(select(approval).where(approval.c.parent == parent))

    def running(self, app: str | None = None) -> tuple[Approval, ...]:
        """Return everything under way, oldest first."""
        asked = select(approval).where(approval.c.state == "running")
        if app is not None:
            asked = asked.where(approval.c.app == app)
        return tuple(map(_approval, self._connection.execute(asked.order_by(approval.c.id))))

    def locks(self, record: str) -> tuple[Approval, ...]:
        """Return the approvals that keep a record, or some fields of it, as it is."""
        asked = select(approval).where(
            approval.c.record == record,
            approval.c.state == "running",
            approval.c.locks.is_not(None),
        )
        return tuple(map(_approval, self._connection.execute(asked.order_by(approval.c.id))))

    def agreed(self, record: str, since: datetime | None) -> frozenset[str]:
        """Return the workflows by which a record was agreed to since a moment."""
        asked = select(approval.c.workflow).where(
            approval.c.record == record, approval.c.outcome == "agreed"
        )
        if since is not None:
            asked = asked.where(approval.c.ended_at >= since)
        return frozenset(row[0] for row in self._connection.execute(asked))

    def keep_version(
        self, id_: str, app: str, workflow: str, definition: Any, now: datetime
    ) -> None:
        """Keep a version of a workflow; what is kept already stays."""
        row = {
            "id": id_, "app": app, "workflow": workflow, "definition": definition, "kept_at": now,
        }  # fmt: skip
        self._connection.execute(
            self._insert(workflow_version).values(row).on_conflict_do_nothing()
        )

    def version(self, id_: str) -> Any:
        """Return the definition of a version as JSON, None if it is not known."""
        asked = select(workflow_version.c.definition).where(workflow_version.c.id == id_)
        return self._connection.execute(asked).scalar_one_or_none()

    def entrust(self, task: str, approval_id: str, hide: tuple[str, ...]) -> None:
        """Note what a task does not show of its record."""
        row = {"task": task, "approval": approval_id, "hide": list(hide)}
        self._connection.execute(insert(entrusted), row)

    def put_copies_away(self, before: datetime) -> None:
        """End what copies let people see that were read before a moment."""
        put_copies_away(self._connection, before)

    def _first(self, asked: Any) -> Approval | None:
        row = self._connection.execute(asked).first()
        return _approval(row) if row else None


def _approval(row: Row[Any]) -> Approval:
    return Approval(**row._mapping)
