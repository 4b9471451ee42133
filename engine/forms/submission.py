"""Which values were typed into a form, or sent by a program?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.app import Form
from engine.field import Field, NotAcceptable
from engine.forms.plan import LinesPart, plan_of
from engine.forms.rows import read_rows, typed_rows
from engine.outcomes import Submission
from engine.problems import did_you_mean
from engine.record import SYSTEM_FIELDS, Value
from engine.wording import Message

PRESENT = "_fields"
"""The hidden inputs that name the fields which were drawn: what is absent then is empty."""

Complaints = dict[str, tuple[Message, ...]]


def read_typed(form: Form, typed: Mapping[str, Sequence[str]]) -> Submission:
    """Read what a browser sent. A field that it neither sent nor named is left as it is."""
    values: dict[str, Value] = {}
    complaints: Complaints = {}
    drawn = {name for text in typed.get(PRESENT, ()) for name in text.split()}
    plan = plan_of(form)
    rows = _sent_rows(typed, plan.line_fields) if plan.lines else {}
    for id_, field in form.fields.items():
        if not field.settable:
            continue
        if id_ in plan.line_fields:
            if id_ in rows or id_ in drawn:
                part = plan.line_fields[id_]
                values[id_] = typed_rows(part, rows.get(id_, {}), id_ in drawn, complaints)
        elif id_ in typed or id_ in drawn:
            try:
                values[id_] = field.parse_all(tuple(typed.get(id_, ())))
            except NotAcceptable as refused:
                complaints[id_] = (about(field, refused.message),)
    return Submission(
        values=values,
        complaints=complaints,
        typed={name: tuple(texts) for name, texts in typed.items()},
    )


def read_json(form: Form, data: Mapping[str, Any]) -> Submission:
    """Read what a program sent. Unknown fields and values of another kind are complaints."""
    values: dict[str, Value] = {}
    complaints: Complaints = {}
    lines = plan_of(form).line_fields
    fields = form.fields
    for name, sent in data.items():
        field = fields.get(name)
        if field is None or not field.settable:
            complaints[str(name)[:100]] = (_not_settable(form, name, field),)
        elif name in lines:
            values[name] = read_rows(lines[name], sent, complaints)
        else:
            try:
                values[name] = field.read(sent)
            except NotAcceptable as refused:
                complaints[name] = (about(field, refused.message),)
    return Submission(values=values, complaints=complaints, typed={})


def about(field: Field, problem: Message) -> Message:
    """Return a complaint with the name of the field that it is about."""
    return Message("“{field}”：{problem}", field=field.label, problem=problem)


def _sent_rows(
    typed: Mapping[str, Sequence[str]], lines: Mapping[str, LinesPart]
) -> dict[str, dict[int, dict[str, Sequence[str]]]]:
    found: dict[str, dict[int, dict[str, Sequence[str]]]] = {}
    for name, texts in typed.items():
        id_, _, rest = name.partition("-")
        if not rest or id_ not in lines:
            continue
        place, _, cell = rest.partition("-")
        if cell and place.isascii() and place.isdigit() and len(place) < 6:
            found.setdefault(id_, {}).setdefault(int(place), {})[cell] = texts
    return found


def _not_settable(form: Form, name: str, field: Field | None) -> Message:
    if field is not None:
        return Message("“{field}”由系统算出，不能填写", field=field.label)
    if name in SYSTEM_FIELDS:
        return Message("“{name}”由系统维护，不能填写", name=name)
    return unknown(name, form.fields)


def unknown(name: object, known: Iterable[str]) -> Message:
    """Return the complaint about a field that there is not."""
    shown = str(name)[:60].encode("utf-8", "replace").decode()
    meant = did_you_mean(shown, known)
    if meant is None:
        return Message("没有“{name}”这个字段", name=shown)
    return Message("没有“{name}”这个字段，是不是“{meant}”？", name=shown, meant=meant)
