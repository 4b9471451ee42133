"""Which texts does an app say to people, and where are they said?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from designer.panels.around import Around
from designer.panels.build import control_of
from designer.panels.controls import Control, as_text, renamed
from designer.panels.file_words import file_label
from designer.panels.lists import title_of
from designer.panels.nouns import noun_of
from designer.panels.places import Place, place_at, steps_of
from engine.editing.edits import Target
from engine.wording import Message

SAID = frozenset({"message", "text", "confirm", "pattern_message"})
"""Keys whose texts people read when something happens."""
KINDS = {
    "rules/": Message("消息和待办"),
    "workflows/": Message("审批中的提示"),
    "forms/": Message("表单和阶段的提示"),
    "types/": Message("字段类型的提示"),
}


@dataclass(frozen=True)
class Spoken:
    """One text, and the thing that says it."""

    where: str
    target: str
    control: Control


@dataclass(frozen=True)
class Speaker:
    """All texts of one file."""

    label: str
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class Names:
    """The names that the texts about a form can hold: the page has them once for all of these."""

    id: str
    names: Mapping[str, str]


def names_of(found: Iterable[tuple[str, tuple[Speaker, ...]]]) -> tuple[Names, ...]:
    """Return the names that the texts on a page share."""
    shared = (
        each.control.more.get("shared")
        for _, speaking in found
        for one in speaking
        for each in one.spoken
    )
    return tuple({one.id: one for one in shared if one is not None}.values())


def speakers(around: Around) -> Iterator[tuple[str, tuple[Speaker, ...]]]:
    """Yield the texts of an app by what says them: rules first, then approvals and forms."""
    for folder, kind in KINDS.items():
        files = [file for file in around.seen.draft.documents if file.startswith(folder)]
        found = [_speaker(around, file) for file in files]
        some = tuple(one for one in found if one.spoken)
        if some:
            yield around.fill(kind), some


def _speaker(around: Around, file: str) -> Speaker:
    data = around.seen.draft.value((file,))
    return Speaker(file_label(around, file, data), tuple(_spoken(around, data, (file,))))


def _spoken(around: Around, data: object, target: Target) -> Iterator[Spoken]:
    if isinstance(data, dict):
        for key, held in data.items():
            if key in SAID and isinstance(held, str | dict):
                yield from _one(around, (*target, key))
            else:
                yield from _spoken(around, held, (*target, key))
    if isinstance(data, list):
        for step, held in zip(steps_of(data), data, strict=True):
            yield from _spoken(around, held, (*target, step))


def _one(around: Around, target: Target) -> Iterator[Spoken]:
    place = place_at(around.seen.draft, target)
    if place is None or place.shape.kind != "words" or place.above is None:
        return
    holder = place.above
    control = control_of(around, place, holder.keys[place.key])
    prefix = str(target[0]).removesuffix(".yaml").replace("/", "-")
    control = _sharing(around, place, renamed(control, f"{prefix}-"))
    yield Spoken(_where(around, holder), as_text(holder.target), control)


def _sharing(around: Around, place: Place, control: Control) -> Control:
    """Return a control that finds the names for its text beside those of all others."""
    form, names = around.form_of(place), control.more.get("blanks")
    if form is None or not names:
        return control
    more = {**control.more, "blanks": {}, "shared": Names(f"names-{form.id}", names)}
    return replace(control, more=more)


def _called(around: Around, place: Place) -> str:
    """What a thing is called; a thing that is known by its text alone, by its kind."""
    if "label" in place.value:
        return title_of(around, place)
    speech = around.any_speech(place)
    return noun_of(place.struct, speech)[0] if speech else ""


def _where(around: Around, place: Place) -> str:
    """Say where a text stands: the names of the things around it."""
    names: list[str] = []
    each: Place | None = place
    while each is not None and each.above is not None:
        if each.struct is not None and isinstance(each.value, dict):
            names.append(_called(around, each))
        each = each.above
    return " · ".join(dict.fromkeys(reversed(names)))
