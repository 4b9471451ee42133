"""Which things stand in a list or a map, and what can be added to it?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from designer.panels.around import Around
from designer.panels.blanks import blanks_of_document, with_names
from designer.panels.choice_words import type_words
from designer.panels.controls import Control, Item, New
from designer.panels.nouns import noun_of
from designer.panels.places import Place, step_into, steps_of
from designer.panels.referring import refers
from designer.panels.seeds import seed_of, stands
from designer.panels.shapes import Key
from engine.wording import words

Build = Callable[[Around, Place, Key], Control]

IN_THE_LIST = ("label", "colour")
"""What is set of an option where it stands."""


def items_of(around: Around, place: Place, build: Build | None = None) -> tuple[Item, ...]:
    """Return the things of a list in their order, or of a map by their keys."""
    value = place.value
    if isinstance(value, dict):
        return tuple(_keyed(around, place))
    if not isinstance(value, list):
        return ()
    steps = [str(step) if isinstance(step, str) else step for step in steps_of(value)]
    found = []
    for at, step in enumerate(steps):
        inner = step_into(place, step)
        if inner is None:
            continue
        below = steps[at + 2] if at + 2 < len(steps) else "" if at + 1 >= len(steps) else "end"
        found.append(
            Item(
                target=inner.target,
                label=title_of(around, inner, at),
                about=_about(around, inner),
                said=_said(around, inner),
                icon=_icon(around, inner),
                tone=_tone(inner.value),
                before=str(steps[at - 1]) if at else "",
                after=str(below),
                controls=_controls(around, inner, build) if build else (),
            )
        )
    return tuple(found)


def _keyed(around: Around, place: Place) -> Iterator[Item]:
    """Yield the things of a map, in the order of what its keys name."""
    named = refers(place.owner, place.key)
    choices = around.choices(place, named) if named else ()
    labels = {one.value: one.label for one in choices}
    known = [key for key in labels if key in place.value]
    for key in (*known, *(key for key in place.value if key not in labels)):
        inner = step_into(place, key)
        if inner is not None:
            yield Item(target=inner.target, label=labels.get(key, key), icon=_icon(around, inner))


def title_of(around: Around, place: Place, at: int = 0) -> str:
    """Return what a thing of a draft is called."""
    said = _with_names(around, place, around.named(place))
    noun = _noun(around, place)[0]
    own = isinstance(place.value, dict) and {"label", "message", "text"} & set(place.value)
    if said and own:
        return said
    if isinstance(place.value, dict):
        said = _told(around, place) or said
    return said or (f"{noun} {_number(place, at)}" if _counted(place, at) else noun)


def _number(place: Place, at: int) -> int:
    last = place.target[-1]
    return (last if isinstance(last, int) else at) + 1


def _counted(place: Place, at: int) -> bool:
    """Tell if a thing without a name has others beside it: then it is known by its number."""
    above = place.above
    return at > 0 or (above is not None and isinstance(above.value, list) and len(above.value) > 1)


def _with_names(around: Around, place: Place, text: str) -> str:
    """Return a text with the names of the fields that stand in it, as people know them."""
    form = around.form_of(place) if "{" in text else None
    return with_names(text, blanks_of_document(around.speech(form))) if form else text


def _told(around: Around, place: Place) -> str:
    """Say a thing without a label by the first choice in it."""
    for key in place.keys.values():
        held = place.value.get(key.name)
        named = refers(place.struct, key.name)
        if held is None or named is None or isinstance(held, dict):
            continue
        return _chosen(around, place, key, held)
    for key in place.keys.values():
        held = place.value.get(key.name)
        if key.shape.kind == "choice" and isinstance(held, str):
            return around.word(place.struct, key.name, held)
    return ""


SAYS = {"RoleDef": "help", "MenuDef": "forms", "Card": "form"}
"""By which key a thing is told in a line under its name."""


def _said(around: Around, place: Place) -> str:
    name = SAYS.get(place.struct.__name__) if place.struct else None
    held = place.value.get(name) if name and isinstance(place.value, dict) else None
    if name is None or held is None:
        return ""
    key = place.keys[name]
    if key.shape.kind == "words":
        known = getattr(around.defined(place.target), name, None)
        return words(known or held, around.locale)
    return _chosen(around, place, key, held)


def _chosen(around: Around, place: Place, key: Key, held: Any) -> str:
    """Say what was chosen for a key of a thing, as people know it."""
    named = refers(place.struct, key.name)
    inner = Place((*place.target, key.name), key.shape, held, place.struct, key.name, place)
    choices = around.choices(inner, named) if named else ()
    labels = {one.value: one.label for one in choices}
    wanted = held if isinstance(held, list) else [held]
    return around.listed(str(labels.get(each, each)) for each in wanted)


def _about(around: Around, place: Place) -> str:
    return _noun(around, place)[0] if place.shape.kind == "thing" and _several(place) else ""


def _several(place: Place) -> bool:
    return len(place.shape.structs) > 1


def _icon(around: Around, place: Place) -> str:
    return _noun(around, place)[1]


def _noun(around: Around, place: Place) -> tuple[str, str]:
    speech = around.any_speech(place)
    return noun_of(place.struct, speech) if speech and place.struct else ("", "")


def _tone(value: Any) -> str:
    return str(value.get("colour", "")) if isinstance(value, dict) else ""


def _controls(around: Around, place: Place, build: Build) -> tuple[Control, ...]:
    found = []
    for name in IN_THE_LIST:
        inner = step_into(place, name)
        if inner is not None:
            found.append(build(around, inner, place.keys[name]))
    return tuple(found)


def new_items(around: Around, place: Place) -> tuple[New, ...]:
    """Return what can be added to a list, or under which keys to a map."""
    item = place.shape.item if place.shape.kind in ("list", "map") else None
    if item is None or _elsewhere(place):
        return ()
    if place.shape.kind == "map":
        return tuple(_new_keys(around, place))
    return tuple(_new_things(around, place))


def _elsewhere(place: Place) -> bool:
    """Tell if things are added where they can be seen side by side, or in another way here."""
    above = place.above.value if place.above and isinstance(place.above.value, dict) else {}
    other = {"stages": "pipelines", "pipelines": "stages"}.get(place.key)
    named = place.owner.__name__ if place.owner else ""
    return named == "DecisionDef" or (named == "FormDef" and bool(above.get(other)))


def _new_keys(around: Around, place: Place) -> Iterator[New]:
    named = refers(place.owner, place.key)
    item = place.shape.item
    for one in around.choices(place, named) if named and item else ():
        if one.value not in (place.value or {}):
            assert item is not None
            seed = seed_of(around, place, item.structs[0]) if item.structs else {}
            target = (*place.target, one.value)
            yield New(label=one.label, value=_json(seed), key=str(one.value), choose=target)


def _new_things(around: Around, place: Place) -> Iterator[New]:
    item = place.shape.item
    held = place.value if isinstance(place.value, list) else []
    steps = [step for step in steps_of(held) if isinstance(step, str)]
    assert item is not None
    taken = _taken(around, place, steps)
    for struct in item.structs:
        seed = seed_of(around, place, struct, taken)
        if not stands(seed):
            continue  # What it must name is not there.
        step = seed.get("id", len(held)) if isinstance(seed, dict) else len(held)
        config: Any = struct
        word = type_words(config.__struct_config__.tag, config)
        speech = around.any_speech(place)
        noun = noun_of(struct, speech)[0] if speech else struct.__name__
        label = around.fill(word) if word and len(item.structs) > 1 else noun
        before = _ends(held) if struct.__name__ == "StageDef" else ""
        yield New(label=label, value=_json(seed), choose=(*place.target, step), before=before)


def _ends(stages: list[Any]) -> str:
    """Return the first stage with which a path ends: new ones go in front of it."""
    ending = (one["id"] for one in stages if one.get("outcome") or one.get("aside"))
    return str(next(ending, ""))


def _taken(around: Around, place: Place, steps: list[str]) -> list[str]:
    """Fields and stages need ids that are free in the whole form."""
    form = around.form_of(place)
    everywhere = [*form.fields, *form.stages] if form else []
    return [*steps, *everywhere]


def _json(seed: Any) -> str:
    return json.dumps(seed, ensure_ascii=False, separators=(",", ":"))
