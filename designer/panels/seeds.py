"""What does a new thing of a draft say at first, so that the app still loads?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from designer.panels.around import Around
from designer.panels.nouns import noun_of
from designer.panels.places import Place
from designer.panels.referring import condition_form, is_value, refers
from designer.panels.shapes import Key, Shape, keys_of
from designer.speech import Speech
from engine.wording import Message

STEMS = {
    "ConditionDef": "check", "ViewDef": "view", "EvidenceDef": "evidence", "Card": "card",
    "SetupStepDef": "step",
    "RoleDef": "role", "TabDef": "tab", "SectionDef": "section", "StageDef": "stage",
    "Option": "option", "PathDef": "path",
}  # fmt: skip


def seed_of(around: Around, place: Place, struct: Any, taken: Collection[Any] = ()) -> Any:
    """Return the first content of a thing of a struct at a place."""
    config = struct.__struct_config__
    seed: dict[str, Any] = {config.tag_field: config.tag} if config.tag_field else {}
    for key in keys_of(struct).values():
        if key.required and key.name not in seed:
            seed[key.name] = _first(around, place, struct, key, {"taken": taken, "seed": seed})
    if struct.__name__ == "CreateDef" and place.value:
        seed["id"] = free_id("record", taken)
    way = EXCLUSIVE_FIRST.get(struct.__name__)
    return {**seed, **(way or {}), **_more(around, place, struct)}


def stands(seed: Any) -> bool:
    """Tell if a first content says everything that it must: nothing that could not be found."""
    if isinstance(seed, dict):
        return all(stands(each) for each in seed.values())
    if isinstance(seed, list):
        return all(stands(each) for each in seed)
    return bool(seed != "")


def _more(around: Around, place: Place, struct: Any) -> dict[str, Any]:
    """Return what no single key requires, and yet one of them must say."""
    form = around.form_of(place)
    if struct.__name__ == "RoutingDef":
        return {"role": around.app.definition.roles[0].id}
    if struct.__name__ == "SetupStepDef":
        return {"form": next(iter(around.app.forms), "")}
    if form is None:
        return {}
    match struct.__name__:
        case "HandleStep":
            return {"edit": [form.definition.title]}
        case "Release" if form.definition.pool is None:
            return LACKING
        case "Route" if form.definition.routing is None:
            return LACKING
    return {}


EXCLUSIVE_FIRST: dict[str, dict[str, Any]] = {
    "Span": {"working": "P1D"},
    "DeadlineDef": {"working": "P1D"},
    "WhoDef": {"manager": "submitter"},
    "RungDef": {"act": "remind"},
    "BackDef": {"to": "any"},
    "Who": {"fields": ["owner"]},
    "RoutingDef": {"otherwise": "maker"},
    "Freeze": {"people": {"fields": ["owner"]}},
    "Threshold": {"below": 1},
    "AddPoints": {"points": "1"},
    "WaitStep": {"within": {"working": "P1D"}},
    "ParallelStep": {"paths": [{"id": f"path_{n}", "label": f"{n}"} for n in (1, 2)]},
    "Webhook": {"url": "https://example.com/"},
    "CalledIn": {"takes": {"number": "text"}},
}
"""What a thing says at first of which no single key is required, but one must be there."""


LACKING = {"": ""}
"""What stands nowhere: the form lacks what such a thing is about."""


def _first(around: Around, place: Place, struct: Any, key: Key, so_far: dict[str, Any]) -> Any:
    speech = _speech(around, place)
    if key.name == "id":
        return free_id(STEMS.get(struct.__name__, "item"), so_far["taken"])
    named = refers(struct, key.name)
    if named is not None:
        beside = Place(place.target, place.shape, so_far["seed"], struct, key.name, place)
        found = around.choices(beside, named)
        own = around.seen.draft.value(place.target[:1])
        itself = own.get("workflow") if isinstance(own, dict) else None
        first = next((one.value for one in found if one.value != itself), "")
        if key.shape.kind == "map":
            return {first: "null"} if first else ""
        return [first] if key.shape.kind == "list" else first
    if key.shape.kind == "words":
        noun = noun_of(struct, speech)[0] if speech else ""
        return around.fill(Message("新的{noun}", noun=noun)) if noun else "新的"
    if key.shape.kind == "feel":
        return _expression(around, place, struct, key, so_far["seed"])
    return _plain(around, place, key.shape)


def _expression(around: Around, place: Place, struct: Any, key: Key, seed: dict[str, Any]) -> str:
    if is_value(struct, key.name):
        return "null"
    named = condition_form(struct, key.name)
    form = around.form_called(str(seed.get(named))) if named else around.form_of(place)
    return f"{form.definition.title} != null" if form else "true"


def _plain(around: Around, place: Place, shape: Shape) -> Any:
    if shape.kind == "thing":
        return seed_of(around, place, shape.structs[0])
    if shape.kind == "list":
        return _one(around, place, shape.item)
    simple: dict[str, Any] = {
        "choice": shape.words[0] if shape.words else "",
        "number": int(shape.least or 0),
        "yes_no": False,
        "duration": "P1D",
        "map": {},
    }
    return simple.get(shape.kind, "")


def _one(around: Around, place: Place, item: Shape | None) -> list[Any]:
    """Return a list with the one thing that must be in it."""
    if item is None or item.kind not in ("thing", "text"):
        return []
    return [""] if item.kind == "text" else [seed_of(around, place, item.structs[0])]


def _speech(around: Around, place: Place) -> Speech | None:
    return around.any_speech(place)


def free_id(stem: str, taken: Collection[Any]) -> str:
    """Return an id that nothing in a list has yet."""
    numbers = (f"{stem}_{n}" for n in range(1, len(taken) + 2))
    return next(one for one in numbers if one not in taken)
