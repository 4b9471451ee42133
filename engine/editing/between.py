"""Which edits make one value out of another, and touch nothing that is as it should be?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.editing.edits import Add, AnyEdit, Move, Remove, Set, Target
from engine.editing.targets import name_in_list
from engine.editing.three_way import named, same


def edits_between(old: Any, new: Any, at: Target) -> Iterator[AnyEdit]:
    """Yield the edits, in the order in which they are made."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _entries(old, new, at)
    elif named(old) and named(new) and new and old:
        yield from _things(old, new, at)
    else:
        yield Set(target=at, value=new)


def _entries(old: dict[str, Any], new: dict[str, Any], at: Target) -> Iterator[AnyEdit]:
    for key in old:
        if key not in new:
            yield Remove(target=(*at, key))
    for key, value in new.items():
        if key in old:
            yield from edits_between(old[key], value, (*at, key))
        else:
            yield Set(target=(*at, key), value=value)


def _things(old: list[Any], new: list[Any], at: Target) -> Iterator[AnyEdit]:
    before = {name_in_list(one): one for one in old}
    after = {name_in_list(one): one for one in new}
    for name in before:
        if name not in after and before.keys() & after.keys():
            yield Remove(target=(*at, name))
    if not before.keys() & after.keys():
        yield Set(target=at, value=new)
        return
    now = [name for name in before if name in after]
    for place, (name, value) in enumerate(after.items()):
        follows = now[place] if place < len(now) else None
        if name not in before:
            yield Add(target=at, value=value, before=follows)
            now.insert(place, name)
            continue
        if follows != name:
            yield Move(target=(*at, name), into=at, before=follows)
            now.remove(name)
            now.insert(place, name)
        yield from edits_between(before[name], value, (*at, name))
