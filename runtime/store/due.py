"""Which records have their moment now, by a rule that waits for time to pass?"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)  # fmt: skip

from engine.app import Form
from engine.expressions import Compiled, Env
from engine.rules.window import Base, Window
from runtime.store.feel import At, condition, parameters
from runtime.store.platform_tables import evidence
from runtime.store.rule_runs import Mark
from runtime.store.rule_tables import rule_mark
from runtime.store.types import Moment, day, whole

if TYPE_CHECKING:
    from runtime.store.unit import Unit

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What one rule looks for."""

    app: str
    rule: str
    form: Form
    windows: Sequence[Window]
    condition: Compiled | None
    env: Env
    zone: tzinfo


def due(
    unit: Unit, watch: Watch, limit: int, among: Collection[str] | None = None
) -> tuple[Mark, ...]:
    """Return occurrences that were not noticed yet, in one question to the database; `among` the
    records with these ids, if any are named."""
    if not watch.windows:
        return ()
    parts = [_of_window(unit, watch, window, among) for window in watch.windows]
    asked = union_all(*parts).limit(limit)
    trees = (watch.condition.tree,) if watch.condition else ()
    rows = unit.connection.execute(asked, parameters(watch.env, *trees))
    return tuple(Mark(record=row[0], base=row[1] or row[2], number=row[3]) for row in rows)


def _of_window(
    unit: Unit, watch: Watch, window: Window, among: Collection[str] | None
) -> Select[Any]:
    main = unit.store.tables(watch.form).main
    base = _base(unit, watch, window, main)
    within = [main.c.deleted_at.is_(None), *_within(unit, watch, window, main, base)]
    if among is not None:
        within.append(main.c.id.in_(among))
    if window.stage is not None:
        within.append(main.c.stage == window.stage)
    if watch.condition is not None:
        within.append(condition(watch.condition.tree, At(unit.store, watch.form, main)))
    by_moment = isinstance(base.type, Moment)
    noticed = exists().where(
        rule_mark.c.app == watch.app,
        rule_mark.c.rule == watch.rule,
        rule_mark.c.record == main.c.id,
        rule_mark.c.number == window.number,
        (rule_mark.c.at if by_moment else rule_mark.c.day) == base,
    )
    moment = base if by_moment else literal(None, Moment())
    date_ = literal(None, day) if by_moment else base
    number = literal(window.number, whole)
    asked = select(main.c.id, moment, date_, number).where(*within, ~noticed)
    return asked.distinct() if window.evidence else asked


def _base(unit: Unit, watch: Watch, window: Window, main: Any) -> ColumnElement[Any]:
    """Return from when time is counted."""
    if window.evidence:
        latest_piece: ColumnElement[Any] = evidence.c[window.field]
        return latest_piece
    if window.of is not None:
        child, by = _children(unit, watch, window)
        latest = select(func.max(child.c.created_at)).where(
            child.c[by] == main.c.id, child.c.deleted_at.is_(None)
        )
        counted = func.coalesce(latest.correlate(main).scalar_subquery(), main.c.created_at)
        return type_coerce(counted, Moment())
    if not window.field:
        return literal(window.until, Moment())
    column: ColumnElement[Any] = main.c[window.field]
    return _again_on(column, window.anniversaries) if window.anniversaries else column


def _again_on(column: ColumnElement[Any], days: Sequence[date]) -> ColumnElement[Any]:
    """Return on which of some days a date comes again, in a later year than its own."""
    written = extract("month", column) * 100 + extract("day", column)
    found = [
        (and_(written.in_(_dates_of(one)), column < date(one.year, 1, 1)), literal(one, day))
        for one in days
    ]
    return case(*found, else_=literal(None, day))


def _dates_of(one: date) -> tuple[int, ...]:
    """Return the dates that come again on a day, as month and day; on the last of a February that
    has no 29th, that too."""
    leap_day = (one.month, one.day) == (2, 28) and not isleap(one.year)
    return (228, 229) if leap_day else (one.month * 100 + one.day,)


def _within(
    unit: Unit, watch: Watch, window: Window, main: Any, column: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    if not window.field:
        return []
    if window.of is not None:
        return _silent_list(unit, watch, window, main)
    if window.anniversaries:
        return [column.is_not(None)]
    if window.evidence:
        return [*_between(watch, window, column), *_latest_pieces(window, main)]
    return _between(watch, window, column)


def _between(watch: Watch, window: Window, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    if isinstance(column.type, Moment) and not isinstance(window.until, datetime):
        found = [column < _midnight(window.until + DAY, watch.zone)]
        if window.after is not None:
            found.append(column >= _midnight(window.after + DAY, watch.zone))
        return found
    found = [column <= window.until]
    if window.after is not None:
        found.append(column > window.after)
    return found


def _latest_pieces(window: Window, main: Any) -> list[ColumnElement[bool]]:
    """Ask for the latest piece of each item; rejected ones are as good as not handed in."""
    newer = evidence.alias()
    return [
        evidence.c.record == main.c.id,
        evidence.c.item.in_(window.evidence),
        evidence.c.verdict.is_distinct_from("rejected"),
        ~exists().where(
            newer.c.record == evidence.c.record,
            newer.c.item == evidence.c.item,
            newer.c.id > evidence.c.id,
            newer.c.verdict.is_distinct_from("rejected"),
        ),
    ]


def _silent_list(unit: Unit, watch: Watch, window: Window, main: Any) -> list[ColumnElement[bool]]:
    """Ask for what is silent without working out the latest of every list."""

    def since(moment: Base) -> ColumnElement[bool]:
        child, by = _children(unit, watch, window)
        return exists().where(
            child.c[by] == main.c.id, child.c.deleted_at.is_(None), child.c.created_at > moment
        )

    found = [main.c.created_at <= window.until, ~since(window.until)]
    if window.after is not None:
        found.append(or_(main.c.created_at > window.after, since(window.after)))
    return [and_(*found)]


def _children(unit: Unit, watch: Watch, window: Window) -> tuple[Any, str]:
    assert window.of is not None
    form, by = window.of
    other = unit.store.form(watch.app, form)
    assert other is not None
    return unit.store.tables(other).main.alias(), by


def _midnight(of: date, zone: tzinfo) -> datetime:
    return datetime.combine(of, time(0), zone)
