"""What stands on the canvas: the form as it is, each part of it with its address?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from designer.forms.palette import Kind, kind_of
from designer.speech import Rule, Speech
from engine.definition.form import SectionDef
from engine.field import Field
from engine.forms.tabs import tab_of

Address = tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A note on a field or a section that it does not always behave the same."""

    text: str
    icon: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """One field of the rows of a sub-table."""

    id: str
    label: str
    kind: Kind
    target: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """One field on the canvas."""

    id: str
    label: str
    kind: str
    target: str
    chosen: bool
    input: Any
    full: bool
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    columns_target: str
    """Where the columns of a sub-table stand; empty for other fields."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section on the canvas."""

    id: str
    label: str
    help: str
    columns: int
    folded: bool
    visible: Rule | None
    target: str
    chosen: bool
    places: tuple[Place, ...]
    tab: str
    """The tab that it names; empty where it stands on the first for want of another."""
    order: str
    """The ids of its fields, as they follow each other."""

    @property
    def fields_target(self) -> str:
        """Where its fields stand."""
        return json.dumps([*json.loads(self.target), "fields"], ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One tab of the form with its sections; a form without tabs is one page without a name."""

    id: str
    label: str
    target: str
    chosen: bool
    current: bool
    parts: tuple[Part, ...]

    @property
    def order(self) -> str:
        """The ids of its sections, as they follow each other."""
        return " ".join(part.id for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Body:
    """All sections of a form, on their tabs."""

    pages: tuple[Page, ...]
    label: str
    tabs_target: str
    sections_target: str
    new_section: str
    """What a new section says, as JSON."""


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """What is needed to draw parts of a form: its words, its file, what is chosen."""

    speech: Speech
    file: str
    chosen: Address | None = None

    def target(self, *steps: str) -> str:
        """Return an address in the file of the form, as the page carries it."""
        return json.dumps([self.file, *steps], ensure_ascii=False)

    def part(self, section: SectionDef, inputs: Mapping[str, Any]) -> Part:
        """Return a section with those of its fields that were drawn."""
        rule = self.speech.form.logic.visible.get(f"section:{section.id}")
        address = ("sections", section.id)
        return Part(
            id=section.id,
            label=self.speech.words(section.label),
            help=self.speech.words(section.help),
            columns=section.columns,
            folded=section.folded,
            visible=self.speech.condition(rule) if rule else None,
            target=self.target(*address),
            chosen=self._is_chosen(address),
            places=tuple(
                self.place(section, field, inputs[field.id])
                for field in section.fields
                if field.id in inputs
            ),
            tab=section.tab or "",
            order=" ".join(field.id for field in section.fields),
        )

    def pages(self, parts: Iterable[Part]) -> tuple[Page, ...]:
        """Sort the sections by their tabs, with the tabs that have none yet."""
        definition = self.speech.form.definition
        shown = list(parts)
        if not definition.tabs:
            return (self._page("", "", "", True, shown),)
        spots = {one.id: tab_of(definition, one) for one in definition.sections}
        current = self._current()
        return tuple(
            self._page(
                tab.id,
                self.speech.words(tab.label),
                self.target("tabs", tab.id),
                tab.id == current,
                [part for part in shown if spots[part.id] == tab.id],
            )
            for tab in definition.tabs
        )

    def _page(self, id_: str, label: str, target: str, current: bool, own: list[Part]) -> Page:
        chosen = bool(id_) and self._is_chosen(("tabs", id_))
        return Page(
            id=id_, label=label, target=target, chosen=chosen, current=current, parts=tuple(own)
        )

    def _current(self) -> str | None:
        """Return the tab on which what is chosen stands; the first if nothing is."""
        definition = self.speech.form.definition
        steps = self.chosen or ()
        if steps[1:2] == ("tabs",) and steps[2:]:
            return steps[2]
        inside = [one for one in definition.sections if steps[1:3] == ("sections", one.id)]
        return tab_of(definition, inside[0]) if inside else definition.tabs[0].id

    def place(self, section: SectionDef, field: Field, drawn: Any) -> Place:
        """Return one field of a section."""
        address = ("sections", section.id, "fields", field.id)
        inner = (*address, "fields")
        lines = field.type == "lines"
        cells: Iterable[Field] = getattr(field, "fields", ()) if lines else ()
        return Place(
            id=field.id,
            label=self.speech.words(field.label),
            kind=self._kind(field.id, field.type).title,
            target=self.target(*address),
            chosen=self._is_chosen(address),
            input=drawn,
            full=drawn.full,
            marks=tuple(_marks(self.speech, field)),
            columns=tuple(self._column(inner, field.id, cell) for cell in cells),
            columns_target=self.target(*inner) if lines else "",
        )

    def _kind(self, place: str, type_: str) -> Kind:
        """Return the type of a field, or the app's own type that it names."""
        own = self.speech.form.own_types.get(place, type_)
        return kind_of(own, self.speech.locale, self.speech.app.types)

    def _column(self, inner: Address, lines: str, cell: Field) -> Column:
        address = (*inner, cell.id)
        return Column(
            id=cell.id,
            label=self.speech.words(cell.label),
            kind=self._kind(f"{lines}.{cell.id}", cell.type),
            target=self.target(*address),
            chosen=self._is_chosen(address),
        )

    def _is_chosen(self, steps: Address) -> bool:
        return self.chosen == (self.file, *steps)


def _marks(speech: Speech, field: Field) -> list[Mark]:
    logic, say = speech.form.logic, speech.say
    marks = []
    if field.id in logic.visible:
        marks.append(Mark(say("条件显示"), "git-branch", "violet"))
    need = logic.required.get(field.id)
    if need is not None and need.when is not None:
        marks.append(Mark(say("条件必填"), "logic-and", "red"))
    if logic.readonly.get(field.id) is not None:
        marks.append(Mark(say("条件只读"), "lock", "amber"))
    if field.id in logic.formulas:
        marks.append(Mark(say("自动计算"), "math-function", "blue"))
    return marks
