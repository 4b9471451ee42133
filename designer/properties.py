"""What is said of a field: each option that its definition sets, in plain words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

import msgspec

from designer.property_words import Property, words_for
from designer.speech import Speech
from engine.field import Field

FIRST = ("required", "visible", "readonly", "default", "unique")
"""What people ask about first, and needs no explaining; then come the options of the type."""
LAST = ("help", "placeholder", "width", "mask", "id", "formerly", "note")
ELSEWHERE = frozenset({"label", "fields"})
"""Shown as the heading, and as a list of their own."""


@dataclass(frozen=True)
class Titles:
    """What an option is called and what it does, by language."""

    title: Mapping[str, str]
    help: Mapping[str, str]


def properties(speech: Speech, field: Field, lines: str | None = None) -> tuple[Property, ...]:
    """Return every option of a field that is not left at its default."""
    return tuple(_said(speech, field, lines))


def _said(speech: Speech, field: Field, lines: str | None) -> Iterator[Property]:
    titles = titles_of(type(field))
    defaults = {one.name: one.default for one in msgspec.structs.fields(type(field))}
    for name in _in_order(defaults):
        value = getattr(field, name)
        if name in ELSEWHERE or name not in titles or value == defaults[name]:
            continue
        said = words_for(speech, field, name, lines)
        called = titles[name]
        yield Property(
            name=name,
            title=called.title[speech.locale],
            help="" if name in FIRST else called.help[speech.locale],
            **said,
        )


def _in_order(names: Mapping[str, object]) -> Iterator[str]:
    yield from (name for name in FIRST if name in names)
    yield from (name for name in names if name not in (*FIRST, *LAST))
    yield from (name for name in LAST if name in names)


@cache
def titles_of(type_: type[Field]) -> Mapping[str, Titles]:
    """Return the names of the options of a field type, as its definition gives them."""
    found = {}
    for name, hint in get_type_hints(type_, include_extras=True).items():
        for meta in getattr(hint, "__metadata__", ()):
            extra = getattr(meta, "extra_json_schema", None) or {}
            if "x-title" in extra:
                found[name] = Titles(extra["x-title"], extra["x-help"])
    return found
