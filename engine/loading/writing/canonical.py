"""How is a value written in YAML where there was none before?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from engine.loading.writing.scalars import written

WIDTH = 110
"""So many columns a map or a list in brackets may take; a Chinese character takes two."""

STEP = 2


def value_lines(value: Any, indent: int, used: int) -> list[str]:
    """Return a value as it stands behind `key:` or `- `: the first line goes on that line, where
    so many columns are used already; an empty first line means that it begins on the next."""
    if isinstance(value, (dict, list)) and not fits_one_line(value, used):
        return ["", *block_lines(value, indent)]
    if isinstance(value, str) and "\n" in value and _blocky(value):
        return _text_block(value, indent)
    return [flow(value) if isinstance(value, (dict, list)) else written(value, flow=False)]


def block_lines(value: Any, indent: int) -> list[str]:
    """Return the lines of a map or list that is not empty, one line for each thing or more."""
    if isinstance(value, dict):
        entries = value.items()
        return [line for key, inner in entries for line in entry_lines(key, inner, indent)]
    return [line for inner in value for line in item_lines(inner, indent)]


def entry_lines(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of one entry of a map."""
    head = f"{' ' * indent}{written(key, flow=False)}:"
    inside = indent + STEP
    first, *rest = value_lines(value, inside, width(head) + 1)
    return [f"{head} {first}" if first else head, *rest]


def item_lines(value: Any, indent: int) -> list[str]:
    """Return the lines of one item of a list."""
    dash = f"{' ' * indent}- "
    first, *rest = value_lines(value, indent + STEP, len(dash))
    if first:
        return [dash + first, *rest]
    return [dash + rest[0].lstrip(" "), *rest[1:]]


def flow(value: Any) -> str:
    """Return a value on one line, maps and lists in brackets."""
    if isinstance(value, dict):
        return f"{{{', '.join(flow_entry(key, inner) for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return written(value, flow=True)


def flow_entry(key: str, value: Any) -> str:
    """Return one entry of a map in brackets."""
    return f"{written(key, flow=True)}: {flow(value)}"


def fits_one_line(value: Any, used: int, most: int = WIDTH) -> bool:
    """Tell if a map or list is short and simple enough to stand in brackets: no texts of several
    lines, and no list of several maps."""
    if not value:
        return True
    return (
        not any("\n" in text for text in _texts(value))
        and not any(len(one) > 1 and isinstance(one[0], (dict, list)) for one in _lists(value))
        and used + width(flow(value)) <= most
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list) and value:
        yield value
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _lists(inner)


def _blocky(text: str) -> bool:
    """Tell if a text of several lines is read back as it is from below a `|`."""
    lines = text.removesuffix("\n").split("\n")
    return (
        not text.endswith("\n\n")
        and text.strip() != ""
        and not lines[0].startswith(" ")
        and all(line == line.rstrip() and line.isprintable() for line in lines)
    )


def _text_block(text: str, indent: int) -> list[str]:
    mark = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [mark, *(" " * indent + line if line else "" for line in lines)]


def width(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
