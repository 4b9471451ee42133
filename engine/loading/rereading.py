"""What does a document say after one change of its text, reading only the lines around it anew?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.loading.read import MAX_BYTES, read_text
from engine.loading.source import FLOW, Path, Place, Source


@dataclass(frozen=True)
class _Lines:
    """The lines that one item of a list has for itself."""

    path: Path
    start: int
    end: int
    dash: int


def reread(source: Source, start: int, end: int, new: str) -> Source | None:
    """Return the document with other characters in one place; None if the change can't be told
    from the lines of one item of a list."""
    lines = _around(source, start, end)
    text = source.text[:start] + new + source.text[end:]
    if lines is None or len(text) * 4 > MAX_BYTES:
        return None
    grown = len(new) - (end - start)
    written = text[lines.start : lines.end + grown]
    read, problems = read_text(source.file, source.kind, written)
    if problems or len(read) != 1 or not _one_item(read[0], lines):
        return None
    return _joined(source, read[0], lines, text, grown)


def _around(source: Source, start: int, end: int) -> _Lines | None:
    """Return the innermost item of a list whose lines hold the whole change."""
    path: Path = ()
    found: _Lines | None = None
    while True:
        inner = _inside(source, path, start, end)
        if inner is None:
            return found
        path = inner
        lines = _own_lines(source, path)
        if lines is not None and lines.dash < start and end <= lines.end:
            found = lines


def _inside(source: Source, path: Path, start: int, end: int) -> Path | None:
    """Return what is directly inside a list or map and has a change inside itself."""
    value = source.data
    for step in path:
        value = value[step]
    steps: Any = value if isinstance(value, dict) else range(len(value) if _many(value) else 0)
    for step in steps:
        inner = (*path, step)
        place = source.places[inner]
        if place.start <= start and end <= _line_end(source.text, place.end):
            later: Path | None = (*path, step + 1) if isinstance(step, int) else None
            if later is not None and later in source.places and source.places[later].start <= start:
                continue
            return inner
        if place.start > end:
            return None
    return None


def _many(value: Any) -> bool:
    return isinstance(value, list)


def _own_lines(source: Source, path: Path) -> _Lines | None:
    if not isinstance(path[-1], int) or source.places[path[:-1]].style == FLOW:
        return None
    place, text = source.places[path], source.text
    dash = text.rfind("-", 0, place.start)
    begin = text.rfind("\n", 0, dash) + 1
    alone = not text[begin:dash].strip() and not text[dash + 1 : place.start].strip(" ")
    return _Lines(path, begin, _line_end(text, place.end), dash) if alone else None


def _line_end(text: str, at: int) -> int:
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _one_item(read: Source, lines: _Lines) -> bool:
    return (
        isinstance(read.data, list)
        and len(read.data) == 1
        and read.places[()].style != FLOW
        and read.places[()].start == lines.dash - lines.start
    )


def _joined(source: Source, read: Source, lines: _Lines, text: str, grown: int) -> Source:
    before = source.text.count("\n", 0, lines.start)
    more = text.count("\n", lines.start, lines.end + grown)
    more -= source.text.count("\n", lines.start, lines.end)
    data = _with(source.data, lines.path, read.data[0])
    old_end = source.places[lines.path].end
    item = read.places[(0,)]
    shift = _Shift(lines, grown, more, old_end, item.end + lines.start)
    places = _moved(source.places, shift) | _placed(read.places, lines, before)
    keys = _moved(source.keys, shift) | _placed(read.keys, lines, before)
    return Source(source.file, source.kind, data, text, places, keys)


@dataclass(frozen=True)
class _Shift:
    """How far what stands behind the changed lines has moved."""

    lines: _Lines
    grown: int
    more: int
    old_end: int
    new_end: int


def _moved(places: Mapping[Path, Place], shift: _Shift) -> dict[Path, Place]:
    path, depth, behind = shift.lines.path, len(shift.lines.path), shift.lines.end
    first, grown, more = shift.lines.start, shift.grown, shift.more
    moved, new = {}, tuple.__new__
    for key, place in places.items():
        line, column, start, end, style = place
        if start >= behind:
            # Made past the constructor: this is most of what an edit takes.
            moved[key] = new(Place, (line + more, column, start + grown, end + grown, style))
        elif start < first:
            before = end < behind - 1 and end < shift.old_end
            moved[key] = place if before else _longer(place, shift)
        elif key[:depth] != path:
            moved[key] = _longer(place, shift)
    return moved


def _longer(place: Place, shift: _Shift) -> Place:
    """Return the place of what is around the change, which ends elsewhere now."""
    if place.end < shift.old_end:
        return place
    end = shift.new_end if place.end == shift.old_end else place.end + shift.grown
    return Place(place.line, place.column, place.start, end, place.style)


def _placed(places: Mapping[Path, Place], lines: _Lines, before: int) -> dict[Path, Place]:
    return {
        (*lines.path, *key[1:]): Place(
            place.line + before,
            place.column,
            place.start + lines.start,
            place.end + lines.start,
            place.style,
        )
        for key, place in places.items()
        if key
    }


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step: Any = path[0]
    new = dict(data) if isinstance(data, dict) else list(data)
    new[step] = _with(data[step], path[1:], value)
    return new
