"""What do the tables of an app look like, in a form that can be kept and compared?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import App, Form
from engine.definition.form import FormDef
from engine.field import Field, Storage
from engine.wording import words
from runtime.store.naming import form_table, side_table
from runtime.store.tables import IndexShape, cells_of, indexes_of

COLUMN = "column"
LINES = "lines"
LINKS = "links"
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class FieldShape:
    """How one field, or one cell of a line field, is kept."""

    id: str
    type: str
    storage: Storage
    scale: int = 0
    to: str | None = None
    options: Mapping[str, str] | None = None
    """The Chinese labels of its options."""
    formula: str | None = None
    cells: Mapping[str, FieldShape] | None = None
    table: str | None = None
    """The table of its own, if it has one."""

    @property
    def kind(self) -> str:
        """Whether it stands in a column, in a table of rows or links, or nowhere."""
        return {Storage.LINES: LINES, Storage.LINKS: LINKS, Storage.NONE: NONE}.get(
            self.storage, COLUMN
        )


@dataclass(frozen=True, kw_only=True)
class FormShape:
    """How the records of one form are kept."""

    id: str
    table: str
    fields: Mapping[str, FieldShape]
    search: tuple[str, ...]
    indexes: Mapping[str, IndexShape]


Shape = Mapping[str, FormShape]


def shape_of(app: App) -> Shape:
    """Return how the records of an app are to be kept."""
    return {form.id: _form_shape(form) for form in app.forms.values()}


def _form_shape(form: Form) -> FormShape:
    return FormShape(
        id=form.id,
        table=form_table(form.app, form.id),
        fields={
            field.id: field_shape(field, side_table(form.app, form.id, field.id))
            for field in form.fields.values()
        },
        search=_search(form.definition),
        indexes={index.name: index for index in indexes_of(form)},
    )


def _search(definition: FormDef) -> tuple[str, ...]:
    return definition.search or (definition.title,)


def field_shape(field: Field, table: str | None = None) -> FieldShape:
    """Return how a field is kept."""
    has_table = field.storage in (Storage.LINES, Storage.LINKS)
    return FieldShape(
        id=field.id,
        type=field.type,
        storage=field.storage,
        scale=field.scale(),
        to=getattr(field, "to", None),
        options=_options(getattr(field, "options", ())),
        formula=getattr(field, "feel", None),
        cells={cell.id: field_shape(cell) for cell in cells_of(field)} or None,
        table=table if has_table else None,
    )


def _options(options: Any) -> Mapping[str, str] | None:
    if not isinstance(options, Iterable):
        return None
    labels = {
        option.id: words(option.label, "zh")
        for option in options
        if hasattr(option, "id") and hasattr(option, "label")
    }
    return labels or None


def to_data(shape: Shape) -> dict[str, Any]:
    """Return a shape as JSON data."""
    return {
        id_: {
            "table": form.table,
            "search": list(form.search),
            "fields": {name: field_data(field) for name, field in form.fields.items()},
            "indexes": {
                name: [index.table, list(index.columns), index.unique, index.living, index.sorting]
                for name, index in form.indexes.items()
            },
        }
        for id_, form in shape.items()
    }


def field_data(field: FieldShape) -> dict[str, Any]:
    """Return the shape of a field as JSON data."""
    data: dict[str, Any] = {"type": field.type, "storage": field.storage.value}
    more = {
        "scale": field.scale,
        "to": field.to,
        "options": field.options,
        "formula": field.formula,
        "table": field.table,
        "cells": {id_: field_data(cell) for id_, cell in (field.cells or {}).items()},
    }
    return {**data, **{name: value for name, value in more.items() if value}}


def from_data(data: Mapping[str, Any]) -> Shape:
    """Read a shape back."""
    return {
        id_: FormShape(
            id=id_,
            table=form["table"],
            search=tuple(form["search"]),
            fields={name: field_from(name, each) for name, each in form["fields"].items()},
            indexes={
                name: IndexShape(name, table, tuple(columns), *more)
                for name, (table, columns, *more) in form["indexes"].items()
            },
        )
        for id_, form in data.items()
    }


def field_from(id_: str, data: Mapping[str, Any]) -> FieldShape:
    """Read the shape of a field back."""
    cells = {cell: field_from(cell, each) for cell, each in data.get("cells", {}).items()}
    return FieldShape(
        id=id_,
        type=data["type"],
        storage=Storage(data["storage"]),
        scale=data.get("scale", 0),
        to=data.get("to"),
        options=data.get("options"),
        formula=data.get("formula"),
        table=data.get("table"),
        cells=cells or None,
    )
