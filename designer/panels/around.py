"""What is there in the app to choose from: its forms, fields, stages, roles, people?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from designer.panels.choice_words import choice_words
from designer.panels.nouns import name_of
from designer.panels.places import Place
from designer.panels.referring import Refers
from designer.speech import Speech
from engine.app import App, Form
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.naming import definition_at
from engine.expressions import Scope
from engine.field import Field, Storage
from engine.loading.folder import kind_of
from engine.wording import Label, Message, words
from runtime.services import Services
from runtime.web.filters.fields import SYSTEM, applies
from runtime.web.language import translate
from runtime.web.visit import Visit

NUMBERS = (Storage.DECIMAL, Storage.INTEGER)
SYSTEM_OF: Mapping[str, tuple[str, ...]] = {
    "column": SYSTEM,
    "sort": SYSTEM,
    "date": ("created_at", "updated_at", "stage_entered_at", "last_activity_at"),
    "person": ("owner", "created_by", "updated_by"),
    "department": ("department",),
}
"""What the system keeps of every record, by what is asked for."""


class Looked(Protocol):
    """What a page of the designer is about, as far as panels have to know."""

    @property
    def services(self) -> Services:
        """The services of the workspace."""

    @property
    def visit(self) -> Visit:
        """Who looks."""

    @property
    def draft(self) -> Draft:
        """The draft that is looked at."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what stands in the YAML, and what people read."""

    value: Any
    label: str
    tone: str = ""


