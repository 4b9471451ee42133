"""How does what many definitions say alike stand in a schema file only once?"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

Schema = dict[str, Any]

_SHORT = 60
_OFTEN = 3


def with_shared_keys(schema: Schema) -> Schema:
    """Move the shape that most definitions give a key to a definition of its own."""
    parts: dict[str, Schema] = schema["$defs"]
    said = Counter(
        (key, _text(shape))
        for part in parts.values()
        for key, shape in part.get("properties", {}).items()
    )
    shared: dict[str, str] = {}
    for (key, text), count in said.most_common():
        if count >= _OFTEN and len(text) > _SHORT:
            shared.setdefault(key, text)
    definitions = {name: _referring(part, shared) for name, part in parts.items()}
    definitions.update({_name(key): json.loads(text) for key, text in sorted(shared.items())})
    return {**schema, "$defs": definitions}


def _referring(part: Schema, shared: dict[str, str]) -> Schema:
    if "properties" not in part:
        return part
    properties = {
        key: {"$ref": f"#/$defs/{_name(key)}"} if shared.get(key) == _text(shape) else shape
        for key, shape in part["properties"].items()
    }
    return {**part, "properties": properties}


def _name(key: str) -> str:
    return f"key_{key}"


def _text(shape: Any) -> str:
    return json.dumps(shape, ensure_ascii=False)
