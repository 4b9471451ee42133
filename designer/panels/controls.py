"""Of which parts does a panel consist?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from designer.panels.around import Choice
from designer.panels.whole import Whole, whole_of
from designer.speech import Rule
from engine.editing.edits import Target


@dataclass(frozen=True, kw_only=True)
class Control:
    """One thing that can be set."""

    kind: str
    """Which macro draws it, and how its value is read from the page."""
    name: str
    """Unique on the panel."""
    key: str = ""
    target: Target = ()
    """Where its value goes; empty inside another control, which reads it."""
    title: str = ""
    help: str = ""
    value: Any = None
    default: Any = None
    required: bool = False
    there: int = 0
    """How many steps of the target exist: the rest is made with the first value."""
    drop: Target = ()
    """What goes when it is emptied."""
    choices: tuple[Choice, ...] = ()
    parts: tuple[Control, ...] = ()
    """What is inside: the ways of an either, the keys of a thing, the rows of a map."""
    items: tuple[Item, ...] = ()
    """The things of a list."""
    new: tuple[New, ...] = ()
    """What can be added."""
    rule: Rule | None = None
    """An expression in words."""
    text: str = ""
    """What stands there in words, where the value alone says little."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What only some kinds need: limits, formats, addresses."""

    @property
    def written(self) -> str:
        """The target as pages hand it on."""
        return as_text(self.target)

    @property
    def dropped(self) -> str:
        """What goes, as pages hand it on."""
        return as_text(self.drop)

    @property
    def held(self) -> str:
        """The value as pages hand it on."""
        return as_text(self.value)

    @property
    def left(self) -> str:
        """What the key is worth where nothing is said."""
        return as_text(self.default)

    @property
    def labels(self) -> Mapping[Any, str]:
        """What the choices are called."""
        return {one.value: one.label for one in self.choices}

    def all(self) -> Iterator[Control]:
        """Yield this and everything inside."""
        yield self
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing of a list."""

    target: Target
    label: str
    about: str = ""
    said: str = ""
    """A line on it, where there is room for one."""
    tone: str = ""
    icon: str = ""
    before: str = ""
    """The step of the thing above it, to move in front of; empty for the first."""
    after: str = ""
    """The step to move in front of to go down; `end` for the end, empty for the last."""
    controls: tuple[Control, ...] = ()
    """What is set in the list itself, as the name of an option."""

    @property
    def written(self) -> str:
        """The target as pages hand it on."""
        return as_text(self.target)


@dataclass(frozen=True, kw_only=True)
class New:
    """One thing that can be added."""

    label: str
    value: str
    """JSON of what it says at first."""
    key: str = ""
    """Its key in a map."""
    choose: Target = ()
    before: str = ""
    """What it goes in front of; at the end without it."""

    @property
    def written(self) -> str:
        """What is chosen after it was added, as pages hand it on."""
        return as_text(self.choose)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Controls that belong together."""

    title: str
    controls: tuple[Control, ...]
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """A thing around the chosen one."""

    label: str
    target: Target

    @property
    def written(self) -> str:
        """The target as pages hand it on."""
        return as_text(self.target)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Everything that can be set of what is chosen."""

    target: Target
    title: str
    noun: str
    about: str
    icon: str
    groups: tuple[Group, ...]
    crumbs: tuple[Crumb, ...] = ()

    @property
    def written(self) -> str:
        """The target as pages hand it on."""
        return as_text(self.target)

    @property
    def whole(self) -> Whole | None:
        """What can be done with the file that is chosen."""
        return whole_of(self.target)

    def controls(self) -> Iterator[Control]:
        """Yield every control, those inside others too."""
        for group in self.groups:
            for control in group.controls:
                yield from control.all()


def renamed(control: Control, prefix: str) -> Control:
    """Return a control that can stand on a page beside its twin in the panel."""
    return replace(
        control,
        name=f"{prefix}{control.name}",
        parts=tuple(renamed(part, prefix) for part in control.parts),
        items=tuple(
            replace(item, controls=tuple(renamed(each, prefix) for each in item.controls))
            for item in control.items
        ),
    )


def as_text(value: Any) -> str:
    """Return a value as JSON in an attribute."""
    if isinstance(value, tuple):
        value = list(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
