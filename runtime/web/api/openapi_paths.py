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
FILE: Json = {"type": "string", "format": "binary"}


def paths_of(form: Form, locale: str) -> Json:
    """Return every path of a form."""
    told = _Told(form, words(form.definition.label, locale))
    root = f"/api/v1/apps/{form.app}/forms/{form.id}"
    return {
        f"{root}/records": told.records(),
        f"{root}/records/{{id}}": told.one(),
        f"{root}/records/{{id}}/advance": told.advance(),
        f"{root}/records/{{id}}/missing": told.missing(),
        f"{root}/records/{{id}}/why": told.why(),
        f"{root}/records/{{id}}/transfer": told.transfer(),
        f"{root}/records/{{id}}/comments": told.comments(),
        f"{root}/records/{{id}}/restore": told.restore(),
        f"{root}/records/{{id}}/press/{{rule}}": told.press(),
        **(told.evidence(f"{root}/records/{{id}}/evidence") if form.stages else {}),
        **(told.pool(root) if form.definition.pool else {}),
        **told.conversions(f"{root}/records/{{id}}/convert", form),
        f"{root}/bulk": told.bulk(),
        f"{root}/aggregate": told.totals(),
        f"{root}/exports": told.exports(),
        f"{root}/imports": told.imports(),
        f"{root}/imports/{{run}}": told.one_import(),
        f"{root}/imports/{{run}}/start": told.next_step("start"),
        f"{root}/imports/{{run}}/undo": told.next_step("undo"),
    }


def file_paths() -> Json:
    """Return the path by which files come in."""
    content = {"multipart/form-data": {"schema": object_of({"file": FILE}, "file")}}
    known = object_of({"id": TEXT, "name": TEXT, "type": TEXT, "size": {"type": "integer"}})
    upload = operation("files", "files.upload", "Upload a file", 201, known, {"parameters": [KEY]})
    upload["requestBody"] = {"required": True, "content": content}
    return {"/api/v1/files": {"post": upload}}


def job_paths() -> Json:
    """Return the paths of background work."""
    file: Json = {"description": "The file", "content": {"application/octet-stream": {}}}
    fetch = operation("jobs", "jobs.file", "The file of a job", 200, {}, {"parameters": [ID]})
    fetch["responses"]["200"] = file
    look = operation("jobs", "jobs.look", "How far a job is", 200, JOB, {"parameters": [ID]})
    return {"/api/v1/jobs/{id}": {"get": look}, "/api/v1/jobs/{id}/file": {"get": fetch}}


