"""Which JSON does each kind of column take?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.field import Field, Storage
from engine.wording import words

Json = dict[str, Any]

SHAPES: dict[Storage, Json] = {
    Storage.TEXT: {"type": ["string", "null"]},
    Storage.LONG_TEXT: {"type": ["string", "null"]},
    Storage.INTEGER: {"type": ["integer", "null"]},
    Storage.DECIMAL: {"type": ["string", "number", "null"]},
    Storage.YES_NO: {"type": ["boolean", "null"]},
    Storage.DATE: {"type": ["string", "null"], "format": "date"},
    Storage.DATETIME: {"type": ["string", "null"], "format": "date-time"},
    Storage.TIME: {"type": ["string", "null"]},
    Storage.DURATION: {"type": ["string", "null"]},
    Storage.JSON: {},
    Storage.LINK: {"type": ["string", "null"]},
    Storage.LINKS: {"type": ["array", "null"], "items": {"type": "string"}},
    Storage.LINES: {"type": ["array", "null"], "items": {"type": "object"}},
    Storage.NONE: {},
}
"""What a value looks like; the field's own limits are checked by the server and said by it."""


def values_schema(fields: Iterable[Field], locale: str) -> Json:
    """Return the schema of `values` for some fields."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            field.id: {**SHAPES[field.storage], "title": words(field.label, locale)}
            for field in fields
        },
    }
