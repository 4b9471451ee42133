"""What was found out about a definition before, and does it still hold in the app as it is now?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from engine.definition.app import AppDef
from engine.definition.decision import DecisionDef
from engine.field import Field
from engine.loading.build import Part
from engine.loading.outline import Outline, Outlines
from engine.problems import Problem

T = TypeVar("T")

Found = tuple[T, list[Problem]]


@dataclass(frozen=True)
class Face:
    """What others may see of a form: all that matters to what is compiled elsewhere."""

    fields: Mapping[str, Field]
    """Without the texts for people."""
    rest: tuple[Any, ...]

    def holds(self, later: Face | None) -> bool:
        """Tell if what was right before this form is right before a later face of it: there may
        be new fields as long as nobody has to fill them in."""
        if later is self:
            return True
        if later is None or later.rest != self.rest:
            return False
        if any(later.fields.get(id_) != field for id_, field in self.fields.items()):
            return False
        added = (field for id_, field in later.fields.items() if id_ not in self.fields)
        return not any(field.required for field in added)


Ground = tuple[Any, Mapping[str, Face], tuple[DecisionDef, ...] | None]
"""What something rests on: the manifest, forms, and the decision tables if it asks one."""
ASKS = "decide("


class Memory:
    """The forms of an app as the remembered sees them."""

    def __init__(self, names: Outlines, tables: tuple[DecisionDef, ...] = ()) -> None:
        self._names = names
        self._tables = tables

    def found(self, part: Part[Any], key: str, find: Callable[[], Found[T]]) -> Found[T]:
        """Return what was found out about a definition; again only if it, or a form that it points
        to, is not what it was. What was wrong is always looked at again."""
        known = part.known.get(key)
        if known is not None and self._holds(known[0]):
            return known[1], []
        value, problems = find()
        if problems:
            part.known.pop(key, None)
        else:
            part.known[key] = (self._ground(part), value)
        return value, problems

    def _ground(self, part: Part[Any]) -> Ground:
        asks = any(ASKS in word for word in _words(part.known, part.source.data))
        faces = {id_: self.faces[id_] for id_ in self._reached(part)}
        return self._app, faces, self._tables if asks else None

    def _holds(self, ground: Ground) -> bool:
        app, faces, tables = ground
        if app != self._app or (tables is not None and tables != self._tables):
            return False
        return all(face.holds(self.faces.get(id_)) for id_, face in faces.items())

    @cached_property
    def _app(self) -> AppDef:
        """The manifest, without what nothing but itself is linked to."""
        return msgspec.structs.replace(
            self._names.app, label="", description=None, menu=(), home=(), setup=()
        )

    @cached_property
    def faces(self) -> Mapping[str, Face]:
        """The face of every form."""
        return {form.id: _face(form) for form in self._names.placed()}

    def _reached(self, part: Part[Any]) -> set[str]:
        """Return every form that a definition names, or that one of those names, and so on."""
        reached: set[str] = set()
        waiting = [self._named(_words(part.known, part.source.data))]
        while waiting:
            new = waiting.pop() - reached
            reached |= new
            waiting += [self._named(self._words_of(id_)) for id_ in new]
        return reached

    def _named(self, words: frozenset[str]) -> set[str]:
        return {id_ for id_ in self.faces if id_ in words}

    def _words_of(self, form: str) -> frozenset[str]:
        outline = self._names.forms[form]
        return _words(outline.known, outline.spot.source.data)


def _face(form: Outline) -> Face:
    if "face" not in form.known:
        definition = form.definition
        rest = (form.pipelines, definition.title, definition.pool, definition.routing)
        form.known["face"] = Face({id_: _bare(one) for id_, one in form.fields.items()}, rest)
    face: Face = form.known["face"]
    return face


def _bare(field: Field) -> Field:
    return msgspec.structs.replace(field, label="", help=None, placeholder=None)


def _words(known: dict[str, Any], data: Any) -> frozenset[str]:
    if "words" not in known:
        known["words"] = frozenset(_strings(data))
    words: frozenset[str] = known["words"]
    return words


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
