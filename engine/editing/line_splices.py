"""Which lines of a file gave way to which others?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import accumulate

from engine.editing.edits import Splice


def line_splices(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Splice, ...]:
    """Return what turns the files of an app into others, line by line, in the order in which it is
    done: what is the same stays untouched, so that what was done there can still be undone."""
    return tuple(
        splice
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
        for splice in _of_file(path, old.get(path), new.get(path))
    )


def _of_file(path: str, old: str | None, new: str | None) -> Iterator[Splice]:
    if old is None or new is None:
        yield Splice(path=path, at=0, removed=old, added=new)
        return
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, before))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # From the end, so that what comes before stays where it is.
    for tag, start, end, other, upto in reversed(matcher.get_opcodes()):
        if tag != "equal":
            removed, added = "".join(before[start:end]), "".join(after[other:upto])
            yield Splice(path=path, at=starts[start], removed=removed, added=added)
