"""Where in a file stands the n-th character of a text that was read from it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from engine.loading.source import Source, Spot
from engine.problems import Location

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r\n|.))", re.S)
_BLANK_ESCAPES = frozenset("ntrvfNLP_ \t\n\r") | {"\r\n"}


def place_in_text(spot: Spot, offset: int) -> Location:
    """Return the place of a character of a scalar; of the scalar if it can't be told."""
    place = spot.source.places.get(spot.path)
    value = _value_at(spot)
    if place is None or not isinstance(value, str):
        return spot.at
    visible = sum(not character.isspace() for character in value[:offset])
    blank = offset >= len(value) or value[offset].isspace()
    written = spot.source.text[place.start : place.end]
    index = _index(written, place.style, visible, after=blank)
    return spot.at if index is None else _location(spot.source, place.start + index)


def _index(written: str, style: str, visible: int, *, after: bool) -> int | None:
    """Count the visible characters: quotes, folding and indentation change only blanks."""
    if after and visible:
        last = next(islice(_visible(written, style), visible - 1, None), None)
        return None if last is None else last[1]
    found = next(islice(_visible(written, style), visible, None), None)
    return None if found is None else found[0]


def _visible(written: str, style: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each visible character as it is written."""
    at = written.find("\n") + 1 if style in ("|", ">") else int(style in ("'", '"'))
    end = len(written) - int(style in ("'", '"'))
    while at < end:
        length, blank = _character(written, at, style)
        if not blank:
            yield at, at + length
        at += length


def _character(written: str, at: int, style: str) -> tuple[int, bool]:
    """Return how long one character is as written, and whether it is a blank."""
    here = written[at]
    if style == "'" and here == "'":
        return 2, False
    if style == '"' and here == "\\":
        escape = _ESCAPE.match(written, at)
        if escape:
            code = escape[1] or escape[2] or escape[3]
            blank = chr(int(code, 16)).isspace() if code else escape[4] in _BLANK_ESCAPES
            return len(escape[0]), blank
    return 1, here.isspace()


def _value_at(spot: Spot) -> object:
    value = spot.source.data
    for step in spot.path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _location(source: Source, index: int) -> Location:
    before = source.text[:index]
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    lines = before.count("\n") + before.replace("\r\n", "").count("\r")
    return Location(source.file, lines + 1, index - line_start + 1)
