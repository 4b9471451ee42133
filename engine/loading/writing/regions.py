"""Which characters of a file belong to one value, with its key or dash and its remarks?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.loading.source import FLOW, Path, Source


class Region(NamedTuple):
    """Characters of a text, from the first to behind the last."""

    start: int
    end: int


def value_at(source: Source, path: Path) -> Any:
    """Return the value at a path that is there."""
    value = source.data
    for step in path:
        value = value[step]
    return value


def steps_inside(source: Source, path: Path) -> Sequence[Path]:
    """Return the paths of what stands directly inside a list or map."""
    value = value_at(source, path)
    steps = value if isinstance(value, dict) else range(len(value))
    return [(*path, step) for step in steps]


def in_brackets(source: Source, path: Path) -> bool:
    """Tell if a list or map stands in brackets, so that everything inside is on its lines."""
    return source.places[path].style == FLOW


def value_region(source: Source, path: Path) -> Region:
    """Return where a value stands, without the line breaks behind it."""
    place = source.places[path]
    end = place.end
    while end > place.start and source.text[end - 1] in "\r\n":
        end -= 1
    return Region(place.start, end)


def entry_region(source: Source, path: Path) -> Region:
    """Return where a value stands, with its key or dash."""
    start, end = value_region(source, path)
    if isinstance(path[-1], str):
        return Region(source.keys[path].start, end)
    if in_brackets(source, path[:-1]):
        return Region(start, end)
    return Region(source.text.rfind("-", 0, start), end)


def line_start(text: str, at: int) -> int:
    """Return where the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def after_line(text: str, at: int) -> int:
    """Return where the next line begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def with_remarks(text: str, at: int) -> int:
    """Return where the remarks begin that stand directly above the line of a character, as far
    in as it; what stands at the top of a file belongs to the file."""
    start = line_start(text, at)
    indent = at - start
    above = start
    while above:
        line = text[line_start(text, above - 1) : above - 1]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != indent:
            return above
        above = line_start(text, above - 1)
    return start


def indent_of(text: str, at: int) -> int:
    """Return how many characters stand before one on its line."""
    return at - line_start(text, at)


def document_lines(text: str, documents: Sequence[Source], at: int) -> tuple[int, int]:
    """Return where the lines of one of several documents begin and end, with the line that parts
    it from its neighbour; what stands above the first one stays."""
    starts = [line_start(text, one.places[()].start) for one in documents]
    parted = [text.rindex("\n---", 0, start) + 1 for start in starts[1:]]
    if at == 0:
        return starts[0], after_line(text, parted[0])
    return parted[at - 1], parted[at] if at < len(parted) else len(text)
