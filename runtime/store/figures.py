"""How many records of each person fall into each period, and what do they add up to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, literal, null, select

from engine.app import Form
from engine.expressions import Compiled, Env
from runtime.store.feel import At, condition, parameters
from runtime.store.types import Moment, whole, words

if TYPE_CHECKING:
    from runtime.store.unit import Unit

ALL = ""
"""Stands for everybody together."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is counted."""

    form: Form
    when: str
    periods: Sequence[tuple[date, date]]
    """Oldest first; each is its first day and the day after its last."""
    zone: tzinfo
    by_owner: bool
    of: str | None
    that: Compiled | None
    condition: Compiled | None
    env: Env


@dataclass(frozen=True)
class Tally:
    """The records of one person in one period."""

    count: int = 0
    sum: Decimal = Decimal(0)
    given: int = 0
    """How many of them have the number that is summed."""
    holding: int = 0
    """For how many of them the condition of a ratio holds."""


def tallies(unit: Unit, asked: Figures) -> Mapping[tuple[str, int], Tally]:
    """Return the tallies by person and period, those with records; one question to the database."""
    main = unit.store.tables(asked.form).main
    at = At(unit.store, asked.form, main)
    within = [_between(asked, main.c[asked.when], period) for period in asked.periods]
    period = case(*((one, literal(number, whole)) for number, one in enumerate(within)))
    owner = main.c.owner if asked.by_owner else literal(ALL, words)
    of: Any = main.c[asked.of] if asked.of else null()
    holds = condition(asked.that.tree, at) if asked.that else None
    holding = func.sum(case((holds, 1), else_=0)) if holds is not None else literal(0, whole)
    where = [main.c.deleted_at.is_(None), _any(within)]
    if asked.by_owner:
        where.append(main.c.owner.is_not(None))
    if asked.condition is not None:
        where.append(condition(asked.condition.tree, at))
    total = func.sum(of, type_=of.type) if asked.of else literal(0, whole)
    grouped = (
        select(
            owner.label("owner"),
            period.label("period"),
            func.count().label("count"),
            total.label("sum"),
            func.count(of).label("given"),
            holding.label("holding"),
        )
        .where(*where)
        .group_by(*([main.c.owner] if asked.by_owner else []), period)
    )
    trees = [one.tree for one in (asked.condition, asked.that) if one is not None]
    rows = unit.connection.execute(grouped, parameters(asked.env, *trees))
    return {
        (row.owner, int(row.period)): Tally(
            int(row[2]), Decimal(row.sum or 0), int(row.given), int(row.holding or 0)
        )
        for row in rows
    }


def _between(
    asked: Figures, column: ColumnElement[Any], period: tuple[date, date]
) -> ColumnElement[bool]:
    first, after = period
    if isinstance(column.type, Moment):
        start = datetime.combine(first, time(0), asked.zone)
        return and_(column >= start, column < datetime.combine(after, time(0), asked.zone))
    return and_(column >= first, column < after)


def _any(within: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    found = within[0]
    for one in within[1:]:
        found = found | one
    return found
