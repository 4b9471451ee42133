"""Which things does a definition consist of, and by which path of ids is each called?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from engine.definition.form import CreateDef, FormDef, SectionDef
from engine.definition.page import MenuDef, RelatedDef
from engine.definition.public import PublicFieldDef
from engine.definition.stage import PipelineDef
from engine.definition.workflow import PathDef, WorkflowDef
from engine.documents.block import Block
from engine.loading.source import Spot
from engine.rules.action import Action

IdPath = tuple[str, ...]

SHARED: dict[Any, str] = {SectionDef: "fields", PipelineDef: "stages", PathDef: "steps"}
"""What stands inside these is called by the file: moving it elsewhere does not rename it."""


@dataclass(frozen=True)
class Thing:
    """One struct of a definition, its path of ids and its place."""

    struct: msgspec.Struct
    path: IdPath
    spot: Spot


def things(struct: msgspec.Struct, path: IdPath, spot: Spot) -> Iterator[Thing]:
    """Yield a definition and everything inside, outermost first."""
    yield from _things(struct, path, spot, path)


def _things(struct: msgspec.Struct, path: IdPath, spot: Spot, form: IdPath) -> Iterator[Thing]:
    yield Thing(struct, path, spot)
    for key in struct.__struct_fields__:
        value = getattr(struct, key)
        above = form if SHARED.get(type(struct)) == key else path
        for step, item, there in _children(value, key, spot / key):
            yield from _things(item, (*above, *step), there, form)


def _children(value: Any, key: str, spot: Spot) -> Iterator[tuple[IdPath, msgspec.Struct, Spot]]:
    if isinstance(value, msgspec.Struct):
        yield (key,), value, spot
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            name = name_of(item) if isinstance(item, msgspec.Struct) else None
            if name is not None:
                yield (key, *name), item, spot / at
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, msgspec.Struct):
                yield (key, str(name)), item, spot / name


def name_of(item: msgspec.Struct) -> IdPath | None:
    """Return what a thing in a list is called; None for what nothing can refer to."""
    match item:
        case RelatedDef(form=form, by=by):
            return (form, by)
        case MenuDef(id=id_, forms=forms):
            return (id_ or forms[0],)
        case CreateDef(id=id_, form=form):
            return (id_ or form,)
        case FormDef(form=form):
            return (form,)
        case PublicFieldDef(field=field):
            return (field,)
        case WorkflowDef(workflow=workflow):
            return (workflow,)
        case Action(id=id_) | Block(id=id_):
            return (id_ or item.type,)
    id_ = getattr(item, "id", None)
    return (id_,) if isinstance(id_, str) else None


@cache
def label_keys(struct: Any) -> tuple[str, ...]:
    """Return the keys of a struct under which texts for people stand."""
    hints = get_type_hints(struct)
    return tuple(key for key in struct.__struct_fields__ if _is_label(hints[key]))


def main_label(struct: Any) -> str | None:
    """Return the key of the text that a thing is known by."""
    keys = label_keys(struct)
    return next((key for key in ("label", "message", "text") if key in keys), None)


def _is_label(hint: Any) -> bool:
    parts = get_args(hint)
    return str in parts and dict[str, str] in parts
