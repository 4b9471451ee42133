"""What is each key of a definition called, and what does it do, for people without YAML?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from engine.definition.titles.apps import APPS
from engine.definition.titles.common import COMMON, Said
from engine.definition.titles.connectors import CONNECTORS
from engine.definition.titles.data import DATA
from engine.definition.titles.decisions import DECISIONS
from engine.definition.titles.documents import DOCUMENTS
from engine.definition.titles.forms import FORMS
from engine.definition.titles.publics import PUBLICS
from engine.definition.titles.rules import RULES
from engine.definition.titles.scenarios import SCENARIOS
from engine.definition.titles.stages import STAGES
from engine.definition.titles.workflows import WORKFLOWS

OWN: Mapping[str, Mapping[str, Said]] = {
    **APPS, **CONNECTORS, **DATA, **DECISIONS, **DOCUMENTS, **FORMS, **PUBLICS, **RULES,
    **SCENARIOS, **STAGES, **WORKFLOWS,
}  # fmt: skip
"""By the name of the struct and the key in the YAML."""


@dataclass(frozen=True)
class Titles:
    """What a key is called and what it does, by language."""

    title: Mapping[str, str]
    help: Mapping[str, str]


@cache
def titles_of(struct: type) -> Mapping[str, Titles]:
    """Return the names of the keys of a struct, by the key in the YAML.

    Types of fields, triggers and actions carry them in their own files; the kinds have tables.
    """
    found = {}
    for key, hint in _keys(struct).items():
        titles = _said_at(hint) or _listed(struct, key)
        if titles is not None:
            found[key] = titles
    return found


def _keys(struct: Any) -> Mapping[str, Any]:
    hints = get_type_hints(struct, include_extras=True)
    pairs = zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)
    tag = struct.__struct_config__.tag_field
    return {**({tag: str} if tag else {}), **{key: hints[name] for name, key in pairs}}


def _said_at(hint: Any) -> Titles | None:
    for meta in getattr(hint, "__metadata__", ()):
        extra = getattr(meta, "extra_json_schema", None) or {}
        if "x-title" in extra:
            return Titles(extra["x-title"], extra["x-help"])
    return None


def _listed(struct: type, key: str) -> Titles | None:
    own: Mapping[str, Said] = getattr(struct, "titles", {})
    tables = (own, *(OWN.get(each.__name__, {}) for each in struct.__mro__), COMMON)
    said = next((table[key] for table in tables if key in table), None)
    if said is None:
        return None
    zh, en, *more = said
    helps = (*more, "", "")[:2]
    return Titles({"zh": zh, "en": en}, {"zh": helps[0], "en": helps[1]})
