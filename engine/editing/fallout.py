"""What else must go when something is removed, because it refers to it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.editing.apply import Applied
from engine.editing.desk import Desk, Refusal
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.places import value_behind
from engine.editing.targets import related, target_of
from engine.loading.files import Looked, linked
from engine.problems import Problem

ROUNDS = 16
"""What refers to something that goes may be referred to itself."""

WHOLE_FILES = ("rule", "workflow", "decision", "document", "connector", "public")
"""Kinds of files that go as a whole when they can't be without what is removed."""


@dataclass(frozen=True)
class Fallout:
    """What comes of removing something."""

    along: tuple[Target, ...]
    """What goes along although nobody asked for it."""
    stuck: tuple[Problem, ...]
    """Why it can't be removed as it is; empty if it can."""
    applied: Applied | None = None
    """The draft without all of it."""


def fallout_of(draft: Draft, targets: Sequence[Target]) -> Fallout:
    """Return what must go so that some things can: found by removing them and asking what is
    wrong then, so that nothing that the app knows of is forgotten."""
    desk = Desk(draft)
    along: list[Target] = []
    more: Sequence[Target] = targets
    for _ in range(ROUNDS):
        try:
            desk.remove_all(more)
        except Refusal as refusal:
            return Fallout(tuple(along), (refusal.problem,))
        looked = desk.looked()
        app, problems = linked(looked)
        if app is not None:
            after = Draft(looked, app)
            touched = tuple(dict.fromkeys(desk.touched))
            return Fallout(tuple(along), (), Applied(after, tuple(desk.splices), touched))
        more = _loose(looked, problems)
        if not more:
            return Fallout(tuple(along), problems)
        along = [one for one in along if not any(_within(one, new) for new in more)]
        along += [one for one in more if not any(_within(one, asked) for asked in targets)]
    return Fallout(tuple(along), problems)


def _loose(looked: Mapping[str, Looked], problems: Sequence[Problem]) -> list[Target]:
    """Return the values that problems are about; none if one of them can't go."""
    documents = {path: one.sources for path, one in looked.items()}
    found: dict[Target, None] = {}
    for problem in problems:
        lacking = problem.code == "shape.missing"
        place = value_behind(documents, problem.at, outermost=lacking)
        if place is None:
            return []
        source, path = place
        if source.kind == "form" and path[-1:] == ("type",):
            return []  # The field is more than its type, and so are its values.
        if not path and source.kind not in WHOLE_FILES:
            return []
        found[(source.file, *target_of(source.data, path))] = None
    return [
        one for one in found if not any(other != one and _within(one, other) for other in found)
    ]


def _within(one: Target, other: Target) -> bool:
    return len(one) >= len(other) and related(one, other)
