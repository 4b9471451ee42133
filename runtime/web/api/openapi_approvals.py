"""Which addresses do approvals have for programs?"""

from __future__ import annotations

from typing import Any

from engine.app import Form
from runtime.web.api.openapi_paths import ID, KEY, TEXT, list_of, object_of, operation

Json = dict[str, Any]

NAME: Json = {"type": ["string", "null"]}
TIME: Json = {"type": ["string", "null"], "format": "date-time"}
PEOPLE: Json = {"type": "array", "items": TEXT}
CHOSEN: Json = {"type": "object", "additionalProperties": PEOPLE,
                "description": "who decides at steps that leave the choice, by step"}  # fmt: skip
VERBS: Json = {
    "enum": [
        "agree",
        "refuse",
        "return",
        "transfer",
        "add_signer",
        "ask_opinion",
        "opine",
        "handle",
        "acknowledge",
        "take_back",
        "resubmit",
    ]
}
SUBMIT = object_of({"workflow": TEXT, "remark": NAME, "chosen": CHOSEN}, "workflow")
DECIDE = object_of(
    {
        "do": VERBS,
        "opinion": NAME,
        "values": {"type": "object", "description": "fields that are filled in on the way"},
        "chosen": CHOSEN,
        "people": {**PEOPLE, "description": "whom to ask as well"},
        "to": {**NAME, "description": "who decides instead, or the step to go back to"},
        "resubmit": {"enum": ["all", "straight", "changed", None]},
        "place": {"enum": ["before", "after"]},
        "signature": {**NAME, "description": "the id of an uploaded file"},
        "password": NAME,
    },
    "do",
)
SEVERAL = object_of(
    {
        "tasks": PEOPLE,
        "do": {"enum": ["agree", "refuse", "return", "acknowledge"]},
        "opinion": NAME,
    },
    "tasks",
    "do",
)
HANDING = object_of(
    {
        "stand_in": TEXT,
        "starts_at": {"type": "string", "format": "date-time"},
        "ends_at": {"type": "string", "format": "date-time"},
        "app": NAME,
        "workflow": NAME,
        "reason": NAME,
    },
    "stand_in",
    "starts_at",
    "ends_at",
)
APPROVAL: Json = {
    "type": "object",
    "required": ["id", "record", "workflow", "state", "outcome", "submitter"],
    "properties": {
        "id": TEXT,
        "state": {"enum": ["running", "ended"]},
        "outcome": NAME,
        "opened_at": TIME,
        "ended_at": TIME,
        "steps": {"type": "array", "items": {"type": "object"}},
        "tasks": {"type": "array", "items": {"type": "object"}},
    },
}
TASKS: Json = object_of(
    {"tasks": list_of({"type": "object"}), "total": {"type": "integer"}}, "tasks", "total"
)
DELEGATION: Json = {"type": "object", "required": ["id"], "properties": {"id": TEXT}}
DELEGATIONS = object_of(
    {"handed": list_of(DELEGATION), "taken": list_of(DELEGATION)}, "handed", "taken"
)
RESULTS = object_of({"results": list_of({"type": "object"})}, "results")
BOX: Json = {"name": "box", "in": "query", "schema": {"enum": ["todo", "approve", "cc", "done"]}}
SKIP: Json = {"name": "skip", "in": "query", "schema": {"type": "integer"}}


def approval_paths() -> Json:
    """Return the paths of approvals, tasks and delegations of all apps."""
    one, do = {"parameters": [ID]}, {"parameters": [ID, KEY]}
    return {
        "/api/v1/approvals/{id}": {"get": _told("look", "An approval", 200, APPROVAL, one)},
        "/api/v1/approvals/{id}/withdraw": {
            "post": _told(
                "withdraw",
                "Take back what one submitted",
                200,
                APPROVAL,
                {**do, "body": object_of({"reason": NAME})},
            )
        },
        "/api/v1/approvals/{id}/urge": {
            "post": _told("urge", "Ask those who must decide to hurry", 200, APPROVAL, do)
        },
        "/api/v1/tasks": {
            "get": _told("tasks", "What waits", 200, TASKS, {"parameters": [BOX, SKIP]}),
            "post": _told(
                "decide_several",
                "Decide alike on several tasks",
                200,
                RESULTS,
                {"parameters": [KEY], "body": SEVERAL},
            ),
        },
        "/api/v1/tasks/{id}": {
            "post": _told("decide", "Decide on a task", 200, APPROVAL, {**do, "body": DECIDE})
        },
        "/api/v1/delegations": {
            "get": _told("delegations", "Who stands in for whom", 200, DELEGATIONS, {}),
            "post": _told("delegate", "Hand over for a time", 201, DELEGATION, {"body": HANDING}),
        },
        "/api/v1/delegations/{id}": {
            "delete": _told("revoke", "End a delegation", 200, DELEGATION, one)
        },
    }


def record_approval_paths(form: Form) -> Json:
    """Return the paths of approvals of a form's records."""
    root = f"/api/v1/apps/{form.app}/forms/{form.id}/records/{{id}}/approvals"
    tag = f"{form.app}.{form.id}"
    listed = object_of({"approvals": list_of(APPROVAL)}, "approvals")
    asked = {"parameters": [ID, KEY], "body": SUBMIT}
    return {
        root: {
            "get": operation(
                tag, f"{tag}.approvals", "Approvals of a record", 200, listed, {"parameters": [ID]}
            ),
            "post": operation(tag, f"{tag}.submit", "Submit for approval", 201, APPROVAL, asked),
        }
    }


def _told(id_: str, summary: str, ok: int, answer: Json, more: Json) -> Json:
    return operation("approvals", f"approvals.{id_}", summary, ok, answer, more)
