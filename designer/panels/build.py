"""Which control sets one key of what is chosen?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from designer.panels.around import Around, Choice
from designer.panels.blanks import (
    blanks_of_document,
    blanks_of_rule,
    in_action,
    in_document,
    with_names,
)
from designer.panels.choice_words import choice_words, in_order, type_words
from designer.panels.controls import Control
from designer.panels.eithers import ways_of
from designer.panels.lists import items_of, new_items
from designer.panels.making import Making, condition_control
from designer.panels.own_types import base_of, open_control, own_choices, written_out
from designer.panels.places import Place, step_into, struct_of
from designer.panels.referring import is_value, map_value_refers, refers
from designer.panels.seeds import seed_of, stands
from designer.panels.shapes import Key, Shape, keys_of
from designer.panels.values import value_control
from engine.catalog import FIELD_TYPES
from engine.definition.own_type import OwnTypeDef
from engine.definition.stage import ConditionDef
from engine.definition.titles import titles_of
from engine.loading.folder import kind_of
from engine.wording import Message

LONG = frozenset({"help", "message", "description", "text", "confirm", "note", "scenario"})
"""Texts that take more than a line."""
INSIDE = frozenset({"Span", "Who", "GeofenceDef", "BackDef", "BackToDef", "Position"})
"""Small things that are set where they are named."""
COLOURED = ("colour",)


def control_of(around: Around, place: Place, key: Key) -> Control:
    """Return the control of a key; `place` is where its value stands or would stand."""
    making = Making(around, place, key)
    shape = key.shape
    made = _special(making)
    if made is not None:
        return made
    return _BY_KIND[shape.kind](making, shape)


def _special(making: Making) -> Control | None:
    owner, key = making.owner, making.place.key
    if key == owner.__struct_config__.tag_field:
        return _type(making)
    if key == "default" and making.key.shape.kind == "anything":
        return value_control(making, fixed=True)
    if key in COLOURED and making.key.shape.kind == "choice":
        return making.control("colour", choices=_words(making, making.key.shape))
    if key == "icon":
        return making.control("icon")
    if owner is OwnTypeDef and key == "open":
        return open_control(making)
    return None


def _type(making: Making) -> Control:
    """Which type a thing has: changing it keeps the keys that both types know."""
    thing = making.place.above
    assert thing is not None
    held = thing.value if isinstance(thing.value, dict) else {}
    choices = []
    for struct in thing.shape.structs:
        config: Any = struct
        word = config.__struct_config__.tag
        if not _alike(base_of(thing) if thing.is_field else str(making.place.value), word):
            continue  # Nothing that was filled in could be kept.
        seed = seed_of(making.around, thing, struct)
        if word != making.place.value and not stands(seed):
            continue  # What it must name is not there.
        kept = _kept(thing, held, struct)
        value = held if word == making.place.value else {**seed, **kept, making.key.name: word}
        if thing.own_type is not None and word == base_of(thing):
            value = written_out(thing)
        choices.append(Choice(value, _type_name(making.around, struct)))
    if thing.is_field:
        choices += own_choices(making, thing, _alike)
    return replace(
        making.control("way", choices=tuple(choices)),
        target=thing.target,
        value=thing.value,
        more={"at": next((n for n, one in enumerate(choices) if one.value == held), -1)},
    )


OF_ITS_OWN = frozenset(
    {"default", "set", "of", "by", "that", "takes", "find", "paths", "workflow", "roles"}
)
"""Keys of the same word that mean something else in another type."""


def _kept(thing: Place, held: Mapping[str, Any], struct: Any) -> dict[str, Any]:
    """Return what another type can say in the very same way."""
    before, after = thing.keys, keys_of(struct)
    return {
        key: held[key]
        for key in after
        if key in held and key in before and key not in OF_ITS_OWN
        if before[key].shape == after[key].shape
    }


FAMILIES = (
    {"text", "long_text", "rich_text", "email", "phone", "url", "barcode", "select", "tags"},
    {"integer", "number", "money", "percent", "rating", "duration"},
    {"date", "datetime"},
    {"select", "multi_select", "yes_no"},
    {"file", "image", "signature"},
)
"""Types of fields between which one may change."""


def _alike(held: str, word: str) -> bool:
    """Tell if a thing may become another type: fields only within their family."""
    if held not in FIELD_TYPES or held == word:
        return True
    return any(held in family and word in family for family in FAMILIES)


def _named(making: Making, shape: Shape) -> Control | None:
    named = refers(making.owner, making.place.key)
    if named is None:
        return None
    choices = making.around.choices(making.place, named)
    return making.control("pick", choices=choices, more={"other": named.kind == "step"})


def _words_control(making: Making, shape: Shape) -> Control:
    value = making.place.value
    zh, en = (value.get("zh", ""), value.get("en", "")) if isinstance(value, dict) else (value, "")
    names = _blanks(making)
    long = making.place.key in LONG
    more = {"zh": with_names(zh or "", names), "en": with_names(en or "", names), "long": long}
    return making.control("words", more={**more, "blanks": names})


def _blanks(making: Making) -> Mapping[str, str]:
    """Return the names that may stand in a text, by what stands for them in the file."""
    place, form = making.place, making.around.form_of(making.place)
    if form is None:
        return {}
    if in_action(making.owner, place.key):
        return blanks_of_rule(making.around.speech(form))
    if in_document(str(place.target[0]), making.owner, place.key):
        return blanks_of_document(making.around.speech(form))
    return {}


def _text(making: Making, shape: Shape) -> Control:
    named = _named(making, shape)
    if named is not None:
        return named
    kind = "code" if shape.format in ("id", "re2") else "text"
    return making.control(kind, more={"format": shape.format, "long": making.place.key in LONG})


def _number(making: Making, shape: Shape) -> Control:
    more = {"least": shape.least, "most": shape.most, "whole": shape.whole}
    return making.control("number", more=more)


def _yes_no(making: Making, shape: Shape) -> Control:
    return making.control("yes_no")


def _words(making: Making, shape: Shape) -> tuple[Choice, ...]:
    owner, key = making.owner, making.place.key
    found = []
    for word in in_order(owner, key, shape.words):
        said = choice_words(owner, key, word)
        found.append(Choice(word, making.around.fill(said) if said else str(word)))
    return tuple(found)


def _choice(making: Making, shape: Shape) -> Control:
    choices = _words(making, shape)
    optional = shape.optional or not (making.key.required or making.key.default is not None)
    short = len(choices) <= 3 and sum(len(one.label) for one in choices) <= 14
    kind = "segments" if short and not optional else "choice"
    return making.control(kind, choices=choices, more={"optional": optional})


UNITS = (("D", Message("天")), ("H", Message("小时")), ("M", Message("分钟")))
LENGTH = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def _duration(making: Making, shape: Shape) -> Control:
    """A length of time in the greatest unit that says it without a rest."""
    found = LENGTH.fullmatch(str(making.place.value or ""))
    days, hours, minutes, _ = (int(part or 0) for part in found.groups()) if found else (0,) * 4
    whole = (days * 24 + hours) * 60 + minutes
    if not found:
        amount, unit = None, "D"
    elif minutes or not whole:
        amount, unit = whole, "M"
    elif hours:
        amount, unit = whole // 60, "H"
    else:
        amount, unit = days, "D"
    units = tuple(Choice(word, making.around.fill(said)) for word, said in UNITS)
    clearable = shape.optional and making.key.default is not None
    more = {"amount": amount, "unit": unit, "null": clearable}
    return making.control("duration", choices=units, more=more)


def _feel(making: Making, shape: Shape) -> Control:
    if kind_of(str(making.place.target[0])) == "type" and making.owner is ConditionDef:
        return making.control("code")  # It is about a value, not about the fields of a form.
    if is_value(making.owner, making.place.key):
        return value_control(making, fixed=False)
    return condition_control(making)


UNORDERED = ("role", "stage", "item")
"""Few enough to be ticked, and in no order."""


def _with_held(making: Making, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices with what is held and is none of them any more."""
    held = making.place.value if isinstance(making.place.value, list) else []
    known = {one.value for one in choices}
    return (*choices, *(Choice(each, str(each)) for each in held if each not in known))


