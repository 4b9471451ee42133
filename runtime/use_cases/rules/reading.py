"""What did a rule look at when it went off?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.access.sight import SEES_ALL
from engine.app import Rule
from engine.record import Record
from runtime.use_cases.reach import Work

LONGEST = 200


def facts_of(work: Work, rule: Rule, record: Record, more: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values that the rule's condition read, by path, as JSON."""
    if rule.condition is None:
        return {}
    row = {**work.row(record), **more}
    return {".".join(path): plain(_at(row, path)) for path in sorted(rule.condition.reads)}


def title_of(work: Work, record: Record) -> str | None:
    """Return what the record is called at this moment."""
    actor = work.act.actor
    names = work.unit.query.titles(work.form, SEES_ALL, actor, work.env, (record.id,))
    return names.get(record.id)


def titles_of(work: Work, ids: Iterable[str]) -> Mapping[str, str]:
    """Return what records are called."""
    actor = work.act.actor
    return work.unit.query.titles(work.form, SEES_ALL, actor, work.env, ids)


def _at(row: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    for name in path[:-1]:
        found = row.get(f"{name}.", row.get(name))
        if not isinstance(found, Mapping):
            return None
        row = found
    return row.get(path[-1])


def plain(value: Any) -> Any:
    """Return a value as JSON that tells it to people or programs."""
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, tuple | list):
        return len(value)
    return str(value)[:LONGEST]
