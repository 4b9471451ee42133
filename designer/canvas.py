"""What stands on the canvas: the form as it is, and which of its fields is chosen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.palette import Kind, kind_of
from designer.properties import properties
from designer.property_words import Property
from designer.speech import Rule, Speech
from designer.stage_view import Check
from engine.field import Field
from runtime.web.form_view import FormView


@dataclass(frozen=True)
class Mark:
    """A note on a field or a section that it does not always behave the same."""

    text: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Place:
    """One field on the canvas."""

    id: str
    label: str
    kind: str
    input: Any
    full: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Part:
    """One section on the canvas."""

    id: str
    label: str
    help: str
    columns: int
    visible: Rule | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Cell:
    """One field of the rows of a sub-table."""

    id: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Chosen:
    """The field whose properties are shown."""

    id: str
    label: str
    kind: Kind
    properties: tuple[Property, ...]
    cells: tuple[Cell, ...]
    parent: tuple[str, str] | None
    """Id and label of the sub-table that it is a column of."""


def parts_of(speech: Speech, view: FormView) -> tuple[Part, ...]:
    """Return the sections of a form with their drawn fields."""
    visible = speech.form.logic.visible
    return tuple(
        Part(
            id=section.id,
            label=speech.words(section.label),
            help=speech.words(section.help),
            columns=section.columns,
            visible=speech.condition(rule)
            if (rule := visible.get(f"section:{section.id}"))
            else None,
            places=tuple(_place(speech, one) for one in section.inputs),
        )
        for section in view.sections
    )


def _place(speech: Speech, drawn: Any) -> Place:
    field: Field = drawn.definition
    return Place(
        id=field.id,
        label=speech.words(field.label),
        kind=kind_of(field.type, speech.locale).title,
        input=drawn,
        full=drawn.full,
        marks=tuple(_marks(speech, field)),
    )


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


def chosen_of(speech: Speech, path: str) -> Chosen | None:
    """Return the field that an address names: `name`, or `items.amount` in a sub-table."""
    first, _, second = path.partition(".")
    field = speech.form.fields.get(first)
    if field is None or not second:
        return _chosen(speech, field, None) if field else None
    cell = getattr(field, "cells", {}).get(second)
    return _chosen(speech, cell, field) if cell else None


def _chosen(speech: Speech, field: Field, parent: Field | None) -> Chosen:
    cells = () if parent else getattr(field, "fields", ())
    return Chosen(
        id=field.id,
        label=speech.words(field.label),
        kind=kind_of(field.type, speech.locale),
        properties=properties(speech, field, parent.id if parent else None),
        cells=tuple(
            Cell(
                f"{field.id}.{cell.id}", speech.words(cell.label), kind_of(cell.type, speech.locale)
            )
            for cell in cells
        ),
        parent=(parent.id, speech.words(parent.label)) if parent else None,
    )


def checks_of(speech: Speech) -> tuple[Check, ...]:
    """Return what must be true of every record of the form."""
    return tuple(
        Check(speech.words(one.message), speech.condition(speech.form.logic.checks[one.id]))
        for one in speech.form.definition.checks
    )
