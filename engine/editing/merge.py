"""What becomes of local changes to an app when a new version of its package comes?"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from engine.app import App
from engine.editing.between import edits_between
from engine.editing.desk import Desk, Refusal
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.field_pool import POOL, pooled, poured, section_of
from engine.editing.places import value_behind
from engine.editing.targets import related, target_of
from engine.editing.three_way import MISSING, Conflict, Merging, Removal, Side, same
from engine.loading.files import NOT_SERVED, Looked, linked, look
from engine.loading.folder import kind_of
from engine.loading.writing.files import file_text
from engine.problems import Problem

ROUNDS = 16
"""What refers to something that goes may be referred to itself."""

Choices: TypeAlias = Mapping[Target, Side]
Files: TypeAlias = dict[str, Looked]


@dataclass(frozen=True)
class Merged:
    """The new version with the local changes. It loads."""

    draft: Draft
    conflicts: tuple[Conflict, ...]
    """What both changed; where nothing was decided, what is local stands."""
    dropped: tuple[Target, ...] = ()
    """What goes along with what was decided, because it refers to what is no longer there."""


@dataclass(frozen=True)
class Stuck:
    """Why the two can't be brought together as it was decided."""

    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]


def merge(
    base: Draft, mine: Draft, theirs: Draft, choices: Choices | None = None
) -> Merged | Stuck:
    """Return the new version (`theirs`) with what was changed locally (`mine`) since the former one
    (`base`), compared by stable ids. What only one side changed is taken over; what both changed
    is a conflict, which `choices` decide by its target."""
    work = _Merge(base, mine, theirs, choices or {})
    made = work.made(frozenset())
    app, problems, repaired = _loaded(made.files)
    if app is not None:
        return Merged(Draft(repaired, app), made.conflicts)
    return work.with_what_is_needed(made, problems)


@dataclass(frozen=True)
class _Made:
    files: Files
    conflicts: tuple[Conflict, ...]
    removals: tuple[Removal, ...]


@dataclass(frozen=True)
class _Merge:
    base: Draft
    mine: Draft
    theirs: Draft
    choices: Choices
    _pools: dict[tuple[int, str], Any] = field(default_factory=dict)

    def made(self, kept: frozenset[Target]) -> _Made:
        """Merge every file; what one side removed stays where it is among what is kept."""
        choices = {_virtual(target): side for target, side in self.choices.items()}
        hidden = frozenset(one for target in kept for one in (_virtual(target), target))
        merging = Merging(choices, hidden)
        paths = sorted({*self.base.files, *self.mine.files, *self.theirs.files})
        found = {path: self._file(merging, path) for path in paths}
        files = {path: one for path, one in found.items() if one is not None}
        real = [one for one in merging.conflicts if not _is_mention(one.target)]
        removed = [one for one in merging.removals if not _is_mention(one.target)]
        return _Made(
            files,
            tuple(replace(one, target=self._real(one.target)) for one in real),
            tuple(replace(one, target=self._real(one.target)) for one in removed),
        )

    def with_what_is_needed(self, made: _Made, problems: tuple[Problem, ...]) -> Merged | Stuck:
        """Find what one side removed and the other needs: that stays, unless it was decided
        otherwise; then what refers to it goes."""
        kept = self._needed(made.removals)
        if kept is None:
            return Stuck(problems, made.conflicts)
        again = self.made(kept)
        app, problems, files = _loaded(again.files)
        if app is not None:
            return Merged(Draft(files, app), again.conflicts)
        against = {one.target for one in again.conflicts if one.kind == "needed"}
        if not any(target in self.choices for target in against):
            return Stuck(problems, again.conflicts)
        return _without_loose(files, problems, again.conflicts)

    def _needed(self, removals: Sequence[Removal]) -> frozenset[Target] | None:
        """Return the fewest removals, of those that only one side made, that can't be."""
        undecided = _Merge(self.base, self.mine, self.theirs, self._without(removals))
        kept = frozenset(one.target for one in removals)
        if not kept or not undecided._loads(kept):
            return None
        for target in sorted(kept, key=lambda one: (-len(one), str(one))):
            if undecided._loads(kept - {target}):
                kept -= {target}
        return kept

    def _without(self, removals: Iterable[Removal]) -> Choices:
        gone = {one.target for one in removals}
        return {target: side for target, side in self.choices.items() if target not in gone}

    def _loads(self, kept: frozenset[Target]) -> bool:
        return _loaded(self.made(kept).files)[0] is not None

    def _file(self, merging: Merging, path: str) -> Looked | None:
        sides = [side.looked.get(path) for side in (self.base, self.mine, self.theirs)]
        base, mine, theirs = sides
        if _text(mine) == _text(base) and theirs is not None:
            return theirs
        if _text(theirs) in (_text(base), _text(mine)) and mine is not None:
            return mine
        merged = merging.value((path,), *(self._data(path, side) for side in sides))
        if merged is MISSING:
            return None
        for side in (theirs, mine):
            if side is not None and same(merged, self._data(path, side)):
                return side
        return self._written(path, poured(merged, *(self._data(path, one) for one in sides[1:])))

    def _data(self, path: str, looked: Looked | None) -> Any:
        """Return what a file says, its fields apart from its sections; a file that only tests or
        installations look at is one value."""
        if looked is None:
            return MISSING
        key = (id(looked), path)
        if key not in self._pools:
            data = looked.sources[0].data
            whole = kind_of(path) in NOT_SERVED
            self._pools[key] = looked.text if whole else pooled(data) if self._fits(path) else data
        return self._pools[key]

    def _fits(self, path: str) -> bool:
        """Tell if the fields of every side can be looked at apart from their sections."""
        found = [side.documents[path][0].data for side in self._sides if path in side.documents]
        return all(POOL in pooled(data) for data in found if isinstance(data, dict))

    def _written(self, path: str, wanted: Any) -> Looked:
        """Return a file that says what is wanted, as the new version writes it."""
        into = self.theirs if path in self.theirs.files else self.mine
        desk = Desk(into)
        try:
            for edit in edits_between(into.documents[path][0].data, wanted, (path,)):
                desk.make(copy.deepcopy(edit))
            found = desk.look_at(path)
        except Refusal:
            found = None
        if found is None or found.sources[0].data != wanted:
            found = look(path, file_text(path, wanted))
        return found

    def _real(self, target: Target) -> Target:
        """Return where a field stands that was looked at apart from its section."""
        if len(target) < 3 or target[1] != POOL:
            return target
        path, id_ = str(target[0]), str(target[2])
        forms = (self._data(path, side.looked.get(path)) for side in self._sides)
        found = (section_of(form, id_) for form in forms)
        section = next((one for one in found if one is not None), "")
        return (path, "sections", section, "fields", *target[2:])

    @cached_property
    def _sides(self) -> tuple[Draft, ...]:
        return (self.mine, self.base, self.theirs)


