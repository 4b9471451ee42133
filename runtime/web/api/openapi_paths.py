"""Which addresses does each form have for programs?"""

from __future__ import annotations

from typing import Any

from engine.app import Form
from engine.wording import words

Json = dict[str, Any]

PROBLEM: Json = {
    "description": "No, and every reason",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}},
}
ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The same key twice is the same act",
}
TEXT: Json = {"type": "string"}


def paths_of(form: Form, locale: str) -> Json:
    """Return every path of a form."""
    root = f"/api/v1/apps/{form.app}/forms/{form.id}"
    label = words(form.definition.label, locale)
    name = f"{form.app}.{form.id}"

    def does(what: str, summary: str, ok: int, answer: Json, **more: Any) -> Json:
        return _operation(name, f"{name}.{what}", f"{label}: {summary}", ok, answer, more)

    record = {"$ref": f"#/components/schemas/{name}.record"}
    values = {"$ref": f"#/components/schemas/{name}.values"}
    return {
        f"{root}/records": {
            "get": does("list", "list", 200, _page(record), parameters=LISTING),
            "post": does(
                "create", "create", 201, record, parameters=[KEY],
                body=_object({"values": values, "pipeline": _or_null(TEXT)}, "values"),
            ),
        },
        f"{root}/records/{{id}}": {
            "get": does("read", "read", 200, record, parameters=[ID]),
            "patch": does(
                "edit", "change", 200, record, parameters=[ID],
                body=_object({"values": values, "version": _or_null({"type": "integer"})}, "values"),
            ),
            "delete": does("delete", "delete", 200, record, parameters=[ID]),
        },
        f"{root}/records/{{id}}/advance": {
            "post": does(
                "advance", "move to a stage", 200, record, parameters=[ID], body=_advance(values)
            )
        },
        f"{root}/records/{{id}}/missing": {
            "get": does(
                "missing", "what is missing", 200, _reasons(),
                parameters=[ID, {"name": "to", "in": "query", "schema": TEXT}],
            )
        },
        f"{root}/records/{{id}}/transfer": {
            "post": does(
                "transfer", "give to somebody", 200, record, parameters=[ID],
                body=_object({"owner": TEXT, "reason": _or_null(TEXT)}, "owner"),
            )
        },
        f"{root}/records/{{id}}/comments": {
            "post": does(
                "comment", "comment", 201, record, parameters=[ID],
                body=_object({"text": TEXT, "mentions": _list(TEXT), "files": _list(TEXT)}, "text"),
            )
        },
        f"{root}/aggregate": {
            "get": does("aggregate", "totals", 200, _groups(), parameters=TOTALS)
        },
    }  # fmt: skip


def _operation(tag: str, id_: str, summary: str, ok: int, answer: Json, more: Json) -> Json:
    done: Json = {"description": "Done", "content": {"application/json": {"schema": answer}}}
    responses: Json = {str(ok): done}
    for status in ("400", "401", "403", "404", "409", "413", "422", "429"):
        responses[status] = PROBLEM
    operation: Json = {
        "operationId": id_,
        "tags": [tag],
        "summary": summary,
        "responses": responses,
        "parameters": more.get("parameters", []),
    }
    if "body" in more:
        content = {"application/json": {"schema": more["body"]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _object(properties: Json, *required: str) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def _list(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def _page(record: Json) -> Json:
    return {
        "type": "object",
        "required": ["records", "next"],
        "properties": {
            "records": _list(record),
            "next": _or_null(TEXT),
            "total": {"type": ["integer", "null"]},
            "total_is_exact": {"type": "boolean"},
        },
    }


def _reasons() -> Json:
    return {
        "type": "object",
        "required": ["reasons"],
        "properties": {"reasons": _list({"$ref": "#/components/schemas/reason"})},
    }


def _groups() -> Json:
    return {
        "type": "object",
        "required": ["groups"],
        "properties": {"groups": _list({"type": "object"})},
    }


def _advance(values: Json) -> Json:
    piece = _object(
        {
            "item": TEXT,
            "file": TEXT,
            "latitude": _or_null(TEXT),
            "longitude": _or_null(TEXT),
            "expires_on": _or_null(TEXT),
        },
        "item",
        "file",
    )
    return _object(
        {
            "to": _or_null(TEXT),
            "values": values,
            "evidence": _list(piece),
            "reason": _or_null(TEXT),
            "override": {"type": "boolean"},
            "version": _or_null({"type": "integer"}),
        }
    )


def _asked(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": description}


LISTING = [
    _asked("limit", {"type": "integer", "minimum": 1, "maximum": 200}, "records a page"),
    _asked("after", TEXT, "`next` of the page before"),
    _asked("sort", TEXT, "field ids, a minus sorts downwards"),
    _asked("filter", TEXT, "a condition {field, op, value}, {all: […]} or {any: […]} as JSON"),
    _asked("search", TEXT, "words"),
    _asked("columns", TEXT, "field ids"),
    _asked("view", TEXT, "the id of a view"),
    _asked("total", {"enum": ["true", "false"]}, "count too"),
]
TOTALS = [
    _asked("by", TEXT, "field ids, dates as month:field"),
    _asked("measures", TEXT, "count, sum:field, avg:field, min:field, max:field, distinct:field"),
    _asked("filter", TEXT, "as in lists"),
    _asked("search", TEXT, "words"),
]
