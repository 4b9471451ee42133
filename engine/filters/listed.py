"""Which filter is a list of conditions as an app and an address write it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from engine.app import App, Form
from engine.field import NotAcceptable
from engine.filter import FilterDef, Where
from engine.filters.known import Known, Sort, known_at
from engine.filters.operators import MOST
from engine.filters.visual import BadFilter, Condition, Group
from engine.filters.writing import to_feel
from engine.wording import Message

_LISTS = frozenset({"in", "not_in", "between"})
_MANY: Mapping[str, str] = {
    "=": "has_any",
    "in": "has_any",
    "contains": "has_any",
    "!=": "has_none",
    "not_in": "has_none",
}
_UNITS = ("week", "month", "quarter", "year")


def where_to_feel(app: App, form: Form, where: Where) -> str:
    """Return what an app says beside `where` as FEEL; nothing is the empty text. Raises
    BadFilter."""
    return where if isinstance(where, str) else filters_to_feel(app, form, where)


def filters_to_feel(app: App, form: Form, filters: Iterable[FilterDef]) -> str:
    """Return conditions that must all hold as FEEL; none is the empty text. Raises BadFilter."""
    return to_feel(app, form, Group(items=tuple(listed(app, form, one) for one in filters)))


def listed(app: App, form: Form, filter_: FilterDef) -> Condition:
    """Return one condition of a list. Raises BadFilter."""
    known = known_at(app, form, filter_.field)
    op, values = filter_.op, filter_.value
    if op in _LISTS and not isinstance(values, list | tuple):
        raise BadFilter(Message("这里应为一组值，最多 {most} 个", most=MOST))
    if known.sort in (Sort.MANY, Sort.RECORDS) and op in _MANY:
        items = values if isinstance(values, list | tuple) else (values,)
        return Condition(filter_.field, _MANY[op], tuple(_text(known, one) for one in items))
    if op == "this":
        return Condition(filter_.field, "in_period", (_period(values),))
    if op in ("=", "!=") and values in (None, ""):
        return Condition(filter_.field, "empty" if op == "=" else "filled")
    return Condition(filter_.field, _op(known, op), _values(known, op, values))


def _op(known: Known, op: str) -> str:
    return "starts_with" if known.sort is Sort.ADDRESS and op == "=" else op


def _values(known: Known, op: str, values: Any) -> tuple[str, ...]:
    if op in ("empty", "filled", "mine"):
        return ()
    if op in _LISTS:
        return tuple(_text(known, one) for one in values)
    if op in ("contains", "starts_with", "last_days", "next_days"):
        return (_plain(values),)
    return (_text(known, values),)


def _period(unit: Any) -> str:
    if unit not in _UNITS:
        raise BadFilter(Message("时间范围应为 {periods}", periods=sorted(_UNITS)))
    return f"this_{unit}"


def _text(known: Known, value: Any) -> str:
    """Return a value of the YAML or of JSON as the text that an input would hold."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date | time):
        return value.isoformat()
    if known.field is None or known.sort is Sort.MANY:
        return _plain(value)
    try:
        return known.field.write(known.field.read(value))
    except NotAcceptable as refused:
        if known.sort is Sort.NUMBER and isinstance(value, Decimal | int | float):
            return known.field.write(Decimal(str(value)))
        raise BadFilter(refused.message) from refused


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int):
        raise BadFilter(Message("筛选的值写得不对"))
    return str(value)
