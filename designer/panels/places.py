"""What is at an address of a draft: which struct, which key of which struct?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec

from designer.panels.shapes import Key, Shape, keys_of
from engine.definition.own_type import OwnTypeDef
from engine.editing.draft import Draft
from engine.editing.edits import Step, Target
from engine.editing.targets import key_in, name_in_list
from engine.field import Field
from engine.loading.folder import kind_of
from engine.loading.own_types import settable_keys
from engine.loading.shapes import KINDS, NAMES

Types: TypeAlias = Mapping[str, OwnTypeDef]


@dataclass(frozen=True)
class Place:
    """One address with what may stand there and what does."""

    target: Target
    shape: Shape
    value: Any
    owner: type | None
    """The struct of whose key this is the value."""
    key: str
    """That key; items of a list have the key of their list."""
    above: Place | None
    types: Types = field(default_factory=dict)
    """The field types of the app's own."""

    @property
    def struct(self) -> Any:
        """The struct of the thing here; None if it is no thing."""
        return struct_of(self.shape, self.value, self.types)

    @property
    def own_type(self) -> OwnTypeDef | None:
        """The app's own type that the field here has."""
        word = self.value.get("type") if isinstance(self.value, dict) else None
        return self.types.get(str(word)) if self.is_field else None

    @property
    def is_field(self) -> bool:
        """Whether a field stands here, or what a type of the app's own is like."""
        return self.shape.kind == "thing" and issubclass(self.shape.structs[0], Field)

    @property
    def keys(self) -> dict[str, Key]:
        """Every key that the thing here may have."""
        keys = dict(keys_of(self.struct)) if self.struct else {}
        if self.is_field and self.owner is OwnTypeDef:
            keys = {name: key for name, key in keys.items() if name not in NAMES}
        return keys if self.own_type is None else _left_open(keys, self.own_type)


def place_at(draft: Draft, target: Target) -> Place | None:
    """Return the place that a target names, whether something stands there or not yet."""
    kind = kind_of(str(target[0])) if target else None
    if kind is None or kind not in KINDS or str(target[0]) not in draft.files:
        return None
    first = 1
    if kind == "scenario":
        first = 2
        if len(target) < first:
            target = (*target, 0)
    root = Shape(kind="thing", structs=(KINDS[kind],))
    types = draft.app.types
    place = Place(target[:first], root, draft.value(target[:first]), None, "", None, types)
    for step in target[first:]:
        inside = step_into(place, step)
        if inside is None:
            return None
        place = inside
    return place


def step_into(place: Place, step: Step) -> Place | None:
    """Return the place one step further in; None if there can't be one."""
    shape = chosen_branch(place.shape, place.value)
    target = (*place.target, step)
    value = _value(place.value, step)
    if shape.kind == "thing":
        key = place.keys.get(str(step))
        if key is None:
            return None
        return Place(target, key.shape, value, place.struct, key.name, place, place.types)
    if shape.kind in ("list", "map") and shape.item is not None:
        if shape.kind == "list" and value is None:
            return None
        return Place(target, shape.item, value, place.owner, place.key, place, place.types)
    return None


def chosen_branch(shape: Shape, value: Any) -> Shape:
    """Return which of several shapes a value has."""
    if shape.kind != "either":
        return shape
    fitting = (one for one in shape.branches if _fits(one, value))
    return next(fitting, replace(shape, kind="anything"))


def _left_open(keys: Mapping[str, Key], own: OwnTypeDef) -> dict[str, Key]:
    """Return the keys that a field of an own type may say, with what the type says at first."""
    names = {"id", "label", "type", *settable_keys(own)}
    said = msgspec.to_builtins(own.like)
    return {
        name: key if name in ("id", "label", "type") else replace(key, default=said.get(name))
        for name, key in keys.items()
        if name in names
    }


def struct_of(shape: Shape, value: Any, types: Types = MappingProxyType({})) -> Any:
    """Return the struct of a thing: the only one, or the one that its word names."""
    if shape.kind != "thing":
        found = chosen_branch(shape, value)
        return struct_of(found, value, types) if found.kind == "thing" else None
    if len(shape.structs) == 1:
        return shape.structs[0]
    config: Any = shape.structs[0]
    tag = config.__struct_config__.tag_field
    word = value.get(tag) if isinstance(value, dict) else None
    if isinstance(word, str) and word in types and issubclass(shape.structs[0], Field):
        word = types[word].like.type
    return next((one for one in shape.structs if _word(one) == word), None)


def _word(struct: Any) -> Any:
    return struct.__struct_config__.tag


def _value(value: Any, step: Step) -> Any:
    key = key_in(value, step)
    return None if key is None else value[key]


def _fits(shape: Shape, value: Any) -> bool:
    match shape.kind:
        case "choice":
            return value in shape.words and not isinstance(value, bool)
        case "yes_no":
            return isinstance(value, bool)
        case "thing" | "map":
            return isinstance(value, dict)
        case "list":
            return isinstance(value, list)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "words":
            return isinstance(value, str | dict)
    return isinstance(value, str)


def steps_of(value: list[Any]) -> list[Step]:
    """Return what the items of a list are called in targets: their ids, else their numbers."""
    names = [name_in_list(item) for item in value]
    return [
        name if isinstance(name, str) and names.index(name) == at else at
        for at, name in enumerate(names)
    ]
