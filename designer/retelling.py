"""How does a definition follow when the fields, steps and stages that it names are renamed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.panels.places import Place, chosen_branch, step_into
from designer.panels.referring import HERE, Refers, map_value_refers, refers
from engine.expressions.renaming import with_names

Renamed = Mapping[str, Mapping[str, str]]
"""By the list that a thing stands in: its id, and what it is called now."""

LISTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("field", "column", "number", "date", "person", "department", "reference", "lines",
         "settable", "position", "sort"),
        "fields",
    ),
    "step": "steps",
    "stage": "stages",
    "item": "evidence",
}  # fmt: skip
"""In which list the things stand that a key names."""


def retold(place: Place, value: Any, renamed: Renamed) -> Any:
    """Return what stands at a place with the new names in its expressions and references."""
    shape = chosen_branch(place.shape, value)
    if isinstance(value, str):
        return _text(place, shape.kind, value, renamed)
    if isinstance(value, list):
        return [_inside(place, at, one, renamed) for at, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if shape.kind != "map":
        return {key: _inside(place, key, one, renamed) for key, one in value.items()}
    named, values = refers(place.owner, place.key), map_value_refers(place.owner, place.key)
    return {
        _named(key, named, renamed): _named(one, values, renamed)
        if isinstance(one, str) and values
        else _inside(place, key, one, renamed)
        for key, one in value.items()
    }


def _inside(place: Place, step: str | int, value: Any, renamed: Renamed) -> Any:
    inner = step_into(place, step)
    return value if inner is None else retold(inner, value, renamed)


def _text(place: Place, kind: str, text: str, renamed: Renamed) -> str:
    if kind == "feel":
        return with_names(text, renamed["fields"])
    return text if kind == "words" else _named(text, refers(place.owner, place.key), renamed)


def _named(text: str, named: Refers | None, renamed: Renamed) -> str:
    """Return the new name of something of this file; `-due` and `site.keeper` name a field too."""
    if named is None or named.form != HERE or named.kind not in LISTS:
        return text
    minus, bare = ("-", text[1:]) if text.startswith("-") else ("", text)
    first, dot, rest = bare.partition(".")
    return f"{minus}{renamed[LISTS[named.kind]].get(first, first)}{dot}{rest}"
