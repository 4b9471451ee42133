"""What does each person have to do, and what became of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, Row, func, or_, select, true, update

from engine.wording import LOCALES, Message
from runtime.store.adding import adding
from runtime.store.ids import new_id
from runtime.store.platform_tables import task
from runtime.store.query.asked import Query
from runtime.store.query.meant import Meant, about_one_of
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Kind = Literal["todo", "approve", "handle", "cc", "opinion"]
State = Literal["open", "done", "void"]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that one person has to do."""

    id: str = ""
    """Given when it is opened."""
    key: str
    """What it is for: the same key is the same task."""
    kind: Kind
    person: str
    app: str | None = None
    form: str | None = None
    record: str | None = None
    approval: str | None = None
    step: str | None = None
    title: Message
    note: str | None = None
    """More about it, or what was said when it was done."""
    due: datetime | None = None
    state: State = "open"
    outcome: str | None = None
    """How it ended: what was decided, or why nobody has to do it any more."""
    opened_at: datetime
    ended_at: datetime | None = None
    seen_at: datetime | None = None
    """When the person first opened it."""
    source: str | None = None
    """The rule that asked for it."""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "open"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which tasks of a person are looked for."""

    kinds: tuple[Kind, ...]
    states: tuple[State, ...] = ("open",)
    app: str | None = None
    form: str | None = None
    approval: str | None = None
    unseen: bool = False
    text: str = ""
    """Something that stands in the title or in what was said when it was opened."""
    called: tuple[Query, ...] = ()
    """With a text: which records are called so. What is about one of them is found too."""
    due_before: datetime | None = None
    limit: int = 50
    skip: int = 0


_LATEST = (task.c.opened_at.desc(),)
_ORDERS: Mapping[tuple[State, ...], tuple[Any, ...]] = {
    ("open",): (task.c.due.asc().nulls_last(), task.c.opened_at),
    ("done",): (task.c.ended_at.desc(),),
}


class Tasks:
    """All that people have to do; each task ends once, whoever comes first."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._dialect = unit.store.dialect

    def open(self, new: Task) -> str:
        """Give somebody something to do and return its id. The same key twice is the same task:
        what is there already stays as it is, also when it is done."""
        row = {
            **vars(new),
            "id": new.id or new_id(new.opened_at),
            "title": told(new.title),
            "found_by": _found_by(new),
        }
        added = self._connection.execute(adding(task, self._dialect, "key"), row).scalar()
        if added is None:
            known = select(task.c.id).where(task.c.key == new.key)
            return str(self._connection.execute(known).scalar_one())
        return str(added)

    def close(self, id_: str, outcome: str, at: datetime, note: str | None = None) -> bool:
        """End an open task because it was done; False if somebody was faster."""
        said = {} if note is None else {"note": note}
        return self._end(task.c.id == id_, "done", outcome, at, said) == 1

    def void(self, ids: Iterable[str], outcome: str, at: datetime) -> int:
        """End open tasks because nobody has to do them any more; return how many were open."""
        return self._end(task.c.id.in_(tuple(ids)), "void", outcome, at)

    def revive(self, record: str, outcome: str) -> None:
        """Open again what was void for a reason that holds no longer, as when a record is back."""
        void = (task.c.record == record) & (task.c.state == "void") & (task.c.outcome == outcome)
        again = {"state": "open", "outcome": None, "ended_at": None}
        self._connection.execute(update(task).where(void).values(again))

    def pass_on(self, id_: str, person: str) -> bool:
        """Give an open task to somebody else; False if it has ended. They have not seen it."""
        changed = self._connection.execute(
            update(task)
            .where(task.c.id == id_, task.c.state == "open")
            .values(person=person, seen_at=None)
        )
        return changed.rowcount == 1

    def put_due(self, id_: str, due: datetime | None) -> bool:
        """Change until when an open task is to be done; False if it has ended."""
        changed = self._connection.execute(
            update(task).where(task.c.id == id_, task.c.state == "open").values(due=due)
        )
        return changed.rowcount == 1

    def see(self, id_: str, person: str, at: datetime) -> bool:
        """Remember that a person opened their task; False if it isn't theirs or was seen before."""
        changed = self._connection.execute(
            update(task)
            .where(task.c.id == id_, task.c.person == person, task.c.seen_at.is_(None))
            .values(seen_at=at)
        )
        return changed.rowcount == 1

    def one(self, id_: str) -> Task | None:
        """Return one task."""
        return next(iter(self._where(task.c.id == id_)), None)

    def with_key(self, key: str) -> Task | None:
        """Return the task that was opened under a key."""
        return next(iter(self._where(task.c.key == key)), None)

    def open_with(self, beginning: str) -> tuple[Task, ...]:
        """Return the open tasks whose keys begin alike."""
        return self._where(
            task.c.key.startswith(beginning, autoescape=True) & (task.c.state == "open")
        )

    def of_person(self, person: str, asked: Asked) -> tuple[Task, ...]:
        """Return tasks of a person: open ones by when they are due, then by age; ended ones, and
        both together, the latest first."""
        said = self._said(asked)
        found = select(task).where(*_conditions(person, asked), said.condition)
        found = found.order_by(*_ORDERS.get(asked.states, _LATEST), task.c.id)
        found = found.limit(asked.limit).offset(asked.skip)
        rows = self._connection.execute(found, dict(said.given))
        return tuple(map(_task, rows))

    def count(self, person: str, asked: Asked) -> int:
        """Return how many there are of what is looked for."""
        said = self._said(asked)
        found = select(func.count()).select_from(task)
        found = found.where(*_conditions(person, asked), said.condition)
        return int(self._connection.execute(found, dict(said.given)).scalar_one())

    def counts(self, person: str, app: str | None = None) -> Mapping[Kind, int]:
        """Return how many open tasks of each kind a person has, in all apps or in one."""
        found = select(task.c.kind, func.count()).where(
            task.c.person == person, task.c.state == "open"
        )
        if app is not None:
            found = found.where(task.c.app == app)
        rows = self._connection.execute(found.group_by(task.c.kind))
        return {row[0]: row[1] for row in rows}

    def places(self, person: str, asked: Asked) -> tuple[tuple[str, str], ...]:
        """Return the apps and forms that a person has such tasks about."""
        found = select(task.c.app, task.c.form).where(
            *_conditions(person, asked), task.c.form.is_not(None)
        )
        rows = self._connection.execute(found.distinct().order_by(task.c.app, task.c.form))
        return tuple((row.app, row.form) for row in rows)

    def of_record(self, record: str, *, state: State | None = None) -> tuple[Task, ...]:
        """Return what there is or was to do about a record, in the order of opening."""
        which = task.c.record == record
        return self._where(which if state is None else which & (task.c.state == state))

    def of_approval(self, approval: str, *, state: State | None = None) -> tuple[Task, ...]:
        """Return what there is or was to do for an approval, in the order of opening."""
        which = task.c.approval == approval
        return self._where(which if state is None else which & (task.c.state == state))

    def loads(self, people: Iterable[str]) -> Mapping[str, int]:
        """Return how many open tasks people have; who has none is not named."""
        found = (
            select(task.c.person, func.count())
            .where(task.c.person.in_(tuple(set(people))), task.c.state == "open")
            .group_by(task.c.person)
        )
        return {row[0]: row[1] for row in self._connection.execute(found)}

    def _said(self, asked: Asked) -> Meant:
        """Return the condition for what the text is found in."""
        if not asked.text:
            return Meant(true(), {})
        about = about_one_of(self._unit, task, asked.called)
        told = task.c.found_by.contains(asked.text.lower(), autoescape=True)
        return Meant(or_(told, about.condition), about.given)

    def _where(self, which: ColumnElement[bool]) -> tuple[Task, ...]:
        rows = self._connection.execute(select(task).where(which).order_by(task.c.id))
        return tuple(map(_task, rows))

    def _end(
        self,
        which: ColumnElement[bool],
        state: State,
        outcome: str,
        at: datetime,
        said: Mapping[str, Any] | None = None,
    ) -> int:
        ended = {"state": state, "outcome": outcome, "ended_at": at, **(said or {})}
        changed = self._connection.execute(
            update(task).where(which, task.c.state == "open").values(ended)
        )
        return changed.rowcount


def _conditions(person: str, asked: Asked) -> list[ColumnElement[bool]]:
    found = [
        task.c.person == person,
        task.c.state.in_(asked.states),
        task.c.kind.in_(asked.kinds),
    ]
    equal = (("app", asked.app), ("form", asked.form), ("approval", asked.approval))
    found += [task.c[name] == value for name, value in equal if value is not None]
    if asked.unseen:
        found.append(task.c.seen_at.is_(None))
    if asked.due_before is not None:
        found.append(task.c.due < asked.due_before)
    return found


def _found_by(new: Task) -> str:
    # In both languages where the title is an author's; others differ by what fills their blanks.
    said = (new.title.fill(locale=locale) for locale in LOCALES)
    return "\n".join(dict.fromkeys([*said, new.note or ""])).lower()


def _task(row: Row[Any]) -> Task:
    values = dict(row._mapping)
    del values["found_by"]
    return Task(**{**values, "title": message_of(values["title"])})
