"""Which addresses does what rules keep have for programs?"""

from __future__ import annotations

from typing import Any

from runtime.web.api.openapi_paths import KEY, TEXT, list_of, object_of, operation

Json = dict[str, Any]

MAYBE: Json = {"type": ["string", "null"]}
TIME: Json = {"type": ["string", "null"], "format": "date-time"}
NUMBER: Json = {"type": "string", "description": "a decimal number"}
APP: Json = {"name": "app", "in": "path", "required": True, "schema": TEXT}
FREEZE: Json = {"name": "freeze", "in": "path", "required": True, "schema": TEXT}
FROZEN = object_of(
    {
        "id": TEXT,
        "app": TEXT,
        "form": {**TEXT, "description": "nothing new of this form"},
        "by": {**MAYBE, "description": "its field that points to the record"},
        "subject": {**TEXT, "description": "the record, or the person"},
        "rule": TEXT,
        "reason": TEXT,
        "way_on": MAYBE,
        "at": TIME,
        "lifted_at": TIME,
    }
)
POINTS = object_of(
    {
        "ledger": TEXT,
        "label": TEXT,
        "balance": NUMBER,
        "this_month": NUMBER,
        "booked": list_of(
            object_of(
                {
                    "id": TEXT,
                    "points": NUMBER,
                    "text": TEXT,
                    "form": MAYBE,
                    "record": MAYBE,
                    "at": TIME,
                }
            )
        ),
        "ranking": list_of(object_of({"person": TEXT, "points": NUMBER})),
    }
)


def ruled_paths() -> Json:
    """Return the paths of what is frozen, and of points."""
    listed = object_of({"freezes": list_of(FROZEN)})
    asked = [
        APP,
        {"name": "ledger", "in": "query", "schema": TEXT},
        {"name": "span", "in": "query", "schema": {"enum": ["month", "all"]}},
    ]
    lift = operation(
        "rules", "freezes.lift", "Lift a freeze", 200, FROZEN, {"parameters": [FREEZE, KEY]}
    )
    body = object_of({"reason": TEXT}, "reason")
    lift["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return {
        "/api/v1/apps/{app}/freezes": {
            "get": operation(
                "rules", "freezes.list", "What is frozen", 200, listed, {"parameters": [APP]}
            )
        },
        "/api/v1/apps/{app}/points": {
            "get": operation("rules", "points.read", "Points", 200, POINTS, {"parameters": asked})
        },
        "/api/v1/freezes/{freeze}/lift": {"post": lift},
    }