def _list(making: Making, shape: Shape) -> Control:
    item = shape.item
    named = refers(making.owner, making.place.key)
    if named is not None and named.kind != "sort":
        choices = making.around.choices(making.place, named)
        if named.kind in UNORDERED:
            return making.control("ticks", choices=_with_held(making, choices))
        return making.control("picks", choices=choices, more={"other": named.kind == "step"})
    if named is not None:
        return making.control("sorts", choices=making.around.choices(making.place, named))
    if item is None or item.kind in ("text", "words", "anything", "number"):
        kind = item.kind if item else "text"
        return making.control("lines", more={"item": kind})
    if item.kind == "choice":
        return making.control("ticks", choices=_words(making, item))
    if item.kind == "thing":
        options = len(item.structs) == 1 and item.structs[0].__name__ == "Option"
        return making.control(
            "options" if options else "things",
            items=items_of(making.around, making.place, control_of if options else None),
            new=new_items(making.around, making.place),
        )
    return making.control("json")


def _map(making: Making, shape: Shape) -> Control:
    item = shape.item
    if item is not None and item.kind == "thing":
        return making.control(
            "things",
            items=items_of(making.around, making.place),
            new=new_items(making.around, making.place),
        )
    named = refers(making.owner, making.place.key)
    values = map_value_refers(making.owner, making.place.key)
    choices = making.around.choices(making.place, named) if named else ()
    value = making.place.value if isinstance(making.place.value, dict) else {}
    rows = tuple(_row(making, shape, key, choices, values) for key in (*value, ""))
    return making.control("map", choices=choices, parts=rows)


