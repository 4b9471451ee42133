"""Whatever a definition holds with an id of its own: when it is gone, what follows is told."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from engine.app import App
from engine.definition.app import AppDef
from engine.definition.connector import ConnectorDef
from engine.definition.decision import DecisionDef
from engine.definition.document import DocumentDef
from engine.definition.form import FormDef
from engine.definition.public import PublicDef
from engine.definition.rule import RuleDef
from engine.definition.workflow import WorkflowDef
from engine.loading.load import load_app
from engine.packages.breaking import breaking
from engine.packages.members import CONSEQUENCES, ELSEWHERE, members

KINDS = (
    AppDef, ConnectorDef, DecisionDef, DocumentDef, FormDef, PublicDef, RuleDef, WorkflowDef,
)  # fmt: skip
APPS = Path(__file__).parents[3] / "apps"


def _keys(of: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the keys below a definition under which things with ids stand."""
    if of in seen:
        return
    seen.add(of)
    for key, hint in typing.get_type_hints(of).items():
        for held, named in _structs(hint, within=False):
            if key not in ELSEWHERE:
                if named or ("id" in held.__struct_fields__ and _is_list(hint)):
                    yield key
                yield from _keys(held, seen)


def _structs(hint: Any, *, within: bool) -> Iterator[tuple[Any, bool]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint, within
    in_map = typing.get_origin(hint) is dict
    for part in typing.get_args(hint):
        yield from _structs(part, within=within or in_map)


def _is_list(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple or any(map(_is_list, typing.get_args(hint)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_is_said_for_every_list_whose_things_have_ids(kind: Any) -> None:
    keys = set(_keys(kind, set()))

    assert keys - CONSEQUENCES.keys() == set()


def _without(thing: Any, trail: tuple[str, ...]) -> Any:
    """Return a definition without the member at the end of a trail."""
    key, *rest = trail
    value = getattr(thing, key)
    return msgspec.structs.replace(thing, **{key: _held_without(value, tuple(rest))})


def _held_without(value: Any, trail: tuple[str, ...]) -> Any:
    if isinstance(value, Struct):
        return _without(value, trail)
    name, *rest = trail
    if isinstance(value, dict):
        changed = {**value, name: _without(value[name], tuple(rest))} if rest else value
        return {id_: one for id_, one in changed.items() if rest or id_ != name}
    named = any(getattr(one, "id", None) == name for one in value)
    if not named:
        return tuple(_tried(one, trail) for one in value)
    return tuple(
        _without(one, tuple(rest)) if rest and getattr(one, "id", None) == name else one
        for one in value
        if rest or getattr(one, "id", None) != name
    )


def _tried(one: Any, trail: tuple[str, ...]) -> Any:
    """Things without ids are gone through: what is meant is in one of them."""
    known = any(found == trail for found, _ in members(one))
    return _without(one, trail) if known else one


def _changed(app: App, kind: str, id_: str, definition: Any) -> App:
    known: Any = getattr(app, kind)
    thing = dataclasses.replace(known[id_], definition=definition)
    changed: dict[str, Any] = {kind: {**known, id_: thing}}
    return dataclasses.replace(app, **changed)


def test_everything_that_is_taken_out_of_an_app_is_told() -> None:
    app = load_app(APPS / "store_sales", checked=True)
    told = set()
    for kind in ("forms", "workflows", "rules", "decisions", "documents", "connectors"):
        for id_, thing in getattr(app, kind).items():
            for trail, _ in members(thing.definition):
                less = _without(thing.definition, trail)
                codes = [one.code for one in breaking(app, _changed(app, kind, id_, less))]
                assert f"{trail[-2]}.removed" in codes, (kind, id_, trail, codes)
                told.add(trail[-2])

    assert {"access", "views", "checks"} <= told
