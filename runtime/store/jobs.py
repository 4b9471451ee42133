"""Which work is left for later, and who is doing it now?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, Row, delete, select, update

from engine.wording import Message
from runtime.store import turns
from runtime.store.adding import adding
from runtime.store.ids import new_id
from runtime.store.platform_tables import job
from runtime.store.turns import COLUMNS

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["waiting", "running", "done", "failed"]
OPEN: tuple[State, ...] = ("waiting", "running")
ENDED: tuple[State, ...] = ("done", "failed")


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work for later."""

    id: str
    kind: str
    key: str
    arguments: Mapping[str, Any]
    person: str | None
    """Who asked for it: it is done with the rights that they have then."""
    state: State
    due: datetime | None
    """Not before this moment; None is at once."""
    token: str | None
    """Who does it now: only they can bring it to an end."""
    tries: int
    lost: int
    """How many of the tries ended without a word, as when a process is killed."""
    done: int
    total: int | None
    result: Mapping[str, Any]
    problem: Message | None
    created_at: datetime
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN


class Jobs:
    """All work for later. Saved in the transaction of what causes it, so that neither is there
    without the other; leases are measured by the one clock of the database."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._dialect = unit.store.dialect
        self.some_saved = False
        """Whether something was saved that could be done at once."""

    def save(
        self,
        kind: str,
        arguments: Mapping[str, Any],
        now: datetime,
        *,
        person: str | None = None,
        key: str | None = None,
        due: datetime | None = None,
    ) -> str:
        """Leave some work and return its id. The same key twice is the same work: what is there
        already stays as it is."""
        id_ = new_id(now)
        row = {
            "id": id_,
            "kind": kind,
            "key": key or id_,
            "arguments": arguments,
            "person": person,
            "state": "waiting",
            "due": due,
            "tries": 0,
            "lost": 0,
            "done": 0,
            "created_at": now,
        }
        added = self._connection.execute(adding(job, self._dialect, "key"), row)
        if added.scalar() is None:
            known = select(job.c.id).where(job.c.key == row["key"])
            return str(self._connection.execute(known).scalar_one())
        self.some_saved = True
        return id_

    def due(self, limit: int, at: datetime | None = None) -> tuple[str, ...]:
        """Return the ids of what could be done now, or at another moment, longest due first."""
        asked = turns.all_due(self._dialect)
        return tuple(self._connection.execute(asked, {"limit": limit, "at": at}).scalars())

    def any_due(self, kinds: Iterable[str], at: datetime | None = None) -> bool:
        """Tell whether there is something to be done, of the kinds that one can do."""
        asked = turns.first(self._dialect, hold=False)
        given = {"kinds": tuple(kinds), "at": at}
        return self._connection.execute(asked, given).first() is not None

    def claim_next(self, leases: Mapping[str, float], at: datetime | None = None) -> Job | None:
        """Take what is to be done first, of the kinds that one can do, for so many seconds each:
        what somebody lost, then what is to be done at once, then what is overdue longest."""
        asked = turns.first(self._dialect, hold=True)
        row = self._connection.execute(asked, {"kinds": tuple(leases), "at": at}).first()
        return self._take(row.id, leases[row.kind]) if row else None

    def claim(self, seconds: float, id_: str, at: datetime | None = None) -> Job | None:
        """Take some work for so many seconds; None if it is not to be done now, or somebody else
        has it."""
        asked = turns.this(self._dialect)
        free = self._connection.execute(asked, {"wanted": id_, "at": at}).scalar()
        return self._take(id_, seconds) if free else None

    def _take(self, id_: str, seconds: float) -> Job:
        given = {
            "wanted": id_,
            "holder": secrets.token_hex(8),
            "span": turns.span(self._dialect, seconds),
        }
        return _job(self._connection.execute(turns.take(self._dialect), given).one())

    def beat(self, held: Job, seconds: float, done: int, total: int | None) -> bool:
        """Say how far it is and keep it for so many seconds more; False if it was lost."""
        return self._change(held, lease=self._moment(seconds), done=done, total=total)

    def note(self, held: Job, result: Mapping[str, Any]) -> bool:
        """Keep what is known so far, for who looks and for who does the rest; False if it was
        lost."""
        return self._change(held, result=result)

    def end(self, held: Job, result: Mapping[str, Any]) -> bool:
        """Say that it is done; False if it was lost to somebody else meanwhile, so that whatever
        was done in this transaction must be undone."""
        return self._change(
            held, state="done", result=result, problem=None, ended_at=self._moment(0)
        )

    def fail(self, held: Job, problem: Message) -> bool:
        """Say why it will never be done; False if it was lost."""
        return self._change(held, state="failed", problem=_told(problem), ended_at=self._moment(0))

    def put_off(
        self, held: Job, seconds: float, problem: Message | None = None, *, anew: bool = False
    ) -> bool:
        """Let it be done later; `anew` forgets the tries so far. False if it was lost."""
        counters: dict[str, Any] = {"tries": 0, "lost": 0} if anew else {}
        told = _told(problem) if problem else None
        later = self._moment(seconds)
        return self._change(held, state="waiting", due=later, problem=told, **counters)

    def retry(self, id_: str, person: str) -> bool:
        """Do what a person asked for once more after it failed; False if there is nothing."""
        changed = self._connection.execute(
            update(job)
            .where(job.c.id == id_, job.c.person == person, job.c.state == "failed")
            .values(state="waiting", due=None, tries=0, lost=0, done=0, problem=None, ended_at=None)
        )
        self.some_saved = self.some_saved or changed.rowcount > 0
        return changed.rowcount > 0

    def one(self, id_: str) -> Job | None:
        """Return one job."""
        return next(iter(self.by_ids((id_,))), None)

    def by_ids(self, ids: Iterable[str]) -> tuple[Job, ...]:
        """Return several jobs, whichever of them are known."""
        rows = self._connection.execute(select(*COLUMNS).where(job.c.id.in_(tuple(set(ids)))))
        return tuple(map(_job, rows))

    def of_person(
        self,
        person: str,
        kinds: Iterable[str],
        *,
        states: tuple[State, ...] = (*OPEN, *ENDED),
        limit: int = 50,
    ) -> tuple[Job, ...]:
        """Return what a person asked for, latest first."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .where(job.c.person == person, job.c.kind.in_(tuple(kinds)), job.c.state.in_(states))
            .order_by(job.c.id.desc())
            .limit(limit)
        )
        return tuple(map(_job, rows))

    def of_kind(self, kind: str, *, limit: int = 50) -> tuple[Job, ...]:
        """Return work of a kind, whoever asked for it, latest first."""
        asked = select(*COLUMNS).where(job.c.kind == kind).order_by(job.c.id.desc()).limit(limit)
        return tuple(map(_job, self._connection.execute(asked)))

    def latest(self, kind: str) -> Job | None:
        """Return the newest job of a kind."""
        asked = select(*COLUMNS).where(job.c.kind == kind).order_by(job.c.id.desc()).limit(1)
        return next(map(_job, self._connection.execute(asked)), None)

    def forget(self, before: datetime) -> int:
        """Forget what ended before a moment, and return how many."""
        old = delete(job).where(job.c.state.in_(ENDED), job.c.ended_at < before)
        return self._connection.execute(old).rowcount

    def _change(self, held: Job, **values: Any) -> bool:
        changed = self._connection.execute(
            update(job)
            .where(job.c.id == held.id, job.c.token == held.token, job.c.state == "running")
            .values(**values)
        )
        return changed.rowcount == 1

    def _moment(self, seconds: float) -> ColumnElement[Any]:
        return turns.moment(self._dialect, seconds)


def _told(problem: Message) -> dict[str, Any]:
    args = {name: _plain(value) for name, value in problem.args.items()}
    return {"text": problem.text, "args": args}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return _told(value)
    return value if isinstance(value, str | int | dict | list | tuple) else str(value)


def _job(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    told = values["problem"]
    values["problem"] = Message(told["text"], **told["args"]) if told else None
    values["result"] = values["result"] or {}
    return Job(**values)
