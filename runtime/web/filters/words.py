"""What are the fields and the choices called that a list is filtered by?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.app import App, Form
from engine.wording import Message, words
from runtime.use_cases.name_values import target_of
from runtime.web.showing import sayer

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
PEOPLE = frozenset({"owner", "created_by", "updated_by"})


def label_of(form: Form, id_: str, locale: str, apps: Mapping[str, App] | None = None) -> str:
    """Return what a field is called: one of the form, of what it refers to, or the system's."""
    if id_ in form.fields:
        return words(form.fields[id_].label, locale)
    if id_ in SYSTEM_LABELS:
        return sayer(locale)(SYSTEM_LABELS[id_].text)
    first, _, rest = id_.partition(".")
    if not rest:
        return id_
    return f"{label_of(form, first, locale)} · {_beyond(form, first, rest, locale, apps or {})}"


def beyond(apps: Mapping[str, App], form: Form, id_: str) -> Form | None:
    """Return the form that a reference field points to."""
    field = form.fields.get(id_)
    if field is None or not hasattr(field, "to"):
        return None
    app, to = target_of(form, field)
    return apps[app].forms.get(to) if app in apps else None


def options_of(form: Form, id_: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen for a field with fixed choices."""
    if id_ == "stage" and id_ not in form.fields:
        return tuple((each.id, words(each.label, locale)) for each in form.stages.values())
    if id_ == "pipeline" and id_ not in form.fields:
        return tuple((each.id, words(each.label, locale)) for each in form.pipelines)
    options: Sequence[Any] = getattr(form.fields.get(id_), "options", ())
    return tuple((each.id, words(each.label, locale)) for each in options)


def _beyond(form: Form, first: str, rest: str, locale: str, apps: Mapping[str, App]) -> str:
    there = beyond(apps, form, first)
    if there is not None:
        return label_of(there, rest, locale, apps)
    # People have a department as records have one.
    known = SYSTEM_LABELS.get(rest)
    return sayer(locale)(known.text) if known else rest
