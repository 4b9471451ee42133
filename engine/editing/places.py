"""Which value of a draft is a problem about?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.loading.source import Path, Place, Source
from engine.problems import Location


def value_behind(
    documents: Mapping[str, Sequence[Source]], at: Location, *, outermost: bool = False
) -> tuple[Source, Path] | None:
    """Return the innermost value that stands at a place of a file, or whose key does; or the
    outermost one that begins there."""
    if outermost:
        return _beginning(documents.get(at.file, ()), at)
    found: tuple[int, Source, Path] | None = None
    for source in documents.get(at.file, ()):
        index = _index(source.text, at)
        for places in (source.places, source.keys):
            for path, place in places.items():
                if _holds(place, index) and (found is None or len(path) > found[0]):
                    found = (len(path), source, path)
    return (found[1], found[2]) if found else None


def _beginning(sources: Sequence[Source], at: Location) -> tuple[Source, Path] | None:
    begins = [(source, _index(source.text, at)) for source in sources]
    found = [
        (len(path), source, path)
        for source, index in begins
        for path, place in source.places.items()
        if place.start == index
    ]
    first = min(found, key=lambda one: one[0], default=None)
    return (first[1], first[2]) if first else None


def _holds(place: Place, index: int) -> bool:
    return place.start <= index < max(place.end, place.start + 1)


def _index(text: str, at: Location) -> int:
    start = 0
    for _ in range(at.line - 1):
        start = text.find("\n", start) + 1
    return start + at.column - 1