class _Told:
    """Says what each address of one form takes and answers."""

    def __init__(self, form: Form, label: str) -> None:
        self._name = f"{form.app}.{form.id}"
        self._label = label
        self._record = {"$ref": f"#/components/schemas/{self._name}.record"}
        self._values = {"$ref": f"#/components/schemas/{self._name}.values"}

    def records(self) -> Json:
        """The list, and new records."""
        body = object_of({"values": self._values, "pipeline": _or_null(TEXT)}, "values")
        return {
            "get": self._does("list", 200, _page(self._record), parameters=LISTING),
            "post": self._does("create", 201, self._record, parameters=[KEY], body=body),
        }

    def one(self) -> Json:
        """One record."""
        version = _or_null({"type": "integer"})
        body = object_of({"values": self._values, "version": version}, "values")
        return {
            "get": self._does("read", 200, self._record, parameters=[ID]),
            "patch": self._does("change", 200, self._record, parameters=[ID, KEY], body=body),
            "delete": self._does("delete", 200, self._record, parameters=[ID, KEY]),
        }

    def advance(self) -> Json:
        """Moves."""
        body = _advance(self._values)
        return {"post": self._does("advance", 200, self._record, parameters=[ID, KEY], body=body)}

    def missing(self) -> Json:
        """What a gate asks for."""
        to = {"name": "to", "in": "query", "schema": TEXT}
        return {"get": self._does("missing", 200, _reasons(), parameters=[ID, to])}

    def why(self) -> Json:
        """What the rules of a record saw."""
        asked = [{"name": name, "in": "query", "schema": TEXT} for name in ("of", "person", "feel")]
        return {"get": self._does("why", 200, _rules(), parameters=[ID, *asked])}

    def transfer(self) -> Json:
        """New owners."""
        body = object_of({"owner": TEXT, "reason": _or_null(TEXT)}, "owner")
        return {"post": self._does("transfer", 200, self._record, parameters=[ID, KEY], body=body)}

    def pool(self, root: str) -> Json:
        """What waits in the pool, taking of it and putting back."""
        asked = [{"name": name, "in": "query", "schema": TEXT} for name in ("limit", "after")]
        number = {"type": ["integer", "null"]}
        room = object_of({"today": number, "held": {"type": "integer"}, "most": number})
        waits = object_of(
            {
                "records": list_of(self._record),
                "count": {"type": "integer"},
                "next": _or_null(TEXT),
                "room": room,
            }
        )
        why = object_of({"reason": TEXT}, "reason")
        given = {"parameters": [ID, KEY]}
        one = f"{root}/records/{{id}}"
        return {
            f"{root}/pool": {"get": self._does("pool", 200, waits, parameters=asked)},
            f"{one}/claim": {"post": self._does("claim", 200, self._record, **given)},
            f"{one}/release": {"post": self._does("release", 200, self._record, body=why, **given)},
        }

    def comments(self) -> Json:
        """Comments."""
        body = object_of({"text": TEXT, "mentions": list_of(TEXT), "files": list_of(TEXT)}, "text")
        return {"post": self._does("comment", 201, self._record, parameters=[ID, KEY], body=body)}

    def restore(self) -> Json:
        """Back from the recycle bin."""
        return {"post": self._does("restore", 200, self._record, parameters=[ID, KEY])}

    def evidence(self, place: str) -> Json:
        """Evidence, and verdicts on it."""
        verdict = {"enum": ["accepted", "rejected"]}
        body = object_of({"verdict": verdict, "reason": _or_null(TEXT)}, "verdict")
        parameters = [ID, PIECE_ID, KEY]
        judged = self._does("review", 200, self._record, parameters=parameters, body=body)
        handed = self._does("evidence", 201, self._record, parameters=[ID, KEY], body=PIECE)
        return {place: {"post": handed}, f"{place}/{{piece}}/review": {"post": judged}}

    def conversions(self, place: str, form: Form) -> Json:
        """Records of other forms, made of this one."""
        several = {"type": "object", "additionalProperties": {"type": "object"}}
        body = object_of({"values": several, "reason": _or_null(TEXT)})
        answer = object_of({"source": self._record, "made": several}, "source", "made")
        return {
            f"{place}/{each.id}": {
                "post": self._does(
                    f"convert.{each.id}", 201, answer, parameters=[ID, KEY], body=body
                )
            }
            for each in form.definition.conversions
        }

    def press(self) -> Json:
        """A button of the app's own."""
        body = object_of({"values": self._values})
        asked = [ID, RULE, KEY]
        return {"post": self._does("press", 200, self._record, parameters=asked, body=body)}

    def bulk(self) -> Json:
        """The same done to many records."""
        body = object_of(
            {
                "do": {"enum": ["edit", "advance", "transfer", "delete", "press"]},
                "ids": {**list_of(TEXT), "maxItems": 200},
                "values": self._values,
                "to": _or_null(TEXT),
                "owner": _or_null(TEXT),
                "button": _or_null(TEXT),
                "reason": _or_null(TEXT),
            },
            "do",
            "ids",
        )
        line = {"id": TEXT, "status": {"type": "integer"}, "answer": {"type": "object"}}
        answer = object_of(
            {"results": list_of(object_of(line, "id", "status", "answer"))}, "results"
        )
        return {"post": self._does("bulk", 200, answer, parameters=[KEY], body=body)}

    def totals(self) -> Json:
        """Counts and sums."""
        return {"get": self._does("aggregate", 200, _groups(), parameters=TOTALS)}

    def exports(self) -> Json:
        """Files of records."""
        body = object_of(EXPORT)
        return {"post": self._does("export", 202, JOB, parameters=[KEY], body=body)}

    def imports(self) -> Json:
        """Files that are brought in."""
        body = object_of(IMPORT_BODY, "file")
        return {"post": self._does("import", 201, IMPORT, parameters=[KEY], body=body)}

    def one_import(self) -> Json:
        """How an import stands."""
        return {"get": self._does("import_state", 200, IMPORT, parameters=[IMPORT_ID])}

    def next_step(self, what: str) -> Json:
        """What becomes of a file that was tried or brought in."""
        parameters = [IMPORT_ID, KEY]
        return {"post": self._does(f"import_{what}", 200, IMPORT, parameters=parameters)}

    def _does(self, what: str, ok: int, answer: Json, **more: Any) -> Json:
        id_, summary = f"{self._name}.{what}", f"{self._label}: {what}"
        return operation(self._name, id_, summary, ok, answer, more)


