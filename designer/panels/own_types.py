"""How do types of the app's own stand among the shipped ones in a panel?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from designer.panels.around import Choice
from designer.panels.controls import Control
from designer.panels.making import Making
from designer.panels.places import Place
from engine.definition.own_type import OwnTypeDef
from engine.definition.titles import titles_of
from engine.field import Field
from engine.loading.own_types import SHARED, settable_keys
from engine.loading.shapes import NAMES
from engine.wording import words

_NAMED = ("id", "label", "type")


def base_of(thing: Place) -> str:
    """Return the shipped type that a field has, or that its own type is made of."""
    held = thing.value.get("type") if isinstance(thing.value, dict) else ""
    return thing.own_type.like.type if thing.own_type else str(held)


def written_out(thing: Place) -> dict[str, Any]:
    """Return a field as it would say the same without its own type."""
    own = thing.own_type
    if own is None:
        return dict(thing.value)
    return {**said_by(own), **{key: one for key, one in thing.value.items() if key != "type"}}


def said_by(own: OwnTypeDef) -> dict[str, Any]:
    """Return what a type settles, as a field of the shipped type would say it."""
    plain = msgspec.to_builtins(own.like)
    usual = {one.encode_name: one.default for one in msgspec.structs.fields(own.like)}
    told = {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in plain.items()
        if key not in NAMES and value != msgspec.to_builtins(usual.get(key))
    }
    return {"type": own.like.type, **told}


def own_choices(making: Making, thing: Place, alike: Any) -> Iterator[Choice]:
    """Yield the app's own types that a field may get, as what it would say then."""
    held: Mapping[str, Any] = thing.value if isinstance(thing.value, dict) else {}
    inside = thing.owner is OwnTypeDef
    for id_, own in thing.types.items():
        label = words(own.label, making.around.locale)
        if held.get("type") == id_:
            yield Choice(dict(held), label)
        elif not inside and alike(base_of(thing), own.like.type):
            keys = {*_NAMED, *settable_keys(own)} - {"default"}
            kept = {key: value for key, value in held.items() if key in keys}
            yield Choice({**kept, "type": id_}, label)


def open_control(making: Making) -> Control:
    """Return the control of what fields of a type may still set: the options that it has beside
    those of every type."""
    thing = making.place.above
    like = thing.value.get("like") if thing is not None and isinstance(thing.value, dict) else None
    own = making.place.types.get(str(thing.value.get("type"))) if thing and like else None
    struct = type(own.like) if own else Field
    titles = titles_of(struct)
    keys = [key for key in struct.__struct_encode_fields__ if key not in SHARED]
    keys += [key for key in ("unique", "mask") if own and getattr(own.like, key)]
    held = making.place.value if isinstance(making.place.value, list) else []
    every = dict.fromkeys([*keys, *(str(each) for each in held)])
    locale = making.around.locale
    choices = tuple(
        Choice(key, titles[key].title[locale] if key in titles else key) for key in every
    )
    return making.control("ticks", choices=choices)
