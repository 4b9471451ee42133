"""How is an edit written that a button of a page makes ready?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Target = tuple[str | int, ...]
"""Where something stands in the draft: the file, then keys, ids and places."""


def written(target: Target) -> str:
    """Return a target as pages and modules hand it on."""
    return json.dumps(list(target), ensure_ascii=False, separators=(",", ":"))


def add(into: Target, value: Any, before: str | int | None = None) -> dict[str, Any]:
    """Return the edit that puts something into a list."""
    return {"op": "add", "target": list(into), "value": value, "before": before}


def put(target: Target, value: Any) -> dict[str, Any]:
    """Return the edit that gives something a value."""
    return {"op": "set", "target": list(target), "value": value}


def remove(target: Target) -> dict[str, Any]:
    """Return the edit that takes something away."""
    return {"op": "remove", "target": list(target)}


def move(target: Target, into: Target, before: str | int | None) -> dict[str, Any]:
    """Return the edit that puts something elsewhere."""
    return {"op": "move", "target": list(target), "into": list(into), "before": before}


def add_file(path: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the edit that makes a new file."""
    return {"op": "add_file", "path": path, "value": dict(value)}


def together(*edits: Mapping[str, Any]) -> str:
    """Return several edits that are made as one, as an attribute of a button holds them."""
    return json.dumps(edits, ensure_ascii=False, separators=(",", ":"))


def free(prefix: str, taken: Iterable[str]) -> str:
    """Return an id that nothing has yet: the prefix itself, or with a number."""
    known = set(taken)
    if prefix not in known:
        return prefix
    number = 2
    while f"{prefix}_{number}" in known:
        number += 1
    return f"{prefix}_{number}"
