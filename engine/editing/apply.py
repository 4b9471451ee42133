"""What becomes of a draft by edits, and how are they undone?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.editing.desk import Desk, Refusal
from engine.editing.draft import Draft
from engine.editing.edits import (
    AnyEdit,
    Splice,
    Target,
)
from engine.editing.places import value_behind
from engine.editing.targets import target_of
from engine.loading.files import Looked, linked
from engine.loading.folder import kind_of
from engine.problems import Problem


@dataclass(frozen=True)
class Applied:
    """The draft with the edits, what undoes them, and where they were made."""

    draft: Draft
    splices: tuple[Splice, ...]
    touched: tuple[Target, ...]

    @property
    def undo(self) -> tuple[Splice, ...]:
        """What brings every file back, byte for byte."""
        return tuple(one.inverse for one in reversed(self.splices))


@dataclass(frozen=True)
class Refused:
    """Why the edits can't be made; nothing changed."""

    problems: tuple[Problem, ...]


def apply(draft: Draft, edits: Sequence[AnyEdit | Splice]) -> Applied | Refused:
    """Make edits one after the other, all or none: the app must load with all of them.

    Translations of what is not there any more go along.
    """
    desk = Desk(draft)
    try:
        for edit in edits:
            desk.make(edit)
        looked = desk.looked()
        app, problems = linked(looked)
        stale = _stale(desk, looked, problems)
        if stale:
            desk.remove_all(stale)
            looked = desk.looked()
            app, problems = linked(looked)
    except Refusal as refusal:
        return Refused((refusal.problem,))
    if app is None:
        return Refused(problems)
    return Applied(Draft(looked, app), tuple(desk.splices), tuple(dict.fromkeys(desk.touched)))


def _stale(desk: Desk, looked: Mapping[str, Looked], problems: Sequence[Problem]) -> list[Target]:
    """Return the translations of what is gone, unless translations are what was edited."""
    if any(kind_of(str(one[0])) == "locale" for one in desk.touched):
        return []
    documents = {path: one.sources for path, one in looked.items()}
    found: dict[Target, None] = {}
    for problem in problems:
        place = value_behind(documents, problem.at) if problem.code == "locale.path" else None
        if place is not None:
            found[(place[0].file, *target_of(place[0].data, place[1]))] = None
    return list(found)
