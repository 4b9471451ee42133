"""What is different between two drafts of an app?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.editing.draft import Draft
from engine.editing.edits import Step, Target
from engine.editing.targets import name_in_list
from engine.loading.files import NOT_SERVED
from engine.loading.source import Source

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Difference:
    """One thing that came, went, moved or is something else now."""

    kind: Kind
    target: Target
    before: Any = None
    after: Any = None


def differences(old: Draft, new: Draft) -> tuple[Difference, ...]:
    """Return what became of a draft, in the order of its files; sample data and scenarios are
    left out. A thing that is in another list of its file now has moved."""
    paths = sorted({*old.files, *new.files})
    found = [
        one
        for path in paths
        for one in _in_file(path, old.documents.get(path, ()), new.documents.get(path, ()))
    ]
    return tuple(_with_moves(found))


def _in_file(path: str, old: Sequence[Source], new: Sequence[Source]) -> Iterator[Difference]:
    if {one.kind for one in (*old, *new)} & {*NOT_SERVED}:
        return
    if not old:
        yield Difference("added", (path,), None, new[0].data)
    elif not new:
        yield Difference("removed", (path,), old[0].data, None)
    elif old[0].text != new[0].text:
        yield from _compared(old[0].data, new[0].data, (path,))


def _compared(old: Any, new: Any, at: Target) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _entries(old, new, at)
    elif _named(old) and _named(new):
        before = {str(name_in_list(one)): one for one in old}
        after = {str(name_in_list(one)): one for one in new}
        yield from _entries(before, after, at)
        stay = [name for name in before if name in after]
        if stay != [name for name in after if name in before]:
            yield Difference("moved", at, stay, [name for name in after if name in before])
    elif old != new or type(old) is not type(new):
        yield Difference("changed", at, old, new)


def _entries(old: Mapping[str, Any], new: Mapping[str, Any], at: Target) -> Iterator[Difference]:
    for key in dict.fromkeys([*old, *new]):
        here = (*at, key)
        if key not in new:
            yield Difference("removed", here, old[key], None)
        elif key not in old:
            yield Difference("added", here, None, new[key])
        else:
            yield from _compared(old[key], new[key], here)


def _named(value: Any) -> bool:
    """Tell if a list holds things that each have an id of their own."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    names = [name_in_list(one) for one in value]
    return None not in names and len(set(names)) == len(names)


def _with_moves(found: Sequence[Difference]) -> Iterator[Difference]:
    """Yield one move for what went from one list and came to another of the same file."""
    gone = {_thing(one): one for one in found if one.kind == "removed"}
    come = {_thing(one) for one in found if one.kind == "added"}
    for one in found:
        thing = _thing(one)
        if one.kind == "removed" and thing in come and thing is not None:
            continue
        before = gone.get(thing) if one.kind == "added" and thing is not None else None
        if before is None:
            yield one
            continue
        yield Difference("moved", one.target, list(before.target[:-1]), list(one.target[:-1]))
        yield from _compared(before.before, one.after, one.target)


def _thing(one: Difference) -> tuple[Step, Step, Step] | None:
    """Return by what a thing of a list is known again in another list of its file."""
    value = one.before if one.kind == "removed" else one.after
    if len(one.target) < 3 or not isinstance(value, dict) or value.get("id") != one.target[-1]:
        return None
    return (one.target[0], one.target[-2], one.target[-1])
