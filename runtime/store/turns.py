"""Whose turn is it among the work left for later, said once for each database?"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from runtime.store.platform_tables import job
from runtime.store.types import Moment

RESTS = {2: 5.0, 3: 10.0, 4: 20.0, 5: 40.0, 6: 80.0, 7: 160.0}
"""Seconds that work rests after its lease when it was lost so often before: it may be what takes
its processes down. What was lost once or twice is done again at once."""
COLUMNS = tuple(column for column in job.c if column.name != "lease")
# Work is taken all the time, and to put such a statement together takes longer than to run it.


@cache
def all_due(dialect: str) -> Select[Any]:
    """Return the question for the `limit` ids that could be done now, or `at` a moment."""
    order = job.c.due.nulls_first(), job.c.id
    return select(job.c.id).where(or_(*_free(dialect))).order_by(*order).limit(bindparam("limit"))


@cache
def first(dialect: str, *, hold: bool) -> Select[Any]:
    """Return the question for what is first among the `kinds`: lost, to be done at once, or
    overdue longest. With `hold` nobody else finds it until the end of the transaction."""
    turns = (_turn(free, hold=hold) for free in _free(dialect))
    return select(job.c.id, job.c.kind).where(job.c.id == func.coalesce(*turns))


@cache
def this(dialect: str) -> Select[Any]:
    """Return the question whether the job called `wanted` could be done, and hold it."""
    free = or_(*_free(dialect))
    asked = select(job.c.id).where(job.c.id == bindparam("wanted"), free)
    return asked.with_for_update(skip_locked=True)


@cache
def take(dialect: str) -> Update:
    """Return how the job called `wanted` is given to a `holder` for a span of time."""
    return (
        update(job)
        .where(job.c.id == bindparam("wanted"))
        .values(
            state="running",
            token=bindparam("holder"),
            lease=_moment(dialect, bindparam("span")),
            tries=job.c.tries + 1,
            lost=job.c.lost + case((job.c.state == "running", 1), else_=0),
        )
        .returning(*COLUMNS)
    )


def _turn(free: ColumnElement[bool], *, hold: bool) -> Any:
    # Each in the order of the index, so that a long queue takes no longer than a short one.
    found = select(job.c.id).where(free, job.c.kind.in_(bindparam("kinds", expanding=True)))
    found = found.order_by(job.c.due, job.c.id).limit(1)
    return (found.with_for_update(skip_locked=True) if hold else found).scalar_subquery()


def _free(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """Return what nobody has: lost, to be done at once, and due."""
    now = moment(dialect, 0)
    rested = {lost: moment(dialect, -seconds) for lost, seconds in RESTS.items()}
    waits = job.c.state == "waiting"
    given = bindparam("at", None, type_=Moment())
    return (
        and_(job.c.state == "running", job.c.lease < case(rested, value=job.c.lost, else_=now)),
        and_(waits, job.c.due.is_(None)),
        and_(waits, job.c.due <= type_coerce(func.coalesce(given, now), Moment())),
    )


def span(dialect: str, seconds: float) -> str | float:
    """Return so many seconds as the database counts them."""
    return f"{seconds:+.3f} seconds" if dialect == "sqlite" else seconds


def moment(dialect: str, seconds: float) -> ColumnElement[Any]:
    """Return the moment so many seconds from now, by the clock of the database."""
    return _moment(dialect, span(dialect, seconds))


def _moment(dialect: str, later: Any) -> ColumnElement[Any]:
    if dialect == "sqlite":
        return type_coerce(func.strftime("%Y-%m-%d %H:%M:%f000", "now", later), Moment())
    return type_coerce(func.now() + func.make_interval(0, 0, 0, 0, 0, 0, later), Moment())
