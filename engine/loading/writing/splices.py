"""Which characters of a file change when one value of it does?"""

from __future__ import annotations

from typing import Any, NamedTuple

from engine.loading.source import Path, Source
from engine.loading.writing.canonical import (
    STEP,
    entry_lines,
    fits_one_line,
    flow,
    flow_entry,
    item_lines,
    value_lines,
    width,
)
from engine.loading.writing.regions import (
    after_line,
    entry_region,
    in_brackets,
    indent_of,
    line_start,
    steps_inside,
    value_at,
    value_region,
    with_remarks,
)

LONGEST = 140
"""A line that grows beyond so many columns is written anew, without brackets."""


class Cut(NamedTuple):
    """Characters of a text that give way to others."""

    start: int
    end: int
    text: str

    def of(self, text: str) -> str:
        """Return the text with the change."""
        return text[: self.start] + self.text + text[self.end :]


def set_value(source: Source, path: Path, value: Any) -> Cut:
    """Give a value that is there another content."""
    start, end = value_region(source, path)
    if not path:
        return Cut(start, end, "\n".join(value_lines(value, 0, LONGEST)).lstrip("\n"))
    if in_brackets(source, path[:-1]):
        return Cut(start, end, flow(value))
    entry = entry_region(source, path).start
    indent = indent_of(source.text, entry) + STEP
    first, *rest = value_lines(value, indent, indent_of(source.text, start))
    if not first and isinstance(path[-1], int):
        first, *rest = (rest[0].lstrip(" "), *rest[1:])
    gap = len(source.text[:start].rstrip(" \n"))
    text = "\n".join([first, *rest])
    return Cut(gap, end, f" {text}" if first else text)


def add_entry(source: Source, path: Path, key: str | None, value: Any, before: Path | None) -> Cut:
    """Put one more thing into a list or map: before another, or at the end. A list takes no key."""
    if not value_at(source, path) and not _within_brackets(source, path):
        return set_value(source, path, [value] if key is None else {key: value})
    if in_brackets(source, path):
        return _add_in_brackets(source, path, key, value, before)
    first = steps_inside(source, path)[0]
    indent = indent_of(source.text, entry_region(source, first).start)
    lines = item_lines(value, indent) if key is None else entry_lines(key, value, indent)
    return add_lines(source, path, lines, before)


def add_lines(source: Source, path: Path, lines: list[str], before: Path | None) -> Cut:
    """Put lines between the entries of a list or map that has no brackets."""
    text = source.text
    if before is None:
        last = entry_region(source, steps_inside(source, path)[-1])
        at = after_line(text, last.end)
        broken = at == 0 or text[at - 1] == "\n"
        return Cut(at, at, "\n".join([*([] if broken else [""]), *lines, ""]))
    at = entry_region(source, before).start
    if not text[line_start(text, at) : at].strip():
        start = with_remarks(text, at)
        return Cut(start, start, "\n".join([*lines, ""]))
    again = "\n" + " " * indent_of(text, at)
    return Cut(at, at, "\n".join(lines).lstrip(" ") + again)


def remove_entry(source: Source, path: Path) -> Cut:
    """Take one thing out of its list or map, with the remarks that stand above it."""
    text, around = source.text, list(steps_inside(source, path[:-1]))
    at, region = around.index(path), entry_region(source, path)
    following = around[at + 1] if at + 1 < len(around) else None
    if len(around) == 1:
        return set_value(source, path[:-1], [] if isinstance(path[-1], int) else {})
    if in_brackets(source, path[:-1]):
        if following:
            return Cut(region.start, entry_region(source, following).start, "")
        return Cut(entry_region(source, around[at - 1]).end, region.end, "")
    if text[line_start(text, region.start) : region.start].strip():
        assert following is not None
        return Cut(region.start, entry_region(source, following).start, "")
    return Cut(with_remarks(text, region.start), after_line(text, region.end), "")


def lines_of(source: Source, path: Path, indent: int) -> list[str] | None:
    """Return the lines of one item of a list as they are, remarks too, moved to another column;
    None if it does not have its lines for itself."""
    text, region = source.text, entry_region(source, path)
    start = line_start(text, region.start)
    if in_brackets(source, path[:-1]) or text[start : region.start].strip():
        return None
    lines = text[with_remarks(text, region.start) : after_line(text, region.end)].splitlines()
    shift = indent - (region.start - start)
    return [_shifted(line, shift) for line in lines]


def crowded(source: Source, path: Path, value: Any) -> bool:
    """Tell if a map or list in brackets is too long or too deep for that with a new value."""
    used = indent_of(source.text, source.places[path].start)
    return not fits_one_line(value, used, max(LONGEST, _now(source, path)))


def _now(source: Source, path: Path) -> int:
    start, end = value_region(source, path)
    line = source.text[line_start(source.text, start) : end]
    return width(line)


def _add_in_brackets(
    source: Source, path: Path, key: str | None, value: Any, before: Path | None
) -> Cut:
    new = flow(value) if key is None else flow_entry(key, value)
    inside = steps_inside(source, path)
    if before is not None:
        at = entry_region(source, before).start
        return Cut(at, at, f"{new}, ")
    if inside:
        at = entry_region(source, inside[-1]).end
        return Cut(at, at, f", {new}")
    start, end = value_region(source, path)
    return Cut(start, end, f"[{new}]" if key is None else f"{{{new}}}")


def _within_brackets(source: Source, path: Path) -> bool:
    return bool(path) and in_brackets(source, path[:-1])


def _shifted(line: str, shift: int) -> str:
    if shift >= 0:
        return " " * shift + line if line else line
    return line[-shift:] if not line[:-shift].strip() else line.lstrip(" ")
