"""Where in the files of a draft is what a target names?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.editing.edits import Step, Target
from engine.loading.source import Path, Source

Documents = Mapping[str, Sequence[Source]]


def document_at(documents: Documents, target: Target) -> tuple[Source, Target] | None:
    """Return the document that a target points into, and the steps that remain; in a file of
    scenarios the second step counts its documents."""
    found = documents.get(str(target[0])) if target else None
    if not found:
        return None
    if found[0].kind != "scenario":
        return found[0], target[1:]
    at = target[1] if len(target) > 1 else 0
    inside = isinstance(at, int) and at < len(found)
    return (found[int(at)], target[2:]) if inside else None


def path_of(data: Any, steps: Sequence[Step]) -> Path | None:
    """Return the keys and indices behind a target; None if it points nowhere."""
    path: Path = ()
    for step in steps:
        key = key_in(data, step)
        if key is None:
            return None
        data, path = data[key], (*path, key)
    return path


def key_in(data: Any, step: Step) -> Step | None:
    """Return the key or index of one step."""
    if isinstance(data, dict):
        return step if step in data else None
    if not isinstance(data, list):
        return None
    if isinstance(step, str):
        return next((at for at, item in enumerate(data) if name_in_list(item) == step), None)
    return step if 0 <= step < len(data) else None


def name_in_list(item: Any) -> Any:
    """Return what an item of a list is called: its id, or the word itself."""
    return item.get("id") if isinstance(item, dict) else item


def target_of(data: Any, path: Path) -> Target:
    """Return the stable steps behind keys and indices; an item without an id is counted."""
    steps: Target = ()
    for key in path:
        name: Any = key
        if isinstance(data, list):
            name = name_in_list(data[int(key)])
            if not isinstance(name, str) or key_in(data, name) != key:
                name = key
        steps, data = (*steps, name), data[key]
    return steps


def related(one: Target, other: Target) -> bool:
    """Tell if one target is inside the other, or is it."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]
