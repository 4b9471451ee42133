"""Where in a file stands the n-th character of a text that was read from it?"""

from __future__ import annotations

from engine.loading.source import Source, Spot
from engine.problems import Location

_ESCAPES = {"x": 4, "u": 6, "U": 10}


def place_in_text(spot: Spot, offset: int) -> Location:
    """Return the place of a character of a scalar; of the scalar if it can't be told."""
    place = spot.source.places.get(spot.path)
    value = _value_at(spot)
    if place is None or not isinstance(value, str):
        return spot.at
    index = _index(spot.source.text[place.start : place.end], value, place.style, offset)
    if index is None:
        return spot.at
    return _location(spot.source, place.start + index)


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


def _index(written: str, value: str, style: str, offset: int) -> int | None:
    """Walk along the text as written and as read; they differ in quotes, escapes and breaks."""
    at = _content_start(written, style)
    for character in value[:offset]:
        if at >= len(written):
            return None
        step = _step(written, at, character, style)
        if step is None:
            return None
        at = step
    while at < len(written) and written[at].isspace() and offset < len(value):
        if value[offset].isspace():
            break
        at += 1
    return min(at, len(written))


def _content_start(written: str, style: str) -> int:
    if style in ("'", '"'):
        return 1
    if style in ("|", ">"):
        first = written.find("\n") + 1
        while first < len(written) and written[first] in " \n\r":
            first += 1
        return first
    return 0


def _step(written: str, at: int, character: str, style: str) -> int | None:
    here = written[at]
    if style == '"' and here == "\\":
        return _after_escape(written, at, character)
    if style == "'" and here == "'":
        return at + 2
    if character in " \n" and here.isspace():
        return _after_space(written, at, character)
    while here.isspace() and here != character:
        at += 1
        if at >= len(written):
            return None
        here = written[at]
    return at + 1 if here == character else None


def _after_escape(written: str, at: int, character: str) -> int | None:
    following = written[at + 1 : at + 2]
    if following in ("\n", "\r"):
        rest = at + 1
        while rest < len(written) and written[rest].isspace():
            rest += 1
        return _step(written, rest, character, '"') if rest < len(written) else None
    return at + _ESCAPES.get(following, 2)


def _after_space(written: str, at: int, character: str) -> int:
    """A break and the indentation after it may have been read as one blank."""
    if written[at] == " " and character == " " and not _at_line_end(written, at):
        return at + 1
    while at < len(written) and written[at] not in "\n\r":
        at += 1
    at += 1
    while at < len(written) and written[at] in " \t":
        at += 1
    return at


def _at_line_end(written: str, at: int) -> bool:
    return written[at:].lstrip(" \t")[:1] in ("\n", "\r", "")
