"""Which rules went off, for what reason, and what came of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.app import Form
from engine.wording import Message
from runtime.store.rule_tables import rule_begun, rule_look, rule_mark, rule_run
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["done", "waiting", "failed", "stopped"]
"""Waiting is what asked another system and has not heard yet."""


@dataclass(frozen=True, kw_only=True)
class RuleRun:
    """One firing of a rule."""

    id: str
    key: str
    """The occurrence: the same one fires once."""
    app: str
    rule: str
    form: str
    record: str | None = None
    title: str | None = None
    """What the record was called then."""
    cause: str | None = None
    """The event that it follows from; none if it was the clock."""
    depth: int = 0
    """How many rules before it brought it here."""
    state: State = "done"
    reason: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What its condition read, by path."""
    steps: Sequence[Mapping[str, Any]] = ()
    """What came of each action: its `type`, `state` and what it did."""
    problem: Message | None = None
    """Why it failed or was stopped."""
    tries: int = 1
    milliseconds: int = 0
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One occurrence that time brought about, noticed."""

    record: str
    base: datetime | date
    number: int = 0

    @property
    def occurrence(self) -> str:
        """What tells it from others of the same rule and record."""
        return f"{self.base.isoformat()}#{self.number}"


class RuleRuns:
    """The ledger of rules: each occurrence once, and what came of it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def begin(self, run: RuleRun) -> bool:
        """Write down that a rule goes off; False if this occurrence was dealt with before."""
        added = self._connection.execute(
            self._insert(rule_run)
            .values(_row(run))
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(rule_run.c.id)
        )
        return added.scalar() is not None

    def end(self, run: RuleRun) -> None:
        """Write down what came of it."""
        row = _row(run)
        self._connection.execute(update(rule_run).where(rule_run.c.id == run.id).values(row))

    def undo(self, run: RuleRun) -> None:
        """Forget a firing that did not happen after all."""
        self._connection.execute(delete(rule_run).where(rule_run.c.id == run.id))

    def keep(self, run: str, text: str) -> None:
        """Keep the file of the rule as it was when a firing began."""
        self._connection.execute(self._insert(rule_begun).values(run=run, text=text))

    def begun_with(self, run: str) -> str | None:
        """Return the file of the rule as it was when a firing began, if it was kept."""
        asked = select(rule_begun.c.text).where(rule_begun.c.run == run)
        return self._connection.execute(asked).scalar()

    def let_go(self, run: str) -> None:
        """Forget it: the firing is not gone on with."""
        self._connection.execute(delete(rule_begun).where(rule_begun.c.run == run))

    def known(self, key: str) -> bool:
        """Tell whether an occurrence was dealt with."""
        asked = select(rule_run.c.id).where(rule_run.c.key == key)
        return self._connection.execute(asked).first() is not None

    def by_key(self, key: str) -> RuleRun | None:
        """Return what came of an occurrence."""
        row = self._connection.execute(select(rule_run).where(rule_run.c.key == key)).first()
        return _run(row) if row else None

    def one(self, id_: str, *, hold: bool = False) -> RuleRun | None:
        """Return one firing; `hold` keeps others from it until this transaction ends."""
        asked = select(rule_run).where(rule_run.c.id == id_)
        row = self._connection.execute(asked.with_for_update() if hold else asked).first()
        return _run(row) if row else None

    def of_app(
        self,
        app: str,
        *,
        rule: str | None = None,
        state: str | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> tuple[RuleRun, ...]:
        """Return the firings of an app's rules, latest first; `before` is the last id seen."""
        asked = select(rule_run).where(rule_run.c.app == app)
        if rule is not None:
            asked = asked.where(rule_run.c.rule == rule)
        if state is not None:
            asked = asked.where(rule_run.c.state == state)
        if before is not None:
            asked = asked.where(rule_run.c.id < before)
        rows = self._connection.execute(asked.order_by(rule_run.c.id.desc()).limit(limit))
        return tuple(map(_run, rows))

    def of_record(self, record: str, limit: int = 50) -> tuple[RuleRun, ...]:
        """Return the firings about a record, latest first."""
        asked = select(rule_run).where(rule_run.c.record == record)
        rows = self._connection.execute(asked.order_by(rule_run.c.id.desc()).limit(limit))
        return tuple(map(_run, rows))

    def counts(self, app: str) -> Mapping[tuple[str, str], int]:
        """Return how often each rule went off, by rule and state."""
        asked = (
            select(rule_run.c.rule, rule_run.c.state, func.count())
            .where(rule_run.c.app == app)
            .group_by(rule_run.c.rule, rule_run.c.state)
        )
        return {(row[0], row[1]): row[2] for row in self._connection.execute(asked)}

    def mark(self, app: str, rule: str, marks: Iterable[Mark]) -> None:
        """Note occurrences, so that they are found no more."""
        rows = [
            {
                "app": app,
                "rule": rule,
                "record": one.record,
                "occurrence": one.occurrence,
                "number": one.number,
                "at": one.base if isinstance(one.base, datetime) else None,
                "day": None if isinstance(one.base, datetime) else one.base,
            }
            for one in marks
        ]
        if rows:
            self._connection.execute(self._insert(rule_mark).on_conflict_do_nothing(), rows)

    def unmark(self, app: str, rule: str, mark: Mark) -> None:
        """Forget an occurrence that did not come about after all."""
        self._connection.execute(
            delete(rule_mark).where(
                rule_mark.c.app == app,
                rule_mark.c.rule == rule,
                rule_mark.c.record == mark.record,
                rule_mark.c.occurrence == mark.occurrence,
            )
        )

    def holding(self, form: Form, people: Iterable[str], but: str) -> Mapping[str, tuple[int, str]]:
        """Return how many records of a form each of some people has under way, one record left
        out, and which was the latest of them made."""
        main = self._unit.store.tables(form).main
        wanted = tuple(people)
        ended = [stage.id for stage in form.stages.values() if stage.outcome]
        asked = (
            select(main.c.owner, func.count(), func.max(main.c.id))
            .where(main.c.owner.in_(wanted), main.c.deleted_at.is_(None), main.c.id != but)
            .group_by(main.c.owner)
        )
        if ended:
            asked = asked.where(or_(main.c.stage.is_(None), main.c.stage.not_in(ended)))
        found = {row[0]: (int(row[1]), str(row[2])) for row in self._connection.execute(asked)}
        return {person: found.get(person, (0, "")) for person in wanted}

    def arrivals(
        self, form: Form, by: str, ids: Iterable[str]
    ) -> Mapping[str, tuple[datetime, ...]]:
        """Return when the records were made that refer to some others, in order."""
        main = self._unit.store.tables(form).main
        asked = (
            select(main.c[by], main.c.created_at)
            .where(main.c[by].in_(tuple(ids)), main.c.deleted_at.is_(None))
            .order_by(main.c.created_at)
        )
        found: dict[str, tuple[datetime, ...]] = {}
        for to, at in self._connection.execute(asked):
            found[to] = (*found.get(to, ()), at)
        return found

    def looked(self, app: str, rule: str) -> datetime | None:
        """Return up to which moment a rule has looked at the clock."""
        asked = select(rule_look.c.at).where(rule_look.c.app == app, rule_look.c.rule == rule)
        return self._connection.execute(asked).scalar()

    def look(self, app: str, rule: str, at: datetime) -> None:
        """Note up to which moment a rule has looked at the clock."""
        insert = self._insert(rule_look).values(app=app, rule=rule, at=at)
        self._connection.execute(
            insert.on_conflict_do_update(index_elements=["app", "rule"], set_={"at": at})
        )


def _row(run: RuleRun) -> dict[str, Any]:
    return {**vars(run), "problem": told(run.problem) if run.problem else None}


def _run(row: Row[Any]) -> RuleRun:
    values = dict(row._mapping)
    problem = values["problem"]
    return RuleRun(**{**values, "problem": message_of(problem) if problem else None})