@dataclass(frozen=True)
class Around:
    """The surroundings of one place of a draft."""

    seen: Looked

    @property
    def locale(self) -> str:
        """The reader's language."""
        return self.seen.visit.locale

    @property
    def app(self) -> App:
        """The app as it is in the draft."""
        return self.seen.draft.app

    @cached_property
    def apps(self) -> Mapping[str, App]:
        """Every app of the workspace, this one as it is in the draft."""
        return {**self.seen.services.apps, self.app.id: self.app}

    def named(self, place: Place) -> str:
        """Return what the thing at a place is called, translated where the app says how."""
        return name_of(place.value, self.locale, self.defined(place.target))

    def defined(self, target: Target) -> Any:
        """Return what the app made of the thing at a target; None where it made nothing of it."""
        return definition_at(self.app, self.seen.draft.value(target[:1]), target)

    def form_of(self, place: Place) -> Form | None:
        """Return the form that the file of a place is about."""
        file = str(place.target[0])
        data = self.seen.draft.value(place.target[:1])
        kind = kind_of(file)
        named = data.get("form") if isinstance(data, dict) and kind != "app" else None
        return self.app.forms.get(str(named))

    def form_named(self, place: Place, key: str) -> Form | None:
        """Return the form that a key beside a place names; the file's own without a key."""
        if not key:
            return self.form_of(place)
        name = _beside(place, key.lstrip(">"))
        if key.startswith(">"):
            own = self.form_of(place)
            name = getattr(own.fields.get(str(name)), "to", None) if own else None
        return self.form_called(str(name))

    def form_called(self, name: str) -> Form | None:
        """Return a form of this app, or `app.form` of another."""
        app, _, id_ = name.rpartition(".")
        found = self.apps.get(app or self.app.id)
        return found.forms.get(id_) if found else None

    def rows_of(self, place: Place) -> Field | None:
        """Return the sub-table that a place is inside of."""
        form = self.form_of(place)
        steps = place.target
        inside = form is not None and len(steps) > 5 and steps[1] == "sections"
        if not inside or form is None or steps[3] != "fields" or steps[5] != "fields":
            return None
        return form.fields.get(str(steps[4]))

    def scene(self, place: Place, key: str) -> Form | None:
        """Return the form, or the rows as if they were one, whose fields an expression may use."""
        form, rows = self.form_named(place, key), self.rows_of(place)
        if form is None or rows is None or key:
            return form
        scope = Scope(names=form.scope.forms[f"{form.id}.{rows.id}"], forms=form.scope.forms)
        return replace(form, fields=dict(getattr(rows, "cells", {})), scope=scope)

    def speech(self, form: Form) -> Speech:
        """Return how a form of the draft is spoken of."""
        return Speech(self.apps, form, self.locale)

    def any_speech(self, place: Place) -> Speech | None:
        """Return how the form of a place is spoken of, or any form where it is about none."""
        form = self.form_of(place) or next(iter(self.app.forms.values()), None)
        return self.speech(form) if form else None

    def fill(self, message: Message) -> str:
        """Return a message in the reader's language."""
        return message.fill(translate(self.locale), self.locale)

    def listed(self, texts: Iterable[str]) -> str:
        """Return several texts as a list in a sentence."""
        return ("、" if self.locale == "zh" else ", ").join(texts)

    def word(self, owner: Any, key: str, word: Any) -> str:
        """Return what a fixed choice of a key is called."""
        said = choice_words(owner, key, word)
        return self.fill(said) if said else str(word)

    def choices(self, place: Place, refers: Refers) -> tuple[Choice, ...]:
        """Return everything that a key may name."""
        if refers.kind in ("form", "role", "workflow", "decision", "connector", "login"):
            return tuple(self._of_app(refers.kind))
        if refers.kind == "record":
            return tuple(self._records(place))
        if refers.kind.endswith("_here"):
            return tuple(self._here(place, refers))
        if refers.kind == "cell_named":
            own = self.form_of(place)
            named = own.fields.get(str(_beside(place, "field"))) if own else None
            return tuple(self._fields({one.id: one for one in getattr(named, "fields", ())}, "any"))
        rows = self.rows_of(place)
        if refers.kind == "cell":
            return tuple(self._fields(_cells(place, self), "number"))
        if rows is not None and not refers.form:
            return tuple(self._fields(getattr(rows, "cells", {}), refers.kind))
        form = self.form_named(place, refers.form)
        return tuple(self._of_form(form, refers.kind)) if form else ()

    def _of_app(self, kind: str) -> Iterator[Choice]:
        if kind == "form":
            for app in (self.app.id, *self.app.definition.requires):
                yield from self._forms(app)
            return
        if kind == "login":
            yield from self._people()
            return
        named: Mapping[str, Iterable[tuple[str, Label]]] = {
            "role": ((one.id, one.label) for one in self.app.definition.roles),
            "workflow": ((i, one.definition.label) for i, one in self.app.workflows.items()),
            "decision": ((i, one.definition.label) for i, one in self.app.decisions.items()),
            "connector": ((i, one.definition.label) for i, one in self.app.connectors.items()),
        }
        yield from (Choice(id_, words(label, self.locale)) for id_, label in named[kind])

    def _here(self, place: Place, refers: Refers) -> Iterator[Choice]:
        """Yield what is about the form of the file: its approvals, the forms and the fields that
        refer to it."""
        own = self.form_of(place)
        if own is None:
            return
        kinds = ("reference",) if refers.kind.startswith("single") else REFERENCES
        match refers.kind.removeprefix("single_"):
            case "workflow_here":
                flows = self.app.workflows.values()
                named = [(one.id, one.definition.label) for one in flows if one.form == own.id]
            case "document_here":
                papers = self.app.documents.values()
                named = [(one.id, one.definition.label) for one in papers if one.form == own.id]
            case "form_here":
                forms = self.app.forms.values()
                pointing = (form for form in forms if _pointing(form, own.id, kinds))
                named = [(form.id, form.definition.label) for form in pointing]
            case _:
                there = self.form_named(place, refers.form)
                ids = _pointing(there, own.id, kinds) if there else ()
                named = [(id_, there.fields[id_].label) for id_ in ids] if there else []
        yield from (Choice(id_, words(label, self.locale)) for id_, label in named)

    def _records(self, place: Place) -> Iterator[Choice]:
        """Yield what a story calls its records."""
        story = self.seen.draft.value(place.target[:2])
        if not isinstance(story, dict):
            return
        given = (story.get("given") or {}).get("records") or []
        made = [(step.get("create") or {}).get("name") for step in story.get("steps") or []]
        for name in dict.fromkeys([*(one.get("id") for one in given), *made]):
            if name:
                yield Choice(name, name)

    def _forms(self, app: str) -> Iterator[Choice]:
        prefix = "" if app == self.app.id else f"{app}."
        for form in self.apps[app].forms.values() if app in self.apps else ():
            yield Choice(f"{prefix}{form.id}", words(form.definition.label, self.locale))

    def _people(self) -> Iterator[Choice]:
        with self.seen.services.store.reading() as unit:
            for person in unit.people.list():
                yield Choice(person.login, person.name)

    def _of_form(self, form: Form, kind: str) -> Iterator[Choice]:
        match kind:
            case "stage":
                stages = form.stages.values()
                yield from (Choice(one.id, words(one.label, self.locale)) for one in stages)
            case "pipeline":
                paths = form.pipelines
                yield from (Choice(one.id, words(one.label, self.locale)) for one in paths)
            case "tab":
                tabs = form.definition.tabs
                yield from (Choice(one.id, words(one.label, self.locale)) for one in tabs)
            case "item":
                yield from self._items(form)
            case "step":
                yield from ()
            case _:
                yield from self._fields(form.fields, kind)
                yield from self._system(form, kind)
                if kind in ("person", "position"):
                    yield from self._beyond(form, kind)

    def _items(self, form: Form) -> Iterator[Choice]:
        for stage in form.stages.values():
            for item in (*stage.entry.evidence, *stage.gate.evidence):
                yield Choice(item.id, words(item.label, self.locale))

    def _fields(self, fields: Mapping[str, Field], kind: str) -> Iterator[Choice]:
        for id_, field in fields.items():
            if _fits(field, kind):
                yield Choice(id_, words(field.label, self.locale))

    def _system(self, form: Form, kind: str) -> Iterator[Choice]:
        speech = self.speech(form)
        for id_ in SYSTEM_OF.get(kind, ()):
            if applies(form, id_):
                yield Choice(id_, speech.field(id_))

    def _beyond(self, form: Form, kind: str) -> Iterator[Choice]:
        """Yield what a reference points to, as `site.keeper`."""
        for id_, field in form.fields.items():
            there = self.form_called(str(getattr(field, "to", "")))
            if field.type != "reference" or there is None:
                continue
            label = words(field.label, self.locale)
            for one in self._fields(there.fields, kind):
                yield Choice(f"{id_}.{one.value}", f"{label} · {one.label}")


