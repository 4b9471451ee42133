"""What is at an address of a draft: which struct, which key of which struct?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from designer.panels.shapes import Key, Shape, keys_of
from engine.editing.draft import Draft
from engine.editing.edits import Step, Target
from engine.editing.targets import key_in, name_in_list
from engine.loading.folder import kind_of
from engine.loading.shapes import KINDS


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

    @property
    def struct(self) -> Any:
        """The struct of the thing here; None if it is no thing."""
        return struct_of(self.shape, self.value)

    @property
    def keys(self) -> dict[str, Key]:
        """Every key that the thing here may have."""
        return dict(keys_of(self.struct)) if self.struct else {}


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
    place = Place(target[:first], root, draft.value(target[:first]), None, "", None)
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
        struct = struct_of(shape, place.value)
        key = keys_of(struct).get(str(step)) if struct else None
        if key is None:
            return None
        return Place(target, key.shape, value, struct, key.name, place)
    if shape.kind in ("list", "map") and shape.item is not None:
        if shape.kind == "list" and value is None:
            return None
        return Place(target, shape.item, value, place.owner, place.key, place)
    return None


def chosen_branch(shape: Shape, value: Any) -> Shape:
    """Return which of several shapes a value has."""
    if shape.kind != "either":
        return shape
    fitting = (one for one in shape.branches if _fits(one, value))
    return next(fitting, replace(shape, kind="anything"))


def struct_of(shape: Shape, value: Any) -> Any:
    """Return the struct of a thing: the only one, or the one that its word names."""
    if shape.kind != "thing":
        found = chosen_branch(shape, value)
        return struct_of(found, value) if found.kind == "thing" else None
    if len(shape.structs) == 1:
        return shape.structs[0]
    config: Any = shape.structs[0]
    tag = config.__struct_config__.tag_field
    word = value.get(tag) if isinstance(value, dict) else None
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