JOB: Json = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": TEXT,
        "state": {"enum": ["waiting", "running", "done", "failed"]},
        "file": {"type": ["string", "null"], "description": "where the file is, once it is made"},
    },
}
RULE: Json = {"name": "rule", "in": "path", "required": True, "schema": TEXT}
PIECE_ID: Json = {"name": "piece", "in": "path", "required": True, "schema": TEXT}
IMPORT_ID: Json = {"name": "run", "in": "path", "required": True, "schema": TEXT}
IMPORT: Json = {
    "type": "object",
    "required": ["id", "state", "counts", "errors"],
    "properties": {
        "id": TEXT,
        "state": TEXT,
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
IMPORT_BODY: Json = {
    "file": {"type": "string", "description": "the id of an uploaded file, xlsx or csv"},
    "dry_run": {"type": "boolean", "description": "only try, nothing is written; the default"},
    "columns": {
        "type": ["object", "null"],
        "additionalProperties": TEXT,
        "description": "fields by heading; null takes what the headings say",
    },
    "sheet": {"type": ["string", "null"]},
    "mode": {"enum": ["create", "update", "both"]},
    "key": {"type": ["string", "null"], "description": "the field by which records are found"},
    "empty": {"enum": ["keep", "clear"], "description": "what empty cells do to records"},
    "reason": {"type": ["string", "null"]},
}
EXPORT: Json = {
    "format": {"enum": ["xlsx", "csv", "csv_gb18030"]},
    "filter": {"description": "as in lists"},
    "sort": {"type": "array", "items": TEXT},
    "columns": {"type": ["array", "null"], "items": TEXT},
    "search": {"type": ["string", "null"]},
    "ids": {"type": "array", "items": TEXT},
    "lines": {"type": "boolean", "description": "sub-tables on sheets of their own"},
}


def operation(tag: str, id_: str, summary: str, ok: int, answer: Json, more: Json) -> Json:
    """Return one way to use an address: what it takes, what it answers, and every kind of no."""
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


def object_of(properties: Json, *required: str) -> Json:
    """Return the schema of an object with just these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def list_of(schema: Json) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def _page(record: Json) -> Json:
    return {
        "type": "object",
        "required": ["records", "next"],
        "properties": {
            "records": list_of(record),
            "next": _or_null(TEXT),
            "total": {"type": ["integer", "null"]},
            "total_is_exact": {"type": "boolean"},
        },
    }


def _reasons() -> Json:
    return {
        "type": "object",
        "required": ["reasons"],
        "properties": {"reasons": list_of({"$ref": "#/components/schemas/reason"})},
    }


def _rules() -> Json:
    return {
        "type": "object",
        "required": ["rules", "rights"],
        "properties": {"rules": list_of({"type": "object"}), "rights": list_of({"type": "object"})},
    }


def _groups() -> Json:
    return {
        "type": "object",
        "required": ["groups"],
        "properties": {"groups": list_of({"type": "object"})},
    }


def _advance(values: Json) -> Json:
    return object_of(
        {
            "to": _or_null(TEXT),
            "values": values,
            "evidence": list_of(PIECE),
            "reason": _or_null(TEXT),
            "override": {"type": "boolean"},
            "version": _or_null({"type": "integer"}),
        }
    )


def _asked(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": description}


PIECE = object_of(
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
LISTING = [
    _asked("limit", {"type": "integer", "minimum": 1, "maximum": 200}, "records a page"),
    _asked("after", TEXT, "`next` of the page before"),
    _asked("sort", TEXT, "field ids, a minus sorts downwards"),
    _asked(
        "filter",
        TEXT,
        "a condition {field, op, value}, {all: […]}, {any: […]} or {feel: text} as JSON",
    ),
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
