"""What stands in a form that is drawn: its sections, inputs, complaints, and where it goes?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_of
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from engine.app import Form
from engine.definition.form import SectionDef
from engine.field import Field, When
from engine.forms.layout import Shown
from engine.forms.plan import plan_of
from engine.forms.showing import is_empty
from engine.forms.tabs import on_tabs
from engine.wording import Label, Message, words
from runtime.services import Services
from runtime.use_cases.name_values import name_values
from runtime.use_cases.preview_record import Preview
from runtime.web.answers import in_panel
from runtime.web.forms.drawing import PAGE, PANEL, Drawings, html_id
from runtime.web.forms.dressing import State, Wardrobe, dress
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_with
from runtime.web.visit import Visit

Complaints = Mapping[str, tuple[Message, ...]]
Typed = MultiDict[str, str]


@dataclass(frozen=True, kw_only=True)
class Live:
    """What of a form's words goes with its logic to the page, and what does not."""

    checks: Mapping[str, Sequence[tuple[str, Label]]] = made_of(default_factory=dict)
    """The checks that are made while typing, by the field at which they are shown."""
    unsaid: frozenset[str] = frozenset()
    """Fields and cells whose words for being empty are for no page before they are due."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a form with its inputs."""

    id: str
    label: Label
    help: Label | None
    columns: int
    visible: bool
    folded: bool
    open: bool
    inputs: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One of several pages of a form with its sections."""

    id: str
    label: Label
    sections: tuple[Section, ...]
    current: bool
    complaints: int

    @property
    def visible(self) -> bool:
        """Whether there is anything on it now."""
        return any(section.visible for section in self.sections)


@dataclass(frozen=True)
class Complaint:
    """A line of the summary above a form, leading to its input."""

    text: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class FormView:
    """A form, ready to be shown."""

    sections: tuple[Section, ...]
    tabs: tuple[Tab, ...] = ()
    """Where the sections stand on more than one."""
    summary: tuple[Complaint, ...] = made_of(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Easel:
    """What forms are drawn with: one for all requests."""

    services: Services
    drawings: Drawings

    def view(
        self,
        visit: Visit,
        preview: Preview,
        typed: Typed | None = None,
        complaints: Complaints | None = None,
        live: Live | None = None,
    ) -> FormView:
        """Draw a form with the previewed values and what was typed over them."""
        drawn, bare = self.fitted(visit, preview, typed, complaints)
        live = live or Live()
        wardrobe = replace(bare, checks=live.checks, unsaid=live.unsaid)
        drawn_sections = (
            _section(section, preview, drawn, wardrobe)
            for section in preview.form.definition.sections
        )
        sections = tuple(section for section in drawn_sections if section.inputs)
        return FormView(
            sections=sections,
            tabs=_tabs(preview.form, sections),
            summary=tuple(summary(preview.form, wardrobe, complaints or {})),
        )

    def inputs(
        self,
        visit: Visit,
        preview: Preview,
        ids: tuple[str, ...],
        typed: Typed | None = None,
        complaints: Complaints | None = None,
    ) -> tuple[Any, ...]:
        """Draw a few inputs of a form, for a sheet."""
        drawn, wardrobe = self.fitted(visit, preview, typed, complaints)
        return tuple(dress(drawn, wardrobe, ids))

    def fitted(
        self,
        visit: Visit,
        preview: Preview,
        typed: Typed | None = None,
        complaints: Complaints | None = None,
    ) -> tuple[BaseForm, Wardrobe]:
        """Return the bare inputs and what they are dressed with."""
        form = preview.form
        drawn = self.drawings.draw(form, preview.record.values, typed)
        wardrobe = Wardrobe(
            form=form,
            sight=preview.sight,
            cells=self.cells(visit, preview, drawn),
            row=preview.row,
            states=states_of(preview),
            rows=row_states(preview),
            standing=preview.before or plan_of(form).record.fixed,
            complaints=complaints or {},
            creatable=preview.creatable,
            mark=PANEL if in_panel() else PAGE,
            seen=preview.stored.row() if preview.stored else None,
        )
        return drawn, wardrobe

    def cells(self, visit: Visit, preview: Preview, drawn: BaseForm) -> Cells:
        """Return what names the ids among the values and among what was typed."""
        typed = _typed_ids(preview.form, drawn)
        act = visit.act("form")
        rows = (preview.record.row(), typed)
        names = name_values(self.services, act, preview.form, rows)
        return cells_with(self.services, visit, preview.form, names)


def states_of(preview: Preview) -> dict[str, State]:
    """Return how each field behaves now, by its id."""
    fields, row = preview.form.fields, preview.record.values
    return {
        id_: _state(fields[id_], one, row.get(id_)) for id_, one in preview.layout.fields.items()
    }


def row_states(preview: Preview) -> dict[str, list[dict[str, State]]]:
    """Return how each cell of each row behaves now, by line field."""
    found: dict[str, list[dict[str, State]]] = {}
    for id_, rows in preview.layout.rows.items():
        cells = getattr(preview.form.fields[id_], "cells", {})
        values: Any = preview.record.values.get(id_) or ()
        found[id_] = [
            {name: _state(cells[name], one, row.get(name)) for name, one in states.items()}
            for states, row in zip(rows, values, strict=False)
        ]
    return found


def _state(field: Field, shown: Shown, value: Any) -> State:
    worded = isinstance(field.required, When) and field.required.message is not None
    return State(
        visible=shown.visible,
        required=shown.required,
        readonly=shown.readonly,
        lacking=worded and shown.required and is_empty(value),
    )


def _section(section: SectionDef, preview: Preview, drawn: BaseForm, wardrobe: Wardrobe) -> Section:
    ids = [field.id for field in section.fields if _worth_showing(preview, field)]
    inputs = tuple(dress(drawn, wardrobe, ids))
    return Section(
        id=section.id,
        label=section.label,
        help=section.help,
        columns=section.columns,
        visible=preview.layout.sections.get(section.id, True),
        folded=section.folded,
        open=any(one.complaints or one.required for one in inputs),
        inputs=inputs,
    )


def _tabs(form: Form, sections: tuple[Section, ...]) -> tuple[Tab, ...]:
    """Return the tabs, the first with a complaint open; none where all stands on one."""
    sorted_ = on_tabs(form.definition, sections, lambda section: section.id)
    if len(sorted_) < 2:
        return ()
    counts = [_complained(own) for _, own in sorted_]
    seen = [any(section.visible for section in own) for _, own in sorted_]
    wrong = next((at for at, count in enumerate(counts) if count), None)
    open_ = wrong if wrong is not None else next((at for at, one in enumerate(seen) if one), 0)
    return tuple(
        Tab(id=tab.id, label=tab.label, sections=own, current=at == open_, complaints=counts[at])
        for at, (tab, own) in enumerate(sorted_)
    )


def _complained(sections: tuple[Section, ...]) -> int:
    return sum(bool(one.complaints) for section in sections for one in section.inputs)


def _worth_showing(preview: Preview, field: Field) -> bool:
    """Tell whether a field belongs into the form: what nobody types is empty in a new record."""
    typed = field.settable and field.readonly is not True
    if typed or preview.stored is not None or field.type in ("formula", "lookup"):
        return True
    if field.computed_default is not None:
        return True
    return preview.record.values.get(field.id) is not None


def summary(form: Form, wardrobe: Wardrobe, complaints: Complaints) -> Iterator[Complaint]:
    """Yield every complaint with the place that it is about, in the order of the form."""
    cells = wardrobe.cells
    order = {id_: number for number, id_ in enumerate(("", *form.fields))}
    for key in sorted(complaints, key=lambda key: order.get(key.split(".")[0], 0)):
        field = form.fields.get(key.split(".")[0])
        label = words(field.label, cells.locale) if field else ""
        for message in complaints[key]:
            text = message.fill(cells.translate, cells.locale)
            full = f"{label}：{text}" if label and label not in text else text
            yield Complaint(full, anchor(key, wardrobe.mark))


def anchor(key: str, mark: str = PAGE) -> str:
    """Return the HTML id of what a complaint is about: a field, or a cell of a row."""
    return html_id(key, mark) if key else ""


def _typed_ids(form: Form, drawn: BaseForm) -> dict[str, Any]:
    """Return what stands in the inputs as values, as far as names have to be looked up for it."""
    named = {"person", "department", "reference", "reference_list", "file", "image", "signature"}
    row: dict[str, Any] = {}
    for id_, field in form.fields.items():
        if field.type in named:
            row[id_] = tuple(text for text in drawn[id_].texts if text) or None
        elif field.type == "lines":
            row[id_] = tuple(
                {
                    cell.definition.id: tuple(filter(None, cell.texts)) or None
                    for cell in line
                    if hasattr(cell, "texts") and cell.definition.type in named
                }
                for line in drawn[id_].rows
            )
    return row
