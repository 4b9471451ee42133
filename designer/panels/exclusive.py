"""Which things are said in exactly one of several ways, so that the way is asked first?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.panels.around import Around, Choice
from designer.panels.controls import Control
from designer.panels.making import name_of
from designer.panels.places import Place
from designer.panels.referring import refers
from designer.panels.seeds import seed_of, stands
from engine.definition.scenario import VERBS, WRITTEN
from engine.definition.titles import titles_of
from engine.wording import Message

Ways = Mapping[str, tuple[str, ...]]

_VERBS: Ways = {WRITTEN.get(verb, verb): () for verb in VERBS}
WAYS: Mapping[str, Ways] = {
    "WhoDef": {
        "role": (),
        "manager": ("above",),
        "head": ("above",),
        "chain": ("levels", "covers"),
        "field": (),
        "person": (),
        "chosen": (),
        "feel": (),
    },
    "Freeze": {"by": ("through",), "people": ()},
    "Threshold": {"below": (), "above": ()},
    "Span": {"working": (), "working_hours": (), "calendar": ()},
    "StepDef": _VERBS,
}
"""By struct: each way, with the keys that only go with it."""


def way_of(place: Place) -> str:
    """Return the way in which a thing is said; empty if it has no ways."""
    ways = WAYS.get(place.struct.__name__, {}) if place.struct else {}
    held = place.value if isinstance(place.value, dict) else {}
    return next((key for key in ways if key in held), "")


ONLY_WITH: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "RungDef": {"to": ("act", ("tell", "hand"))},
    "EvidenceDef": {"within": ("kind", ("photo",))},
    "ApproveStep": {"ladder": ("within", ())},
    "HandleStep": {"ladder": ("within", ())},
}
"""By struct: a key that means something only while another one says one of some words, or says
anything at all."""


def _senseless(place: Place) -> set[str]:
    held = place.value if isinstance(place.value, dict) else {}
    return {
        key
        for key, (other, words) in ONLY_WITH.get(place.struct.__name__, {}).items()
        if key not in held and (held.get(other) not in words if words else other not in held)
    }


def only_shown(place: Place) -> set[str]:
    """Return the keys that are shown: those of the other ways are not."""
    ways = WAYS.get(place.struct.__name__)
    if ways is None:
        return set(place.keys) - _senseless(place)
    chosen = way_of(place)
    everything = {key for way, with_it in ways.items() for key in (way, *with_it)}
    return set(place.keys) - everything | {chosen, *ways.get(chosen, ())}


def way_control(around: Around, place: Place) -> Control | None:
    """Return the control that asks in which way; None where there is only one."""
    ways = WAYS.get(place.struct.__name__)
    if ways is None:
        return None
    titles = titles_of(place.struct)
    rest = {
        key: held
        for key, held in (place.value or {}).items()
        if not any(key in (way, *with_it) for way, with_it in ways.items())
    }
    chosen = way_of(place)
    first = {way: _first(around, place, way) for way in ways}
    # What would have to name something that is not there is not offered.
    ways = {way: with_it for way, with_it in ways.items() if way == chosen or stands(first[way])}
    choices = tuple(
        Choice({**rest, way: first[way]}, titles[way].title[around.locale]) for way in ways
    )
    return Control(
        kind="way",
        name=f"{name_of(place.target)}-way",
        target=place.target,
        title=around.fill(Message("方式")),
        choices=choices,
        value=place.value,
        there=len(place.target),
        drop=place.target,
        required=True,
        more={"at": list(ways).index(chosen) if chosen else -1, "ways": list(ways)},
    )


def _first(around: Around, place: Place, way: str) -> Any:
    """Return what a way says at first."""
    key = place.keys[way]
    named = refers(place.struct, way)
    if named is not None:
        inner = Place((*place.target, way), key.shape, None, place.struct, way, place)
        found = around.choices(inner, named)
        return found[0].value if found else ""
    match key.shape.kind:
        case "thing":
            return seed_of(around, place, key.shape.structs[0])
        case "choice":
            return "submitter" if "submitter" in key.shape.words else key.shape.words[0]
        case "duration":
            return "P1D"
        case "number":
            return 1
    return "user.id" if way == "feel" else ""
