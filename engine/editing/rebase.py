"""Where do splices belong after other changes were made to the same texts?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from engine.editing.edits import Splice


def rebase(splices: Sequence[Splice], later: Iterable[Splice]) -> tuple[Splice, ...] | None:
    """Return splices as they are made after later ones; None if those changed the same places."""
    moved = tuple(splices)
    for change in later:
        placed = _past(moved, change)
        if placed is None:
            return None
        moved = placed
    return moved


def _past(splices: Sequence[Splice], change: Splice) -> tuple[Splice, ...] | None:
    """Return splices after one change; it is carried along from each splice to the next."""
    moved: list[Splice] = []
    for splice in splices:
        placed = _behind(splice, change, yields=True)
        carried = _behind(change, splice, yields=False)
        if placed is None or carried is None:
            return None
        moved.append(placed)
        change = carried
    return tuple(moved)


def _behind(splice: Splice, change: Splice, *, yields: bool) -> Splice | None:
    """Return a splice after a change of the same text; None if they touch the same characters. Of
    two texts put in at one place the one that yields goes behind the other."""
    if splice.path != change.path:
        return splice
    if None in (splice.removed, splice.added, change.removed, change.added):
        return None
    removed, gone = len(splice.removed or ""), len(change.removed or "")
    pure = not removed and not gone and splice.at == change.at
    if splice.at + removed <= change.at and not (pure and yields):
        return splice
    if change.at + gone <= splice.at:
        grown = len(change.added or "") - gone
        return msgspec.structs.replace(splice, at=splice.at + grown)
    return None
