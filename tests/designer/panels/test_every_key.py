"""Whatever a file of an app can say can be set in a panel: the schemas and the panels agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.panels.arranging import arranged
from designer.panels.build import control_of
from designer.panels.controls import Control
from designer.panels.exclusive import WAYS
from designer.panels.places import Place
from designer.panels.shapes import Shape, keys_of
from engine.editing.draft import Draft, open_draft
from engine.loading.shapes import KINDS, schema_of
from tests.designer.panels.looking import around

DESIGNER = Path(__file__).parents[3] / "designer"
READ = (DESIGNER / "assets" / "panel" / "read.ts").read_text(encoding="utf-8")
DRAWN = (DESIGNER / "templates" / "design" / "panel_parts.html").read_text(encoding="utf-8")
OPENED = {"thing", "things", "options", "inside"}
"""Controls of whole things, which are set in panels of their own or where they stand."""

APP = {
    "app.yaml": """
app: toolbox
version: 1.0.0
label: 工具箱
roles: [{id: keeper, label: 管理员, design: true}]
""",
    "forms/item.yaml": """
form: item
label: 物品
title: name
sections:
  - id: basics
    label: 基本
    fields:
      - {id: name, type: text, label: 名称}
      - {id: count, type: integer, label: 数量}
access:
  keeper: {rows: all, create: true, edit: true}
""",
}


@pytest.fixture(scope="module")
def draft() -> Draft:
    return open_draft(APP)


def _structs(shape: Shape) -> Iterator[Any]:
    yield from shape.structs
    for inner in (shape.item, *shape.branches):
        if inner is not None:
            yield from _structs(inner)


def _place(kind: str, struct: Any) -> Place:
    """A thing of a struct that says nothing yet, in the file of a form."""
    file = "app.yaml" if kind == "app" else "forms/item.yaml"
    tag = struct.__struct_config__.tag_field
    value = {tag: struct.__struct_config__.tag} if tag else {}
    above = Place((file,), Shape(kind="thing", structs=(KINDS[kind],)), {}, None, "", None)
    shape = Shape(kind="thing", structs=(struct,))
    return Place((file, "things", 0), shape, value, None, "things", above)


def _controls(draft: Draft, kind: str, struct: Any) -> Iterator[tuple[str, Control]]:
    place = _place(kind, struct)
    for key in keys_of(struct).values():
        target = (*place.target, key.name)
        value = place.value.get(key.name)
        inner = Place(target, key.shape, value, struct, key.name, place)
        yield key.name, control_of(around(draft), inner, key)


def _reachable(kind: str) -> list[Any]:
    """Every struct that panels lead to from the file itself."""
    found: list[Any] = []
    waiting: list[Any] = [KINDS[kind]]
    while waiting:
        struct = waiting.pop()
        if struct in found:
            continue
        found.append(struct)
        for key in keys_of(struct).values():
            waiting += _structs(key.shape)
    return found


def _keys_of_schema(kind: str) -> set[str]:
    """Every key that the schema of a kind of file knows, as `Struct.key`."""
    schema = schema_of(kind)
    parts = {KINDS[kind].__name__: schema, **schema["$defs"]}
    return {f"{name}.{key}" for name, part in parts.items() for key in part.get("properties", {})}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_schema_has_a_control_that_sets_it(draft: Draft, kind: str) -> None:
    set_: set[str] = set()
    for struct in _reachable(kind):
        for key, control in _controls(draft, kind, struct):
            if control.target and _works(control):
                set_.add(f"{struct.__name__}.{key}")
    languages = {f"Label.{locale}" for locale in ("zh", "en")}
    assert sorted(_keys_of_schema(kind) - set_ - languages) == []


def _works(control: Control) -> bool:
    """It is drawn, and what it says is read from the page or set in a panel of its own."""
    drawn = f'"{control.kind}"' in DRAWN
    read = control.kind in OPENED or re.search(rf"^  {control.kind}[:,(]", READ, re.MULTILINE)
    return drawn and bool(read) and all(_works(part) for part in control.parts if part.key)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_stands_in_a_group_of_its_panel(kind: str) -> None:
    for struct in _reachable(kind):
        keys = list(keys_of(struct))
        grouped = [key for _, names, _ in arranged(struct, keys) for key in names]
        assert sorted(grouped) == sorted(keys), struct.__name__


def test_every_way_in_which_a_thing_can_be_said_names_its_own_keys() -> None:
    structs = {one.__name__: one for kind in KINDS for one in _reachable(kind)}
    for name, ways in WAYS.items():
        keys = keys_of(structs[name])
        named = {key for way, with_it in ways.items() for key in (way, *with_it)}
        assert named <= set(keys), name


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_the_file_is_shown_for_a_fixed_choice(draft: Draft, kind: str) -> None:
    proper = {"types", "locale"}
    raw = [
        f"{struct.__name__}.{key}: {choice.value}"
        for struct in _reachable(kind)
        for key, control in _controls(draft, kind, struct)
        for choice in control.choices
        if key not in proper and choice.label == str(choice.value) and control.kind != "either"
    ]
    assert raw == []
