"""Where does each value of a file stand?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from engine.problems import Location, Problem
from engine.wording import Message

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indices on the way to a value."""


FLOW = "{"
"""The style of a list or a map in brackets; without brackets it has none."""


class Place(NamedTuple):
    """Where one value stands: line and column from 1, and its characters in the text."""

    line: int
    column: int
    start: int
    end: int
    style: str = ""
    """How it is written. A text: plain, quoted (`'`, `"`) or as a block (`|`, `>`); a list or a
    map: FLOW or plain."""


@dataclass(frozen=True)
class Own:
    """What in a form came by types of the app's own."""

    types: Mapping[str, str] = field(default_factory=dict)
    """By field, or `<lines>.<cell>`, the type that it names."""
    checks: Mapping[str, Location] = field(default_factory=dict)
    """Where the checks stand that came with those types."""


NOTHING_OWN = Own()


@dataclass(frozen=True, eq=False)
class Source:
    """One document of a file: plain data, and the places of its values and keys."""

    file: str
    kind: str
    data: Any
    text: str = field(repr=False)
    places: Mapping[Path, Place] = field(repr=False)
    keys: Mapping[Path, Place] = field(repr=False)
    own: Own = NOTHING_OWN

    def at(self, path: Path) -> Location:
        """Return the place of a value, or of the nearest thing around it."""
        return self._nearest(path, self.places)

    def at_key(self, path: Path) -> Location:
        """Return the place of the key in front of a value, or of the value."""
        key = self.keys.get(path)
        return Location(self.file, key.line, key.column) if key else self.at(path)

    def _nearest(self, path: Path, places: Mapping[Path, Place]) -> Location:
        for length in range(len(path), -1, -1):
            place = places.get(path[:length])
            if place:
                return Location(self.file, place.line, place.column)
        return Location(self.file)


@dataclass(frozen=True)
class Spot:
    """A value in a document, from which one can go on to the values inside it."""

    source: Source
    path: Path = ()

    def __truediv__(self, step: str | int) -> Spot:
        return Spot(self.source, (*self.path, step))

    @property
    def at(self) -> Location:
        """The place of the value."""
        return self.source.at(self.path)

    @property
    def at_key(self) -> Location:
        """The place of the key in front of the value."""
        return self.source.at_key(self.path)

    def problem(self, code: str, message: Message) -> Problem:
        """Return a mistake that is found at the value."""
        return Problem(self.at, code, message)

    def key_problem(self, code: str, message: Message) -> Problem:
        """Return a mistake that is found at the key in front of the value."""
        return Problem(self.at_key, code, message)
