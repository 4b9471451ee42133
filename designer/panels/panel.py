"""What can be set of the thing that is chosen?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.forms.palette import kind_of
from designer.panels.around import Around, Looked, labelled
from designer.panels.arranging import MORE, arranged
from designer.panels.build import control_of
from designer.panels.controls import Control, Crumb, Group, Panel
from designer.panels.exclusive import only_shown, way_control
from designer.panels.lists import title_of
from designer.panels.nouns import about_of, noun_of
from designer.panels.places import Place, place_at, step_into
from designer.panels.referring import refers
from designer.panels.shapes import Key
from engine.definition.titles import titles_of
from engine.editing.edits import Target
from engine.wording import Message


def panel_of(seen: Looked, target: Target) -> Panel | None:
    """Return the panel of what is at a target; None if nothing can be there."""
    around = Around(seen)
    place = place_at(seen.draft, target)
    if place is None:
        return None
    if place.struct is None:
        return _of_value(around, place)
    noun, icon = _noun(around, place)
    return Panel(
        target=place.target,
        title=_title(around, place, noun),
        noun=noun,
        about=_about(around, place),
        icon=icon,
        groups=tuple(_groups(around, place)),
        crumbs=tuple(_crumbs(around, place)),
    )


def _about(around: Around, place: Place) -> str:
    if place.own_type is not None:
        return kind_of(place.own_type.type, around.locale, place.types).about
    return about_of(place.struct, around.locale)


def _noun(around: Around, place: Place) -> tuple[str, str]:
    if place.own_type is not None:
        kind = kind_of(place.own_type.type, around.locale, place.types)
        return kind.title, kind.icon
    speech = around.any_speech(place)
    return noun_of(place.struct, speech) if speech else ("", "settings")


def _title(around: Around, place: Place, noun: str) -> str:
    if place.above is not None and place.above.shape.kind == "map":
        named = refers(place.owner, place.key)
        choices = around.choices(place.above, named) if named else ()
        return labelled(choices, place.target[-1])
    if _keyed(place):
        return title_of(around, place) if around.named(place) else noun
    key = place.key if isinstance(place.target[-1], str) else ""
    if place.above is not None and key == place.target[-1] and place.owner is not None:
        return titles_of(place.owner)[key].title[around.locale]
    return title_of(around, place)


def _keyed(place: Place) -> bool:
    """Tell if the place stands in a list or a map rather than under a key."""
    return place.above is None or place.above.shape.kind in ("list", "map")


def _groups(around: Around, place: Place) -> Iterator[Group]:
    """Yield the groups; things that are said in exactly one way show that way first."""
    keys = place.keys
    shown = only_shown(place)
    first = way_control(around, place)
    for title, names, folded in arranged(place.struct, [key for key in keys if key in shown]):
        controls = tuple(_controls(around, place, [keys[name] for name in names]))
        if first is not None:
            controls, first = (first, *controls), None
        yield Group(title=around.fill(title), controls=controls, folded=folded)
    if first is not None:
        yield Group(title=around.fill(MORE), controls=(first,))


def _controls(around: Around, place: Place, keys: list[Key]) -> Iterator[Control]:
    for key in keys:
        inner = step_into(place, key.name)
        if inner is not None:
            yield control_of(around, inner, key)


def _of_value(around: Around, place: Place) -> Panel | None:
    """Return the panel of a list, a map or a single value: the one control that sets it."""
    owner: Any = place.owner
    if owner is None or place.above is None or _keyed(place):
        return None
    key = place.above.keys.get(place.key)
    if key is None:
        return None
    control = control_of(around, place, key)
    return Panel(
        target=place.target,
        title=control.title,
        noun="",
        about="",
        icon="settings",
        groups=(Group(title="", controls=(control,)),),
        crumbs=tuple(_crumbs(around, place)),
    )


def _crumbs(around: Around, place: Place) -> Iterator[Crumb]:
    """Yield the things around a place, the outermost first."""
    above: list[Place] = []
    each = place.above
    while each is not None:
        if each.struct is not None and isinstance(each.value, dict):
            above.append(each)
        each = each.above
    for each in reversed(above):
        noun, _ = _noun(around, each)
        yield Crumb(label=_title(around, each, noun), target=each.target)


NOTHING = Message("点选一项，在这里修改")
