"""Every key of every kind of file has a name in both languages that is no word of the YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from engine.loading.shapes import KINDS, schema_of


def _keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    structs = {"": schema, **schema["$defs"]}
    for name, struct in structs.items():
        if name == "Label":
            continue  # Its keys are languages.
        for key, said in struct.get("properties", {}).items():
            yield f"{name}.{key}", said


def test_every_key_of_every_schema_has_a_name_in_both_languages() -> None:
    nameless = [
        f"{kind}: {where}"
        for kind in KINDS
        for where, said in _keys(schema_of(kind))
        if not all(said.get("x-title", {}).get(locale, "").strip() for locale in ("zh", "en"))
    ]
    assert nameless == []


def test_what_is_explained_is_explained_in_both_languages() -> None:
    halves = [
        f"{kind}: {where} {json.dumps(said['x-help'], ensure_ascii=False)}"
        for kind in KINDS
        for where, said in _keys(schema_of(kind))
        if bool(said["x-help"].get("zh")) != bool(said["x-help"].get("en"))
    ]
    assert halves == []
