"""What is the text of a document after one value of it was set, added, removed or moved?"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.loading.read import read_text
from engine.loading.rereading import reread
from engine.loading.source import Path, Source
from engine.loading.writing.regions import (
    entry_region,
    in_brackets,
    indent_of,
    steps_inside,
    value_at,
)
from engine.loading.writing.splices import (
    Cut,
    add_entry,
    add_lines,
    crowded,
    lines_of,
    remove_entry,
    set_value,
)


@dataclass(frozen=True)
class Rewritten:
    """A document with one change, and the characters that changed."""

    source: Source
    cuts: tuple[Cut, ...]


def with_value(source: Source, path: Path, value: Any) -> Rewritten:
    """Return the document with another value at a path, or with one more entry of a map."""
    above = path[:-1]
    if not path or _has(value_at(source, above), path[-1]):
        if same(value_at(source, path), value):
            return Rewritten(source, ())
        wanted = _changed(source.data, path, value)
        return _sure(source, wanted, path[:-1], lambda: set_value(source, path, value))
    wanted = _changed(source.data, path, value)
    key = str(path[-1])
    return _sure(source, wanted, above, lambda: add_entry(source, above, key, value, None))


def with_item(
    source: Source, path: Path, at: int, value: Any, lines: list[str] | None = None
) -> Rewritten:
    """Return the document with one more item of a list, as these lines if they are given."""
    items = value_at(source, path)
    wanted = _changed(source.data, path, [*items[:at], value, *items[at:]])
    before = (*path, at) if at < len(items) else None

    def cut() -> Cut:
        if lines and items and not in_brackets(source, path):
            return add_lines(source, path, lines, before)
        return add_entry(source, path, None, value, before)

    return _sure(source, wanted, path, cut)


def with_entry(source: Source, path: Path, key: str, value: Any, before: str | None) -> Rewritten:
    """Return the document with one more entry of a map, before another one or at the end."""
    entries = value_at(source, path)
    names = list(entries)
    at = names.index(before) if before in entries else len(names)
    names.insert(at, key)
    wanted = _changed(source.data, path, {name: entries.get(name, value) for name in names})
    there = (*path, before) if before in entries and before is not None else None
    return _sure(source, wanted, path, lambda: add_entry(source, path, key, value, there))


def without(source: Source, path: Path) -> Rewritten:
    """Return the document without a value."""
    above = value_at(source, path[:-1])
    rest: Any
    if isinstance(above, dict):
        rest = {key: value for key, value in above.items() if key != path[-1]}
    else:
        rest = [value for at, value in enumerate(above) if at != path[-1]]
    wanted = _changed(source.data, path[:-1], rest)
    return _sure(source, wanted, path[:-1], lambda: remove_entry(source, path))


def as_written(source: Source, path: Path, into: Source, there: Path) -> list[str] | None:
    """Return the lines of an item as they would stand in another list."""
    inside = steps_inside(into, there)
    if not inside or in_brackets(into, there):
        return None
    return lines_of(source, path, indent_of(into.text, entry_region(into, inside[0]).start))


def same(one: Any, other: Any) -> bool:
    """Tell if two values would be written alike: 1 is not true, and the order of keys counts."""
    return json.dumps(one) == json.dumps(other)


def _sure(source: Source, wanted: Any, above: Path, cut: Callable[[], Cut]) -> Rewritten:
    """Change as little as can be; where remarks or odd spelling make that wrong, write what is
    around it anew, a step further out until it reads as it should."""
    loose = _outermost_brackets(source, above)
    if loose is None or not crowded(source, loose, _at(wanted, loose)):
        found = _tried(source, wanted, cut)
        if found is not None:
            return found
    around = above if loose is None else loose
    for length in range(len(around), -1, -1):
        path = around[:length]
        new = _at(wanted, path)
        found = _tried(source, wanted, partial(set_value, source, path, new))
        if found is not None:
            return found
    raise AssertionError(f"{source.file} can't be written")


def _tried(source: Source, wanted: Any, cut: Callable[[], Cut]) -> Rewritten | None:
    made = cut()
    quick = None if source.kind == "scenario" else reread(source, *made)
    if quick is not None and same(quick.data, wanted):
        return Rewritten(quick, (made,))
    number, many = _place_in_file(source)
    sources, problems = read_text(source.file, source.kind, made.of(source.text))
    if problems or len(sources) != many or not same(sources[number].data, wanted):
        return None
    return Rewritten(sources[number], (made,))


def _place_in_file(source: Source) -> tuple[int, int]:
    """Return which document of its file it is, and of how many; only scenarios share a file."""
    if source.kind != "scenario":
        return 0, 1
    sources, _ = read_text(source.file, source.kind, source.text)
    start = source.places[()].start
    return [one.places[()].start for one in sources].index(start), len(sources)


def _outermost_brackets(source: Source, path: Path) -> Path | None:
    for length in range(len(path) + 1):
        if in_brackets(source, path[:length]):
            return path[:length]
    return None


def _changed(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step: Any = path[0]
    new = copy.copy(data)
    new[step] = _changed(data[step], path[1:], value) if path[1:] else value
    return new


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _has(container: Any, step: Any) -> bool:
    return step in container if isinstance(container, dict) else 0 <= step < len(container)


def without_many(source: Source, paths: Collection[Path], wanted: Any) -> str:
    """Return the text of a file after many values of one document went at once."""
    outermost = [path for path in paths if not any(path[:at] in paths for at in range(len(path)))]
    return _all_at_once(source, [remove_entry(source, path) for path in outermost], wanted)


def left_without(data: Any, paths: Collection[Path]) -> Any:
    """Return data without what is at some paths, which are those of the data as it is."""
    left = copy.deepcopy(data)
    for path in sorted(paths, key=_later_last, reverse=True):
        if not any(path[:at] in paths for at in range(len(path))):
            del _at(left, path[:-1])[path[-1]]
    return left


def _later_last(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (0, step) for step in path)


def with_many(source: Source, entries: Collection[tuple[Path, str, Any]], wanted: Any) -> str:
    """Return the text of a file after entries were added to many maps of one document at once."""
    cuts = [add_entry(source, path, key, value, None) for path, key, value in entries]
    return _all_at_once(source, cuts, wanted)


def _all_at_once(source: Source, made: Iterable[Cut], wanted: Any) -> str:
    cuts = sorted(made, reverse=True)
    text = source.text
    for start, end, new in _merged(cuts):
        text = text[:start] + new + text[end:]
    number, many = _place_in_file(source)
    sources, problems = read_text(source.file, source.kind, text)
    if not problems and len(sources) == many and same(sources[number].data, wanted):
        return text
    return set_value(source, (), wanted).of(source.text)


def _merged(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Yield cuts from the last to the first, those that overlap as one."""
    held: Cut | None = None
    for cut in cuts:
        if held is not None and cut.end > held.start:
            held = Cut(cut.start, max(cut.end, held.end), cut.text + held.text)
        else:
            if held is not None:
                yield held
            held = cut
    if held is not None:
        yield held
