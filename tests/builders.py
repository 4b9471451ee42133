"""Which small forms, records and moments do tests of the engine begin with?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from engine.app import App, Form
from engine.catalog import AnyField
from engine.expressions import Env
from engine.field import Field
from engine.forms.derive import Derived, derive
from engine.loading.load import load_app
from engine.record import Record, Values

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)

Spec = Mapping[str, Any]


def app_of(*forms: Spec) -> App:
    """Return an app with these forms, loaded as from files; each has what a form must have."""
    manifest = {
        "app": "works",
        "version": "1.0.0",
        "label": "工程",
        "roles": [{"id": "member", "label": "成员"}],
    }
    files = {"app.yaml": _yaml(manifest)}
    files |= {f"forms/{form['form']}.yaml": _yaml(form) for form in forms}
    return load_app(files)


def form_spec(id_: str, fields: Sequence[Spec], **more: Any) -> dict[str, Any]:
    """Return the definition of a form, its fields in one section unless sections are given."""
    return {
        "form": id_,
        "label": "工单",
        "title": fields[0]["id"] if fields else "name",
        "sections": [{"id": "main", "label": "基本信息", "fields": list(fields)}],
        "access": {"member": {"rows": "all", "create": True, "edit": True}},
        **more,
    }


def form_of(fields: Sequence[Spec], *others: Spec, form: str = "ticket", **more: Any) -> Form:
    """Return one form; a name is added as its first field where there is none."""
    known = {field["id"] for field in fields}
    named = [] if "name" in known else [{"id": "name", "type": "text", "label": "名称"}]
    return app_of(form_spec(form, [*named, *fields], **more), *others).forms[form]


def field_of(type_: str, **options: Any) -> Field:
    """Return one field of a type, with the label 字段."""
    spec = {"id": "field", "label": "字段", "type": type_, **options}
    return msgspec.convert(spec, AnyField)


def env_of(**user: Any) -> Env:
    """Return the moment of all tests, and who asks."""
    return Env(today=TODAY, now=NOW, user={"id": "p1", "departments": (), **user})


def record_of(form: Form, values: Values, **system: Any) -> Record:
    """Return a stored record of a form; fields that are not named are empty."""
    known: dict[str, Any] = {
        "id": "r1", "version": 1, "owner": "p1", "department": None, "pipeline": None,
        "stage": None, "stage_entered_at": None, "created_at": NOW, "created_by": "p1",
        "updated_at": NOW, "updated_by": "p1", "last_activity_at": NOW,
    }  # fmt: skip
    whole = {**dict.fromkeys(form.fields), **values}
    return Record(app=form.app, form=form.id, values=whole, **{**known, **system})


def derived(
    form: Form,
    given: Values,
    before: Values | None = None,
    env: Env | None = None,
    **followed: Any,
) -> Derived:
    """Derive as a use case does; `followed` are the records that references lead to."""
    stored = record_of(form, before) if before is not None else None
    wanted = record_of(form, {**(before or {}), **given})
    row = {**wanted.row(), **{f"{name}.": target for name, target in followed.items()}}
    return derive(form, stored, given, row, env or env_of())


def said(complaints: Mapping[str, tuple[Any, ...]]) -> dict[str, list[str]]:
    """Return complaints as a Chinese reader sees them."""
    return {key: [str(message) for message in messages] for key, messages in complaints.items()}


def _yaml(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, default=str)
