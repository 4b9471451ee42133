"""Do the conditions of a list compare fields with what they can hold?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.field import Field, NotAcceptable, Storage
from engine.filter import FilterDef, Where
from engine.loading.complaints import unknown
from engine.loading.links import missing
from engine.loading.nouns import A_PAIR, JSON_KINDS, OPTION, PERIOD, STAGE
from engine.loading.outline import LISTED_SYSTEM_FIELDS, Outline, Outlines
from engine.loading.paths import field_at, path_problems
from engine.loading.source import Spot
from engine.moments import is_moment
from engine.problems import Problem
from engine.wording import Message

_DATES = ("date", "datetime")
_PEOPLE = ("person", "department")
_PERIODS = ("week", "month", "quarter", "year")
_SYSTEM_KINDS = {
    "owner": "person",
    "created_by": "person",
    "updated_by": "person",
    "department": "department",
    "stage_entered_at": "datetime",
    "created_at": "datetime",
    "updated_at": "datetime",
    "last_activity_at": "datetime",
    "deleted_at": "datetime",
    "version": "integer",
}
_NUMBERS = ("number", "integer", "money", "percent", "rating", "rollup", "duration")


def filter_problems(names: Outlines, form: Outline, where: Where, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with conditions of a list: field, operator and value. A text is
    checked with the other expressions."""
    if isinstance(where, str):
        return
    for at, condition in enumerate(where):
        here = spot / at
        yield from path_problems(names, form, condition.field, here / "field")
        field = field_at(names, form, condition.field)
        if field and not field.filterable:
            message = Message("“{field}”不能用来筛选", field=condition.field)
            yield (here / "field").problem("link.filter", message)
        elif field or condition.field in _SYSTEM_KINDS or condition.field in LISTED_SYSTEM_FIELDS:
            yield from _operand_problems(form, field, condition, here)


def _operand_problems(
    form: Outline, field: Field | None, condition: FilterDef, spot: Spot
) -> Iterator[Problem]:
    kind = field.type if field else _SYSTEM_KINDS.get(condition.field, "text")
    op, value = condition.op, condition.value
    fault = _operator_fault(kind, op)
    if fault:
        yield (spot / "op").problem("filter.operator", fault)
        return
    if op in ("empty", "filled", "mine"):
        if value is not None:
            message = Message("“{op}”后面不写值", op=op)
            yield (spot / "value").problem("filter.value", message)
        return
    if value is None and op not in ("=", "!="):
        yield spot.problem("shape.missing", Message("缺少“{key}”", key="value"))
        return
    yield from _value_problems(form, field, condition, spot / "value")


def _operator_fault(kind: str, op: str) -> Message | None:
    if op == "mine" and kind not in _PEOPLE:
        return Message("“mine”只用于人员和部门字段")
    if op in ("last_days", "next_days", "this") and kind not in _DATES:
        return Message("“{op}”只用于日期字段", op=op)
    if op == "starts_with" and kind in (*_DATES, *_NUMBERS, "yes_no"):
        return Message("“{op}”只用于文字字段", op=op)
    return None


def _value_problems(
    form: Outline, field: Field | None, condition: FilterDef, spot: Spot
) -> Iterator[Problem]:
    op, value = condition.op, condition.value
    if op in ("last_days", "next_days"):
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 3660:
            yield spot.problem("filter.value", Message("应为天数，如 30"))
    elif op == "this":
        if value not in _PERIODS:
            yield spot.problem("filter.value", unknown(PERIOD, str(value), _PERIODS))
    elif op in ("in", "not_in", "between"):
        if not isinstance(value, list) or (op == "between" and len(value) != 2):
            count = A_PAIR if op == "between" else JSON_KINDS["array"]
            yield spot.problem("filter.value", Message("“{op}”后面应为{what}", op=op, what=count))
        else:
            for at, item in enumerate(value):
                yield from _one_value(form, field, condition, item, spot / at)
    else:
        yield from _one_value(form, field, condition, value, spot)


def _one_value(
    form: Outline, field: Field | None, condition: FilterDef, value: Any, spot: Spot
) -> Iterator[Problem]:
    if value is None or condition.op in ("contains", "starts_with"):
        return
    if condition.field == "stage":
        yield from missing(spot, STAGE, str(value), form.stage_ids, "stage")
    elif field is not None and _options(field):
        yield from missing(spot, OPTION, str(value), _options(field), "option")
    elif isinstance(value, str) and is_moment(value) and field and field.type in _DATES:
        return
    elif field is not None and field.settable and field.storage is not Storage.LINK:
        try:
            field.read(value)
        except NotAcceptable as refused:
            yield spot.problem("filter.value", refused.message)


def _options(field: Field) -> tuple[str, ...]:
    return tuple(option.id for option in getattr(field, "options", ()) or ())
