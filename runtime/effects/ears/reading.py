"""What stands at a place in JSON that somebody else wrote?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


def read_object(content: bytes | str) -> dict[str, Any]:
    """Return an object; empty if it is none."""
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def text_at(told: Mapping[str, Any], *path: str) -> str:
    """Return the text at the end of a path; empty if none stands there."""
    found: Any = told
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
