"""What are the counts and sums of the records that a person sees, group by group?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, literal_column, select

from engine.expressions.values import EXACT
from engine.field import Storage
from engine.record import Value
from engine.wording import Message
from runtime.store.query.asked import Group, Measure, NotUnderstood
from runtime.store.query.buckets import BUCKETS, bucket
from runtime.store.query.fields import Asked, Fields
from runtime.store.query.selecting import Selection

if TYPE_CHECKING:
    from runtime.store.unit import Unit

MOST_GROUPS = 2000
_GROUPED = {
    Storage.TEXT, Storage.INTEGER, Storage.DECIMAL, Storage.YES_NO, Storage.DATE, Storage.LINK,
    Storage.TIME, Storage.DATETIME, Storage.DURATION,
}  # fmt: skip
_ADDED = {Storage.INTEGER, Storage.DECIMAL, Storage.DURATION}
_COMPARED = _ADDED | {Storage.TEXT, Storage.DATE, Storage.DATETIME, Storage.TIME}


@dataclass(frozen=True)
class _Key:
    said: str
    sql: ColumnElement[Any]
    is_day: bool


def groups(
    unit: Unit, selection: Selection, by: Sequence[str], measures: Sequence[Measure]
) -> list[Group]:
    """Return the groups in the order of their keys. Raises NotAllowed and NotUnderstood."""
    fields = selection.fields
    keys = [_key(fields, said) for said in by]
    columns = [part for measure in measures for part in _measured(fields, measure)]
    labels = [f"_by{n}" for n in range(len(keys))]
    grouped = [key.sql.label(name) for key, name in zip(keys, labels, strict=True)]
    asked = select(*grouped, *columns).select_from(fields.main)
    asked = asked.where(selection.condition)
    if keys:
        # By name: PostgreSQL would take the same expression with other parameters for another.
        names: list[ColumnElement[Any]] = [literal_column(name) for name in labels]
        ordered = [name.asc().nulls_first() for name in names]
        asked = asked.group_by(*names).order_by(*ordered).limit(MOST_GROUPS)
    rows = unit.connection.execute(asked, selection.given)
    return [_group(row, keys, measures) for row in rows]


def _key(fields: Fields, said: str) -> _Key:
    unit, _, name = said.rpartition(":")
    asked = fields.usable(name)
    if asked.storage not in _GROUPED:
        raise _not_so(asked)
    if not unit:
        return _Key(said, asked.sql, is_day=False)
    if unit not in BUCKETS or asked.storage not in (Storage.DATE, Storage.DATETIME):
        raise _not_so(asked)
    zone = fields.query.env.now.tzinfo
    sql = bucket(unit, asked.sql, asked.storage, zone, fields.store.dialect)
    return _Key(said, sql, is_day=True)


def _measured(fields: Fields, measure: Measure) -> list[ColumnElement[Any]]:
    """Return the columns that a measure needs: two for an average, which is divided exactly."""
    if measure.kind == "count" and measure.field is None:
        return [func.count()]
    asked = fields.usable(measure.field or "")
    allowed = {"sum": _ADDED, "avg": _ADDED, "min": _COMPARED, "max": _COMPARED}
    if asked.storage not in allowed.get(measure.kind, _GROUPED | _COMPARED):
        raise _not_so(asked)
    match measure.kind:
        case "count":
            return [func.count(asked.sql)]
        case "distinct":
            return [func.count(asked.sql.distinct())]
        case "sum":
            return [_sum(asked)]
        case "avg":
            return [_sum(asked), func.count(asked.sql)]
        case "min":
            return [func.min(asked.sql, type_=asked.sql.type)]
    return [func.max(asked.sql, type_=asked.sql.type)]


def _sum(asked: Asked) -> ColumnElement[Any]:
    return func.sum(asked.sql, type_=asked.sql.type)


def _group(row: Sequence[Any], keys: Sequence[_Key], measures: Sequence[Measure]) -> Group:
    found: dict[str, Value] = {}
    cells = iter(row)
    for key in keys:
        value = next(cells)
        is_text = key.is_day and isinstance(value, str)
        found[key.said] = date.fromisoformat(value) if is_text else value
    for measure in measures:
        value = next(cells)
        if measure.kind == "avg":
            value = _average(value, next(cells))
        found[measure.words] = value
    return found


def _average(total: Any, count: int) -> Value:
    if total is None:
        return None
    if isinstance(total, int | Decimal):
        return EXACT.divide(Decimal(total), Decimal(count))
    return total / count  # type: ignore[no-any-return]  # a length of time


def _not_so(asked: Asked) -> NotUnderstood:
    label = asked.field.label if asked.field else asked.name
    return NotUnderstood(Message("“{field}”不能这样汇总", field=label))
