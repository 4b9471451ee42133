"""What does a copy of a step, a stage, a section, a rule, a form say, and where does it go?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from designer.forms.copies import portable
from designer.forms.seeds import free_id
from designer.panels.places import place_at
from designer.retelling import Renamed, retold
from engine.editing.draft import Draft
from engine.editing.edits import Add, AddFile, AnyEdit, Target
from engine.editing.targets import key_in, name_in_list
from engine.loading.folder import kind_of
from engine.wording import Message

COPY = Message("{name}（副本）")

WIDE = frozenset({"sections", "fields", "stages", "evidence", "steps", "paths"})
"""Lists whose things need ids that nothing else in the file has."""
FILES = frozenset(
    {"form", "rule", "workflow", "decision", "document", "connector", "type", "public"}
)
"""Kinds of files that are copied as a whole; the word is the key of their id too."""
NUMBERED = re.compile(r"_\d+$")


@dataclass(frozen=True)
class Twin:
    """The edits that make a copy, and where it stands then."""

    edits: tuple[AnyEdit, ...]
    chosen: Target


def twin_of(
    draft: Draft, target: Target, beside: Target, say: Any, taken: Collection[str] = ()
) -> Twin | None:
    """Return how something is copied to stand behind `beside`, or behind itself where it can't
    stand there; None if it is nothing that is copied. `taken` are ids that no field may get."""
    if not draft.exists(target):
        return None
    if kind_of(str(target[0])) == "scenario" and len(target) <= 2:
        return _scenario(draft, (*target, 0)[:2], say)
    if len(target) == 1:
        return _file(draft, str(target[0]), say)
    value = draft.value(target)
    if not isinstance(value, dict) or not isinstance(draft.value(target[:-1]), list):
        return None
    into, after = _spot(draft, target, beside)
    away = into[0] != target[0]
    if away and target[-2] == "fields":
        value = portable(value)
    return _thing(draft, target, value, (into, after), (say, taken))


def _file(draft: Draft, path: str, say: Any) -> Twin | None:
    kind = kind_of(path)
    if kind not in FILES:
        return None
    value = deepcopy(draft.value((path,)))
    ids = {str(draft.value((one,)).get(kind)) for one in draft.documents if kind_of(one) == kind}
    id_ = free_id(NUMBERED.sub("", str(value[kind])), ids)
    fresh = f"{path.rpartition('/')[0]}/{id_}.yaml"
    added = AddFile(path=fresh, value=_named({**value, kind: id_}, say))
    return Twin((added, *_listed(draft, kind, str(value[kind]), id_)), (fresh,))


def _listed(draft: Draft, kind: str, form: str, copy: str) -> Iterator[AnyEdit]:
    """Yield the edit that puts the copy of a form into the menu behind the form."""
    for at, group in enumerate(draft.app.definition.menu if kind == "form" else ()):
        if form in group.forms:
            into = ("app.yaml", "menu", at, "forms")
            yield Add(target=into, value=copy, before=_next(list(group.forms), form))


def _scenario(draft: Draft, target: Target, say: Any) -> Twin:
    """Return a copy of one scenario, in a file of its own: files of several stay as they are."""
    value = deepcopy(draft.value(target))
    stem = NUMBERED.sub("", str(target[0]).rpartition("/")[2].removesuffix(".yaml"))
    taken = {one.rpartition("/")[2].removesuffix(".yaml") for one in draft.documents}
    path = f"scenarios/{free_id(stem, taken)}.yaml"
    told = {one.scenario for one in draft.app.scenarios}
    sentence = say(COPY, name=value["scenario"])
    while sentence in told:
        sentence = say(COPY, name=sentence)
    return Twin((AddFile(path=path, value={**value, "scenario": sentence}),), (path, 0))


def _spot(draft: Draft, target: Target, beside: Target) -> tuple[Target, Any]:
    """Return the list that the copy goes into, and behind what."""
    kind = target[-2]
    if len(beside) > 1 and draft.exists(beside):
        if kind in beside[:-1]:
            at = len(beside) - 1 - beside[::-1].index(kind)
            if isinstance(draft.value(beside[: at + 1]), list):
                return beside[: at + 1], beside[at + 1]
        if isinstance(draft.value((*beside, kind)) if _has(draft, beside, kind) else None, list):
            return (*beside, kind), None
    return target[:-1], target[-1]


def _has(draft: Draft, beside: Target, key: Any) -> bool:
    held = draft.value(beside)
    return isinstance(held, dict) and key in held


def _thing(
    draft: Draft, target: Target, value: Any, spot: tuple[Target, Any], words: tuple[Any, Any]
) -> Twin:
    (into, after), (say, taken) = spot, words
    siblings = draft.value(into)
    around = draft.value(into[:1])
    held: dict[str, set[str]] = {kind: set() for kind in WIDE}
    for kind, id_ in _ids(around, ""):
        held[kind].add(id_)
    held["fields"] |= set(taken)
    own = str(target[-2])
    local = {str(name_in_list(one)) for one in siblings}
    renamed = _renamed(value, own if _is_wide(into) else "", held)
    place = place_at(draft, target)
    told = retold(place, value, renamed) if place else value
    fresh = _with_ids(told, own if _is_wide(into) else "", renamed)
    if "id" in fresh and not _is_wide(into):
        fresh["id"] = free_id(NUMBERED.sub("", str(fresh["id"])), local)
    ends = own == "stages" and fresh.pop("outcome", None) is not None and not fresh.get("aside")
    before = after if ends else _next(siblings, after)
    chosen = (*into, fresh["id"]) if "id" in fresh else (*into, _position(siblings, before))
    return Twin((Add(target=into, value=_named(fresh, say), before=before),), chosen)


def _is_wide(into: Target) -> bool:
    """Tell if ids in a list are those of the whole file; the columns of a sub-table are not."""
    return into[-1] in WIDE and "fields" not in into[:-1]


def _ids(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield every id that nothing else of its kind in the file may have."""
    if isinstance(value, list):
        for item in value:
            if key in WIDE and isinstance(item, dict) and "id" in item:
                yield key, str(item["id"])
            yield from _ids(item, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not (key == name == "fields"):
                yield from _ids(inner, str(name))


def _renamed(value: Any, key: str, held: dict[str, set[str]]) -> Renamed:
    """Give everything in a copy an id that is free."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in WIDE}
    for kind, id_ in _ids([value], key):
        fresh = free_id(NUMBERED.sub("", id_), held[kind]) if id_ in held[kind] else id_
        found[kind][id_] = fresh
        held[kind].add(fresh)
    return found


def _with_ids(value: Any, key: str, renamed: Mapping[str, Mapping[str, str]]) -> Any:
    if isinstance(value, list):
        return [_with_ids(item, key, renamed) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {
        name: one if key == name == "fields" else _with_ids(one, str(name), renamed)
        for name, one in value.items()
        if name != "formerly"
    }
    if key in WIDE and "id" in inner:
        inner["id"] = renamed[key].get(str(inner["id"]), inner["id"])
    return inner


def _named(value: dict[str, Any], say: Any) -> dict[str, Any]:
    """Return a thing that says by its name that it is a copy."""
    label = value.get("label")
    if isinstance(label, str):
        return {**value, "label": say(COPY, name=label)}
    if isinstance(label, dict):
        return {**value, "label": {lang: say(COPY, name=text) for lang, text in label.items()}}
    return value


def _next(siblings: list[Any], after: Any) -> Any:
    at = key_in(siblings, after) if after is not None else None
    if at is None or int(at) + 1 >= len(siblings):
        return None
    name = name_in_list(siblings[int(at) + 1])
    return name if isinstance(name, str) else int(at) + 1


def _position(siblings: list[Any], before: Any) -> int:
    return len(siblings) if before is None else int(key_in(siblings, before) or 0)
