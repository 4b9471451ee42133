"""What can programs ask for, as OpenAPI 3.1 tells them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.app import App, Form
from engine.wording import words
from runtime.web.api.openapi_approvals import approval_paths, record_approval_paths
from runtime.web.api.openapi_documents import document_paths
from runtime.web.api.openapi_paths import file_paths, job_paths, paths_of
from runtime.web.api.openapi_ruled import ruled_paths
from runtime.web.api.value_schemas import values_schema

Json = dict[str, Any]

TIME: Json = {"type": ["string", "null"], "format": "date-time"}
NAME: Json = {"type": ["string", "null"]}


def openapi(apps: Iterable[App], locale: str) -> Json:
    """Return the whole description for the apps."""
    listed = list(apps)
    paths: Json = job_paths() | file_paths() | approval_paths() | ruled_paths()
    schemas: Json = dict(COMMON)
    for app in listed:
        for form in app.forms.values():
            paths |= paths_of(form, locale)
            if any(one.form == form.id for one in app.workflows.values()):
                paths |= record_approval_paths(form)
            schemas |= _form_schemas(form, locale)
        for document in app.documents.values():
            paths |= document_paths(app.forms[document.form], document, locale)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dougong", "version": "1", "license": {"name": "Apache-2.0"}},
        "security": [{"token": []}],
        "tags": [
            {"name": "jobs"},
            {"name": "files"},
            {"name": "approvals"},
            {"name": "rules"},
            *(_tag(app, form, locale) for app in listed for form in app.forms.values()),
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _tag(app: App, form: Form, locale: str) -> Json:
    label = f"{words(app.definition.label, locale)} / {words(form.definition.label, locale)}"
    return {"name": f"{form.app}.{form.id}", "description": label}


def _form_schemas(form: Form, locale: str) -> Json:
    name = f"{form.app}.{form.id}"
    settable = [field for field in form.fields.values() if field.settable]
    return {
        f"{name}.values": values_schema(settable, locale),
        f"{name}.record": _record(values_schema(form.fields.values(), locale)),
    }


def _record(values: Mapping[str, Any]) -> Json:
    properties: Json = {
        "id": {"type": "string"},
        "version": {"type": "integer"},
        "values": {**values, "additionalProperties": True},
        **dict.fromkeys(("owner", "department", "pipeline", "stage"), NAME),
        **dict.fromkeys(("created_by", "updated_by"), NAME),
        **dict.fromkeys(("stage_entered_at", "created_at", "updated_at", "last_activity_at"), TIME),
    }
    return {"type": "object", "required": list(properties), "properties": properties}


COMMON: Json = {
    "problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "reasons": {"type": "array", "items": {"$ref": "#/components/schemas/reason"}},
            "may_override": {"type": "boolean"},
            "complaints": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "clashes": {"type": "array", "items": {"type": "object"}},
        },
    },
    "reason": {
        "type": "object",
        "required": ["kind", "subject", "message"],
        "properties": {
            "kind": {"enum": ["field", "condition", "evidence", "order", "access"]},
            "subject": {"type": "string"},
            "message": {"type": "string"},
        },
    },
}