def _row(
    making: Making, shape: Shape, key: str, choices: tuple[Choice, ...], values: Any
) -> Control:
    """Return one line of a map; the one without a key is what a new line looks like."""
    place = making.place
    held = (place.value or {}).get(key) if key else None
    inner = replace(place, target=(*place.target, key), value=held, above=place)
    assert shape.item is not None
    making = Making(making.around, inner, replace(making.key, shape=shape.item, default=None))
    if values is not None:
        made = making.control("pick", choices=making.around.choices(inner, values))
    elif shape.item.kind == "list":
        made = making.control("lines", more={"item": "text"})
    elif shape.item.kind == "feel":
        made = value_control(making, fixed=False)
    else:
        kind = {"number": "number", "text": "text"}.get(shape.item.kind, "typed")
        made = making.control(kind)
    return replace(made, key=key, target=(), required=False)


def _thing(making: Making, shape: Shape) -> Control:
    place, around = making.place, making.around
    struct = struct_of(shape, place.value) or shape.structs[0]
    seed = seed_of(around, place, struct)
    more = {"seed": seed, "optional": shape.optional or not making.key.required}
    if struct.__name__ in INSIDE and len(shape.structs) == 1:
        parts = inside(around, place) if place.value is not None else ()
        return making.control("inside", parts=parts, more=more)
    seeds = [(each, seed_of(around, place, each)) for each in shape.structs]
    several = tuple(
        Choice(each_seed, _type_name(around, each))
        for each, each_seed in seeds
        if len(seeds) == 1 or stands(each_seed)
    )
    text = summary(around, place, struct)
    return making.control("thing", text=text, choices=several, more=more)


def inside(around: Around, place: Place) -> tuple[Control, ...]:
    """Return the controls of every key of a small thing."""
    found = []
    for key in place.keys.values():
        there = step_into(place, key.name)
        if there is not None and key.name not in ("note",):
            found.append(control_of(around, there, key))
    return tuple(found)


def summary(around: Around, place: Place, struct: Any) -> str:
    """Say in a few words what a thing holds: the names of the keys that are set."""
    if not isinstance(place.value, dict):
        return ""
    titles = titles_of(struct)
    tag = struct.__struct_config__.tag_field
    said = [titles[key].title[around.locale] for key in place.value if key in titles and key != tag]
    return around.listed(said)


def _type_name(around: Around, struct: Any) -> str:
    found = type_words(struct.__struct_config__.tag, struct)
    return around.fill(found) if found else ""


def _either(making: Making, shape: Shape) -> Control:
    kinds = {one.kind for one in shape.branches}
    if kinds == {"list", "feel"}:
        return condition_control(making)
    return ways_of(making, shape, control_of)


def _anything(making: Making, shape: Shape) -> Control:
    return making.control("typed")


_BY_KIND: Mapping[str, Callable[[Making, Shape], Control]] = {
    "words": _words_control,
    "text": _text,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "duration": _duration,
    "feel": _feel,
    "list": _list,
    "map": _map,
    "thing": _thing,
    "either": _either,
    "anything": _anything,
}
