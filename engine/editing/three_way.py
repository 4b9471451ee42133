"""What becomes of a value that two sides changed, each starting from the same?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from engine.editing.edits import Target
from engine.editing.targets import name_in_list

Side: TypeAlias = Literal["mine", "theirs"]
Kind: TypeAlias = Literal["changed", "added", "removed_here", "removed_there", "needed"]


class _Missing:
    """Nothing is there."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Any = _Missing()


@dataclass(frozen=True)
class Conflict:
    """One thing that both sides changed, each in its own way, or that one removed and the other
    still needs."""

    kind: Kind
    target: Target
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Removal:
    """Something that one side removed and the other left as it was."""

    target: Target
    by: Side
    value: Any


@dataclass
class Merging:
    """One merge of values: what was decided, and what was found on the way."""

    choices: Mapping[Target, Side]
    kept: frozenset[Target] = frozenset()
    """What one side removed and must stay, unless it was decided otherwise."""
    conflicts: list[Conflict] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def value(self, at: Target, base: Any, mine: Any, theirs: Any) -> Any:
        """Return what a value becomes. Where nothing was decided, what is mine stands."""
        if same(mine, theirs):
            return theirs
        inside = _ways_in(base, mine, theirs)
        if inside is None and same(mine, base):
            return self._one_sided(at, base, theirs, "theirs")
        if inside is None and same(theirs, base):
            return self._one_sided(at, base, mine, "mine")
        return inside(self, at, base, mine, theirs) if inside else self._met(at, base, mine, theirs)

    def _one_sided(self, at: Target, base: Any, changed: Any, by: Side) -> Any:
        """Take over what only one side changed, unless it took away what the other needs."""
        if changed is not MISSING:
            return changed
        self.removals.append(Removal(at, by, base))
        if at not in self.kept:
            return MISSING
        sides = {"mine": base, "theirs": base, by: MISSING}
        self.conflicts.append(Conflict("needed", at, base, sides["mine"], sides["theirs"]))
        return sides[self.choices[at]] if at in self.choices else base

    def _met(self, at: Target, base: Any, mine: Any, theirs: Any) -> Any:
        self.conflicts.append(Conflict(_kind(base, mine, theirs), at, base, mine, theirs))
        return theirs if self.choices.get(at) == "theirs" else mine

    def entries(self, at: Target, base: Any, mine: Any, theirs: Any) -> Any:
        """Merge maps key by key."""
        merged = {
            key: self.value(
                (*at, key), base.get(key, MISSING), mine.get(key, MISSING), theirs.get(key, MISSING)
            )
            for key in dict.fromkeys([*theirs, *mine])
        }
        return {key: value for key, value in merged.items() if value is not MISSING}

    def things(self, at: Target, base: Any, mine: Any, theirs: Any) -> Any:
        """Merge lists of things with ids, thing by thing; a new one stays behind the thing that it
        was put behind."""
        sides = [{name_in_list(one): one for one in side} for side in (base, mine, theirs)]
        merged = {
            name: self.value((*at, name), *(side.get(name, MISSING) for side in sides))
            for name in dict.fromkeys([*sides[2], *sides[1]])
        }
        there = [name for name, value in merged.items() if value is not MISSING]
        return [merged[name] for name in _ordered(there, *(list(side) for side in sides))]


def same(one: Any, other: Any) -> bool:
    """Tell if two values are the same; 1 is not true, and the order of the keys says nothing."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def named(value: Any) -> bool:
    """Tell if a list holds things that each have an id of their own."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    names = [name_in_list(one) for one in value]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


Way: TypeAlias = Callable[[Merging, Target, Any, Any, Any], Any]


def _ways_in(base: Any, mine: Any, theirs: Any) -> Way | None:
    """Return how to look inside what both sides changed; None if it is one and whole."""
    sides = (base, mine, theirs)
    if all(isinstance(side, dict) for side in sides):
        return Merging.entries
    if all(map(named, sides)) or _words_apart(*sides):
        return Merging.things
    return None


def _words_apart(base: Any, mine: Any, theirs: Any) -> bool:
    """Tell if words were put into a list or taken from it, each of which speaks for itself; where
    as many are there as before, one may have taken the place of another."""
    if not all(map(_set_of_words, (base, mine, theirs))):
        return False
    return all(set(side) == set(base) or len(side) != len(base) for side in (mine, theirs))


def _set_of_words(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return False
    return len(set(value)) == len(value)


def _kind(base: Any, mine: Any, theirs: Any) -> Kind:
    if base is MISSING:
        return "added"
    if mine is MISSING:
        return "removed_here"
    return "removed_there" if theirs is MISSING else "changed"


def _ordered(
    names: Sequence[Any], base: list[Any], mine: list[Any], theirs: list[Any]
) -> list[Any]:
    """Return names in the order of the side that changed it; what only the other side has comes
    behind what it stood behind there."""
    stay = [name for name in base if name in mine and name in theirs]
    here = [name for name in mine if name in stay]
    leading, other = (theirs, mine) if here == stay else (mine, theirs)
    ordered = [name for name in leading if name in names]
    for at, name in enumerate(other):
        if name in names and name not in ordered:
            before = next((one for one in reversed(other[:at]) if one in ordered), None)
            ordered.insert(0 if before is None else ordered.index(before) + 1, name)
    return ordered