OF_TYPES = {"date": ("date", "datetime"), "picture": ("image", "signature")}


def _fits(field: Field, kind: str) -> bool:
    if kind in OF_TYPES:
        return field.type in OF_TYPES[kind]
    match kind:
        case "number":
            return field.storage in NUMBERS
        case "person" | "department" | "reference" | "lines" | "file" | "yes_no":
            return field.type == kind
        case "settable":
            return field.settable and field.storage is not Storage.LINES
        case "position":
            return field.type == "geo"
        case "column" | "sort":
            return field.storage is not Storage.LINES
    return True


REFERENCES = ("reference", "reference_list")


def _pointing(form: Form, to: str, kinds: tuple[str, ...]) -> list[str]:
    """Return the reference fields of a form that point to another."""
    return [
        id_
        for id_, field in form.fields.items()
        if field.type in kinds and getattr(field, "to", "") == to
    ]


def _beside(place: Place, key: str) -> Any:
    """Return the value of a key of the nearest thing around that has it."""
    above: Place | None = place
    while above is not None:
        if isinstance(above.value, dict) and isinstance(above.value.get(key), str):
            return above.value[key]
        above = above.above
    return None


def _cells(place: Place, around: Around) -> Mapping[str, Field]:
    form = around.form_of(place)
    above: Place | None = place
    while form is not None and above is not None:
        found = form.fields.get(str(above.target[-1]))
        if found is not None:
            return getattr(found, "cells", {})
        above = above.above
    return {}


def labelled(choices: Iterable[Choice], value: Any) -> str:
    """Return what a chosen thing is called; itself if it is not among the choices."""
    return next((one.label for one in choices if one.value == value), str(value))
