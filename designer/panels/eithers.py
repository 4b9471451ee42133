"""In which ways can something be said that may be of several kinds?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from designer.panels.around import Choice
from designer.panels.choice_words import choice_words, in_order
from designer.panels.controls import Control
from designer.panels.making import Making, condition_control
from designer.panels.places import chosen_branch
from designer.panels.shapes import Shape, keys_of
from engine.wording import Message

Build = Callable[..., Control]

NO_YES: Mapping[str, tuple[Message, Message]] = {
    "required": (Message("可以不填"), Message("必填")),
    "unique": (Message("可以重复"), Message("不能重复")),
    "readonly": (Message("可以修改"), Message("只能看")),
    "edit": (Message("不可以"), Message("看到的都可以")),
    "delete": (Message("不可以"), Message("看到的都可以")),
    "advance": (Message("不可以"), Message("看到的都可以")),
    "transfer": (Message("不可以"), Message("看到的都可以")),
}
IF: Mapping[str, Message] = {
    "required": Message("满足条件时必填"),
    "readonly": Message("满足条件时只能看"),
    "unique": Message("只在范围内不能重复"),
}


def ways_of(making: Making, shape: Shape, build: Build) -> Control:
    """Return the control that first asks which way, then for what belongs to it."""
    ways = [way for branch in _branches(making, shape, build) for way in branch]
    chosen = _chosen(making, shape, ways)
    ways = [
        replace(part, name=f"{making.control('either').name}-w{at}", target=())
        for at, part in enumerate(ways)
    ]
    choices = tuple(Choice(at, one.title) for at, one in enumerate(ways))
    return making.control("either", choices=choices, parts=tuple(ways), more={"chosen": chosen})


def _branches(making: Making, shape: Shape, build: Build) -> Iterator[list[Control]]:
    kinds = [one.kind for one in shape.branches]
    for branch in shape.branches:
        if branch.kind == "feel" and "thing" in kinds:
            continue  # The thing says the same, with a message if one is wanted.
        yield list(_ways(making, branch, "yes_no" in kinds, build))


def _ways(making: Making, branch: Shape, has_no: bool, build: Build) -> Iterator[Control]:
    key, around = making.place.key, making.around
    match branch.kind:
        case "yes_no":
            no, yes = NO_YES.get(key, (Message("否"), Message("是")))
            yield _fixed(making, False, around.fill(no))
            yield _fixed(making, True, around.fill(yes))
        case "choice":
            for word in in_order(making.owner, key, branch.words):
                if has_no and word == "none" and making.place.value != "none":
                    continue  # The same as no.
                said = choice_words(making.owner, key, word)
                yield _fixed(making, word, around.fill(said) if said else str(word))
        case "feel":
            title = around.fill(IF.get(key, Message("满足条件的")))
            yield replace(_condition(making, ()), title=title, help="")
        case "thing":
            yield _with_parts(making, branch, build)
        case _:
            yield _listed(making, branch, build)


def _fixed(making: Making, value: Any, title: str) -> Control:
    return replace(making.control("fixed"), value=value, title=title, help="")


def _condition(making: Making, keep: tuple[str, ...]) -> Control:
    value = making.place.value
    text = value if isinstance(value, str) and not _is_word(making, value) else None
    if isinstance(value, dict) and "when" in value:
        text = value["when"]
    inner = replace(making, place=replace(making.place, value=text))
    return condition_control(inner)


def _is_word(making: Making, value: str) -> bool:
    shapes = making.key.shape.branches
    return any(one.kind == "choice" and value in one.words for one in shapes)


def _with_parts(making: Making, branch: Shape, build: Build) -> Control:
    """Return the way that is a thing of its own: a condition with a message, a range."""
    struct: Any = branch.structs[0]
    place = making.place
    held = place.value if isinstance(place.value, dict) else {}
    if "when" in keys_of(struct) and isinstance(place.value, str):
        held = {"when": place.value}
    parts = []
    for key in keys_of(struct).values():
        inner = replace(
            place, target=(*place.target, key.name), value=held.get(key.name), owner=struct,
            key=key.name, shape=key.shape, above=replace(place, value=held),
        )  # fmt: skip
        made = build(making.around, inner, key)
        parts.append(replace(made, target=(), name=f"{made.name}-in"))
    title = making.around.fill(IF.get(place.key, Message("按条件")))
    return replace(making.control("parts"), parts=tuple(parts), title=title, help="")


def _listed(making: Making, branch: Shape, build: Build) -> Control:
    """Return the way that lists or writes something."""
    value = making.place.value
    fits = chosen_branch(making.key.shape, value) == branch
    key = replace(making.key, shape=branch, default=None, required=False)
    inner = replace(making, key=key, place=replace(making.place, value=value if fits else None))
    made = build(inner.around, inner.place, inner.key)
    text = Message("选定的") if branch.kind == "list" else Message("写明")
    return replace(made, title=making.around.fill(text), help="")


def _chosen(making: Making, shape: Shape, ways: list[Control]) -> int:
    value = making.place.value
    if value is None:
        value = making.key.default
    for at, way in enumerate(ways):
        same = type(way.value) is type(value) and way.value == value
        if way.kind == "fixed" and (same or (value == "none" and way.value is False)):
            return at
    for at, way in enumerate(ways):
        if way.kind != "fixed" and value not in (None, [], {}):
            return at
    return 0
