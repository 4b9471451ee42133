"""What is asked for in a filter, and is it a question that this actor may ask?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import msgspec

from engine.app import App, Form
from engine.definition.page import FilterDef, Operator
from engine.field import Field, NotAcceptable
from engine.problems import did_you_mean
from engine.record import SYSTEM_FIELDS
from engine.wording import Message
from runtime.store.query import AllOf, AnyOf, Condition, Where

OPERATORS = frozenset(get_args(Operator))
VALUELESS = frozenset({"empty", "filled", "mine"})
PERIODS = frozenset({"week", "month", "quarter", "year"})
LISTS = frozenset({"in", "not_in", "between"})
DEEPEST = 5
MOST = 100


class BadFilter(Exception):
    """A filter that can't be understood; carries the words for the person."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def where_of(app: App, form: Form, filters: Iterable[FilterDef]) -> Where | None:
    """Return the conditions of a view or of a list's chips, all of which must hold."""
    items = tuple(_condition(app, form, filter_) for filter_ in filters)
    return AllOf(items) if items else None


def read_where(app: App, form: Form, data: Any, depth: int = 0) -> Where:
    """Read a filter as the API takes it: a condition, or {all: […]}, or {any: […]}."""
    if depth > DEEPEST or not isinstance(data, Mapping):
        raise BadFilter(Message("筛选条件写得不对"))
    for word, kind in (("all", AllOf), ("any", AnyOf)):
        if data.keys() == {word}:
            items = data[word]
            if not isinstance(items, list) or len(items) > MOST:
                raise BadFilter(
                    Message("“{word}”应为条件的列表，最多 {most} 个", word=word, most=MOST)
                )
            return kind(tuple(read_where(app, form, item, depth + 1) for item in items))
    try:
        filter_ = msgspec.convert(dict(data), FilterDef)
    except msgspec.ValidationError as error:
        raise BadFilter(Message("筛选条件写得不对")) from error
    return _condition(app, form, filter_)


def _condition(app: App, form: Form, filter_: FilterDef) -> Condition:
    field = _field(app, form, filter_.field)
    return Condition(filter_.field, filter_.op, _value(field, filter_))


def _field(app: App, form: Form, name: str) -> Field | None:
    if name in SYSTEM_FIELDS:
        return None
    first, _, rest = name.partition(".")
    field = form.fields.get(first)
    if field is not None and rest:
        target = app.forms.get(str(getattr(field, "to", "")))
        return _field(app, target, rest) if target else _unknown(form, name)
    return field if field is not None else _unknown(form, name)


def _unknown(form: Form, name: str) -> Field:
    known = [*form.fields, *SYSTEM_FIELDS]
    close = did_you_mean(name, known)
    if close:
        raise BadFilter(Message("没有字段“{name}”，是否想写“{close}”？", name=name, close=close))
    raise BadFilter(Message("没有字段“{name}”", name=name))


def _value(field: Field | None, filter_: FilterDef) -> Any:
    if filter_.op in VALUELESS:
        return None
    if filter_.op == "this":
        return _period(filter_.value)
    if filter_.op in ("last_days", "next_days"):
        return _days(filter_.value)
    if filter_.op in LISTS:
        return _several(field, filter_)
    return _one(field, filter_.op, filter_.value)


def _period(value: Any) -> str:
    if value not in PERIODS:
        raise BadFilter(Message("时间范围应为 {periods}", periods=sorted(PERIODS)))
    return str(value)


def _days(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 3660):
        raise BadFilter(Message("天数应为 1 到 3660 的整数"))
    return int(text)


def _several(field: Field | None, filter_: FilterDef) -> tuple[Any, ...]:
    values = filter_.value
    if not isinstance(values, list | tuple) or len(values) > MOST:
        raise BadFilter(Message("这里应为一组值，最多 {most} 个", most=MOST))
    if filter_.op == "between" and len(values) != 2:
        raise BadFilter(Message("“介于”要两个值"))
    return tuple(_one(field, "=", value) for value in values)


def _one(field: Field | None, op: str, value: Any) -> Any:
    if field is None or op in ("contains", "starts_with"):
        if value is not None and not isinstance(value, str | int | bool):
            raise BadFilter(Message("筛选的值写得不对"))
        return value
    if field.multiple and isinstance(value, str):
        return value
    try:
        return field.parse(value) if isinstance(value, str) else field.read(value)
    except NotAcceptable as error:
        raise BadFilter(error.message) from error