def _virtual(target: Target) -> Target:
    inside = len(target) > 4 and target[1] == "sections" and target[3] == "fields"
    return (target[0], POOL, *target[4:]) if inside else target


def _is_mention(target: Target) -> bool:
    """Tell if it is only about where a field stands."""
    return len(target) == 5 and target[1] == "sections" and target[3] == "fields"


def _text(looked: Looked | None) -> str | None:
    return looked.text if looked else None


def _loaded(files: Files) -> tuple[App | None, tuple[Problem, ...], Files]:
    """Return the app of some files, translations of what is no longer there left out."""
    for _ in range(ROUNDS):
        app, problems = linked(files)
        if app is not None or any(kind_of(one.at.file) != "locale" for one in problems):
            return app, problems, files
        trimmed = _trimmed(files, problems)
        if trimmed is None:
            break
        files = trimmed[0]
    return None, problems, files


def _without_loose(
    files: Files, problems: tuple[Problem, ...], conflicts: tuple[Conflict, ...]
) -> Merged | Stuck:
    """Take out what refers to what was decided to go."""
    dropped: list[Target] = []
    for _ in range(ROUNDS):
        trimmed = _trimmed(files, problems)
        if trimmed is None:
            break
        files, gone = trimmed
        dropped += [one for one in gone if kind_of(str(one[0])) != "locale"]
        app, problems, files = _loaded(files)
        if app is not None:
            return Merged(Draft(files, app), conflicts, tuple(dict.fromkeys(dropped)))
    return Stuck(problems, conflicts)


def _trimmed(files: Files, problems: Iterable[Problem]) -> tuple[Files, list[Target]] | None:
    """Return files without what problems are about; None if some of it can't go."""
    gone = list(_wrong(files, problems))
    if not gone or any(len(one) == 1 and kind_of(str(one[0])) in ("app", "form") for one in gone):
        return None
    desk = Desk(Draft(files, None))  # type: ignore[arg-type]  # the desk looks at the files only
    try:
        desk.remove_all(_outermost(gone))
    except Refusal:
        return None
    return dict(desk.looked()), gone


def _wrong(files: Files, problems: Iterable[Problem]) -> Iterator[Target]:
    documents = {path: one.sources for path, one in files.items()}
    for problem in problems:
        place = value_behind(documents, problem.at, outermost=problem.code == "shape.missing")
        if place is not None:
            yield (place[0].file, *target_of(place[0].data, place[1]))


def _outermost(targets: Sequence[Target]) -> list[Target]:
    found = dict.fromkeys(targets)
    return [
        one
        for one in found
        if not any(
            other != one and len(other) < len(one) and related(one, other) for other in found
        )
    ]
