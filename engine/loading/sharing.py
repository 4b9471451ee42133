"""Which parts of a document are what they were before a change?"""

from __future__ import annotations

from typing import Any


def shared(old: Any, new: Any) -> Any:
    """Return the new data with every part that is as before being the very same object, so that
    what is known of it need not be found out again."""
    if isinstance(new, dict) and isinstance(old, dict):
        return _shared_map(old, new)
    if isinstance(new, list) and isinstance(old, list):
        return _shared_list(old, new)
    return old if type(old) is type(new) and old == new else new


def _shared_map(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    made = {key: shared(old[key], value) if key in old else value for key, value in new.items()}
    unchanged = list(old) == list(made) and all(old[key] is made[key] for key in old)
    return old if unchanged else made


def _shared_list(old: list[Any], new: list[Any]) -> list[Any]:
    """Things in a list are compared by their place from either end, so that one that comes or
    goes in between does not make all behind it look new."""
    front = 0
    for one, other in zip(old, new, strict=False):
        if shared(one, other) is not one:
            break
        front += 1
    if front == len(old) == len(new):
        return old
    back = 0
    while back < min(len(old), len(new)) - front:
        if shared(old[-1 - back], new[-1 - back]) is not old[-1 - back]:
            break
        back += 1
    middle = new[front : len(new) - back]
    between = old[front : len(old) - back]
    if len(middle) == len(between):
        middle = [shared(one, other) for one, other in zip(between, middle, strict=True)]
    return [*old[:front], *middle, *old[len(old) - back :]]
