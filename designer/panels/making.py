"""What does every control of a panel need to know of its place?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.panels.around import Around
from designer.panels.controls import Control
from designer.panels.places import Place
from designer.panels.referring import condition_form
from designer.panels.shapes import Key
from designer.panels.telling import as_feel, told
from engine.definition.titles import titles_of
from engine.editing.edits import Target
from engine.field import Field
from engine.typed.options import Option

SELF_EVIDENT = frozenset(
    {"required", "readonly", "unique", "default", "options", "style", "width", "label"}
)
"""Keys of fields whose control says enough; the help is for those who write the file."""


@dataclass(frozen=True)
class Making:
    """One key of a thing on the way to its control."""

    around: Around
    place: Place
    """Where its value stands."""
    key: Key

    @property
    def owner(self) -> Any:
        """The struct of the key."""
        return self.place.owner

    def _self_evident(self) -> bool:
        fields = isinstance(self.owner, type) and issubclass(self.owner, Field | Option)
        return fields and self.place.key in SELF_EVIDENT

    def control(self, kind: str, **more: Any) -> Control:
        """Return a control with what all have in common."""
        titles = titles_of(self.owner).get(self.place.key)
        locale = self.around.locale
        return Control(
            kind=kind,
            name=name_of(self.place.target),
            key=self.key.name,
            target=self.place.target,
            title=titles.title[locale] if titles else self.key.name,
            help=titles.help[locale] if titles and not self._self_evident() else "",
            **{
                "value": self.place.value,
                "default": self.key.default,
                "required": self.key.required,
                "there": depth(self.place),
                "drop": droppable(self.place),
                **more,
            },
        )


def condition_control(making: Making) -> Control:
    """Return the control of a condition, which is put together by choosing."""
    feel = as_feel(making.around, making.place, making.place.value)
    scene = making.around.scene(making.place, condition_form(making.owner, making.place.key))
    more = {"feel": feel, "form": f"{scene.app}.{scene.id}" if scene else ""}
    rows = making.around.rows_of(making.place)
    return making.control(
        "condition",
        rule=told(making.around, making.place, feel),
        more={**more, "rows": rows.id if rows else ""},
    )


def name_of(target: Target) -> str:
    """Return a name for a control that is unique on the page."""
    return "p-" + "-".join(str(step) for step in target[1:]).replace(".", "_")


def depth(place: Place) -> int:
    """Return how many steps of an address exist."""
    if place.value is not None or place.above is None:
        return len(place.target)
    return min(depth(place.above), len(place.target) - 1)


def droppable(place: Place) -> Target:
    """Return what goes with a value that goes: a thing that holds nothing else goes with it."""
    above = place.above
    alone = (
        above is not None
        and above.above is not None
        and isinstance(above.value, dict)
        and len(above.value) == 1
        and place.key in above.value
        and isinstance(above.target[-1], str)
        and above.above.struct is not None
        and not above.above.keys[above.key].required
    )
    return droppable(above) if alone and above is not None else place.target
