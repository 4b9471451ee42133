"""How are filters said and set: which operators fit a field, which values, in which words?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.definition.page import FilterDef
from engine.field import Field
from engine.wording import Label, Message, words
from runtime.web.showing import sayer

TEXTS = ("contains", "=", "!=", "starts_with", "empty", "filled")
NUMBERS = ("=", ">", ">=", "<", "<=", "between", "empty", "filled")
DATES = ("this", "last_days", "next_days", "=", ">", "<", "between", "empty", "filled")
CHOICES = ("in", "not_in", "empty", "filled")
PEOPLE = ("mine", "in", "not_in", "empty", "filled")
LINKS = ("in", "not_in", "empty", "filled")
PRESENCE = ("empty", "filled")
YES_NO = ("=", "empty", "filled")

KINDS: Mapping[str, tuple[str, ...]] = {
    "text": TEXTS,
    "number": NUMBERS,
    "date": DATES,
    "choice": CHOICES,
    "person": PEOPLE,
    "department": LINKS,
    "reference": LINKS,
    "yes_no": YES_NO,
    "presence": PRESENCE,
}

KIND_OF_TYPE: Mapping[str, str] = {
    "number": "number",
    "integer": "number",
    "money": "number",
    "percent": "number",
    "rating": "number",
    "rollup": "number",
    "date": "date",
    "datetime": "date",
    "select": "choice",
    "multi_select": "choice",
    "person": "person",
    "department": "department",
    "reference": "reference",
    "reference_list": "reference",
    "yes_no": "yes_no",
    "long_text": "text",
    "text": "text",
    "phone": "text",
    "email": "text",
    "url": "text",
    "id_number": "text",
    "auto_number": "text",
    "barcode": "text",
    "tags": "text",
}

SYSTEM_KINDS: Mapping[str, str] = {
    "owner": "person",
    "created_by": "person",
    "updated_by": "person",
    "department": "department",
    "stage": "choice",
    "pipeline": "choice",
    "stage_entered_at": "date",
    "created_at": "date",
    "updated_at": "date",
    "last_activity_at": "date",
}

SYSTEM_LABELS: Mapping[str, Message] = {
    "owner": Message("负责人"),
    "department": Message("所属部门"),
    "stage": Message("阶段"),
    "pipeline": Message("流程"),
    "stage_entered_at": Message("进入阶段时间"),
    "created_at": Message("创建时间"),
    "created_by": Message("创建人"),
    "updated_at": Message("更新时间"),
    "updated_by": Message("更新人"),
    "last_activity_at": Message("最近活动"),
}

OPERATORS: Mapping[str, Message] = {
    "=": Message("等于"),
    "!=": Message("不等于"),
    ">": Message("大于"),
    ">=": Message("不小于"),
    "<": Message("小于"),
    "<=": Message("不大于"),
    "in": Message("是"),
    "not_in": Message("不是"),
    "contains": Message("包含"),
    "starts_with": Message("开头是"),
    "empty": Message("未填写"),
    "filled": Message("已填写"),
    "between": Message("介于"),
    "last_days": Message("最近 {n} 天", n="N"),
    "next_days": Message("未来 {n} 天", n="N"),
    "this": Message("属于"),
    "mine": Message("是我"),
}

PERIODS: Mapping[str, Message] = {
    "week": Message("本周"),
    "month": Message("本月"),
    "quarter": Message("本季度"),
    "year": Message("今年"),
}

DATE_OPERATORS: Mapping[str, Message] = {
    ">": Message("晚于"),
    "<": Message("早于"),
    ">=": Message("不早于"),
    "<=": Message("不晚于"),
}


@dataclass(frozen=True)
class Filterable:
    """One field that a list can be filtered by."""

    id: str
    label: str
    kind: str


def kind_of(form: Form, id_: str) -> str:
    """Return which operators and values fit a field."""
    if id_ in SYSTEM_KINDS and id_ not in form.fields:
        return SYSTEM_KINDS[id_]
    field = form.fields.get(id_)
    return KIND_OF_TYPE.get(field.type, "presence") if field is not None else "text"


def label_of(form: Form, id_: str, locale: str) -> str:
    """Return what a field is called: one of the form, of what it refers to, or the system's."""
    if id_ in form.fields:
        return words(form.fields[id_].label, locale)
    if id_ in SYSTEM_LABELS:
        message = SYSTEM_LABELS[id_]
        return sayer(locale)(message.text)
    first, _, rest = id_.partition(".")
    if rest and first in form.fields:
        return f"{words(form.fields[first].label, locale)} · {rest}"
    return id_


