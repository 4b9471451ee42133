"""What becomes of a draft by edits, and how are they undone?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.editing.desk import Desk, Refusal
from engine.editing.draft import Draft
from engine.editing.edits import (
    AnyEdit,
    Splice,
    Target,
)
from engine.loading.files import linked
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
    """Make edits one after the other, all or none: the app must load with all of them."""
    desk = Desk(draft)
    try:
        for edit in edits:
            desk.make(edit)
    except Refusal as refusal:
        return Refused((refusal.problem,))
    looked = desk.looked()
    app, problems = linked(looked)
    if app is None:
        return Refused(problems)
    return Applied(Draft(looked, app), tuple(desk.splices), tuple(dict.fromkeys(desk.touched)))
