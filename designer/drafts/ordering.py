"""Where among the keys of a thing does a new one stand, as who writes by hand would put it?"""

from __future__ import annotations

from collections.abc import Sequence

from designer.panels.places import place_at
from engine.editing.draft import Draft
from engine.editing.edits import Add, AnyEdit, Set, Step, Target


def in_order(draft: Draft, edits: Sequence[AnyEdit]) -> tuple[AnyEdit, ...]:
    """Return the edits, each new key behind those that come before it in what it belongs to."""
    return tuple(_placed(draft, one) if isinstance(one, Set) else one for one in edits)


def _placed(draft: Draft, edit: Set) -> AnyEdit:
    target, value = edit.target, edit.value
    while len(target) > 2 and not draft.exists(target[:-1]):
        target, value = target[:-1], {str(target[-1]): value}
    if len(target) < 2 or draft.exists(target):
        return edit
    before = next_key(draft, target[:-1], target[-1])
    if before is None:
        return edit
    return Add(target=target[:-1], key=str(target[-1]), value=value, before=before)


def next_key(draft: Draft, target: Target, key: Step) -> str | None:
    """Return the key of a thing before which a new one goes; None is behind all."""
    place = place_at(draft, target)
    held = draft.value(target)
    if place is None or not isinstance(held, dict):
        return None
    order = list(place.keys)
    if key not in order:
        return None
    earlier, names = order[: order.index(str(key))], list(held)
    behind = max((names.index(one) + 1 for one in earlier if one in held), default=0)
    return names[behind] if behind < len(names) else None