def filterable(form: Form, hidden: frozenset[str], locale: str) -> tuple[Filterable, ...]:
    """Return every field that may be filtered by, those that the app names first."""
    own = [
        field.id for field in form.fields.values() if _can_filter(field) and field.id not in hidden
    ]
    system = [id_ for id_ in SYSTEM_KINDS if _applies(form, id_)]
    first = [id_ for id_ in form.definition.list.filters if id_ in {*own, *system}]
    ids = dict.fromkeys((*first, *system[:1], *own, *system))
    return tuple(Filterable(id_, label_of(form, id_, locale), kind_of(form, id_)) for id_ in ids)


def operators_for(kind: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Return the operators that fit a kind of field, in words."""
    say = sayer(locale)
    named = {**OPERATORS, **DATE_OPERATORS} if kind == "date" else OPERATORS
    return tuple((op, say(named[op].text, **named[op].args)) for op in KINDS[kind])


def say_filter(form: Form, filter_: FilterDef, names: Mapping[str, str], locale: str) -> str:
    """Return a filter as a chip says it; `names` are those of people, departments and records."""
    say = sayer(locale)
    label = label_of(form, filter_.field, locale)
    kind = kind_of(form, filter_.field)
    match filter_.op:
        case "last_days":
            return f"{label} {say('最近 {n} 天', n=filter_.value)}"
        case "next_days":
            return f"{label} {say('未来 {n} 天', n=filter_.value)}"
        case "this":
            period = PERIODS.get(str(filter_.value))
            return f"{label} {say(period.text) if period else filter_.value}"
        case "empty" | "filled" | "mine":
            return f"{label} {say(OPERATORS[filter_.op].text)}"
    named = {**OPERATORS, **DATE_OPERATORS} if kind == "date" else OPERATORS
    operator = named.get(filter_.op)
    told = _told(form, filter_, names, locale)
    return f"{label} {say(operator.text) if operator else filter_.op} {told}"


def options_of(form: Form, id_: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen for a field with fixed choices."""
    if id_ == "stage" and id_ not in form.fields:
        return tuple((each.id, words(each.label, locale)) for each in form.stages.values())
    if id_ == "pipeline" and id_ not in form.fields:
        return tuple((each.id, words(each.label, locale)) for each in form.pipelines)
    options: Sequence[Any] = getattr(form.fields.get(id_), "options", ())
    return tuple((each.id, _label(each.label, locale)) for each in options)


def _label(label: Label, locale: str) -> str:
    return words(label, locale)


def _told(form: Form, filter_: FilterDef, names: Mapping[str, str], locale: str) -> str:
    values = filter_.value if isinstance(filter_.value, list | tuple) else [filter_.value]
    known = {**names, **dict(options_of(form, filter_.field, locale))}
    say = sayer(locale)
    truth = {"true": say("是"), "false": say("否"), "True": say("是"), "False": say("否")}
    shown = [known.get(str(each)) or truth.get(str(each)) or str(each) for each in values]
    if filter_.op == "between":
        return " – ".join(shown)
    return ("、" if locale == "zh" else ", ").join(shown)


def _can_filter(field: Field) -> bool:
    return field.filterable and field.type not in ("lines", "json", "file", "image", "signature")


def _applies(form: Form, id_: str) -> bool:
    if id_ in ("stage", "stage_entered_at"):
        return bool(form.pipelines)
    return id_ != "pipeline" or len(form.pipelines) > 1
