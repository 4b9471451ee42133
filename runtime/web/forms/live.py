"""What changes in a form while it is typed?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm

from engine.field import Field
from engine.outcomes import Denied, Missing
from engine.typed.options import Option
from runtime.services import Services
from runtime.use_cases.preview_record import Preview, preview_change, preview_new
from runtime.web.answers import forbidden, form_at, not_found
from runtime.web.forms.drawing import DrawnField, Rows, written
from runtime.web.forms.dressing import dress, filled_rows
from runtime.web.forms.live_values import reading, wired
from runtime.web.forms.logic import Logic, followed_data, form_logic
from runtime.web.forms.typed import Typed, as_typed, autos_in, without_idle_rows
from runtime.web.forms.view import Easel
from runtime.web.guard import signed_in
from runtime.web.showing import show
from runtime.web.visit import Visit

NOTHING = object()
"""There is nothing to say about an input."""


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the address that forms ask while they are filled in."""
    blueprint = Blueprint("live", __name__)

    @blueprint.post("/a/<app>/<form>/live")
    @signed_in
    def live(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        submission = as_typed(found, request.form)
        act = visit.act("form")
        record = request.form.get("_record")
        preview = (
            preview_change(services, act, found, record, submission)
            if record
            else preview_new(services, act, found, submission)
        )
        if isinstance(preview, Missing):
            not_found()
        if isinstance(preview, Denied):
            forbidden()
        return jsonify(changes(services, easel, visit, preview))

    return blueprint


def changes(services: Services, easel: Easel, visit: Visit, preview: Preview) -> dict[str, Any]:
    """Return how everything in a form behaves for what was typed into it so far."""
    typed = without_idle_rows(preview.form, request.form)
    drawn, wardrobe = easel.fitted(visit, preview, typed)
    logic = form_logic(services, visit, preview)
    follow = _following(logic, drawn, typed)
    inputs = dress(drawn, wardrobe, list(preview.form.fields))
    lines = [field for field in inputs if isinstance(field, Rows)]
    cells = [cell for field in lines for cell in _cells(field)]
    return {
        "fields": {field.name: _state(services, visit, field, follow) for field in inputs},
        "sections": dict(preview.layout.sections),
        "cells": {cell.name: _behaviour(cell) for cell in cells},
        "totals": {
            field.name: [[str(label), text] for label, text in field.totals]
            for field in lines
            if field.totals
        },
        "known": followed_data(logic.known),
        "values": _of_inputs(_asked, inputs, preview),
        "defaults": _of_inputs(_written, inputs, preview, autos_in(typed)),
    }


def _following(logic: Logic, drawn: BaseForm, typed: Typed) -> frozenset[str]:
    """Put defaults that only the server can work out into the inputs that still follow them."""
    kept = {rule.name for rule in logic.rules.kept if rule.what == "default" and not rule.line}
    follow = frozenset(kept & autos_in(typed))
    for name in follow:
        drawn[name].process_data(logic.preview.record.values.get(name))
    return follow


def _cells(field: Rows) -> Iterator[DrawnField]:
    for row in filled_rows(field):
        yield from (cell for cell in row if isinstance(cell, DrawnField))


def _behaviour(field: Any) -> dict[str, Any]:
    state: dict[str, Any] = {
        "visible": field.visible,
        "required": field.required,
        "readonly": field.readonly,
        "lacking": field.lacking,
    }
    if field.lacking:
        state["need"] = field.need
    return state if field.shown is None else {**state, "shown": str(field.shown)}


def _state(services: Services, visit: Visit, field: Any, follow: frozenset[str]) -> dict[str, Any]:
    state = _behaviour(field)
    if isinstance(field, DrawnField) and (_depends(field) or field.name in follow):
        given = field.texts if field.name in follow else [option.id for option in field.options]
        state["drawn"] = " ".join(given)
        state["input"] = show(services, visit, "fields/redrawn.html", nav=None, f=field)
    return state


def _depends(field: DrawnField) -> bool:
    options: tuple[Option, ...] = getattr(field.definition, "options", ())
    return field.editable and any(option.when for option in options)


def _of_inputs(
    value_of: Callable[[Field, Any], Any],
    inputs: Iterable[Any],
    preview: Preview,
    names: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return something of the value of each input, by its name; nothing is left out."""
    found = {
        field.name: value_of(field.definition, value)
        for field, value in _valued(inputs, preview.record.values)
        if field.editable and (names is None or field.name in names)
    }
    return {name: value for name, value in found.items() if value is not NOTHING}


def _valued(inputs: Iterable[Any], values: Mapping[str, Any]) -> Iterator[tuple[DrawnField, Any]]:
    for field in inputs:
        if isinstance(field, DrawnField):
            yield field, values.get(field.definition.id)
        elif isinstance(field, Rows):
            rows: Any = values.get(field.name) or ()
            for cells, row in zip(filled_rows(field), rows, strict=False):
                yield from _valued(cells, row)


def _asked(field: Field, value: Any) -> Any:
    """Return a value whose text only the server can read."""
    return wired(value) if reading(field)["as"] == "asked" else NOTHING


def _written(field: Field, value: Any) -> Any:
    return next(iter(written(field, value)), "")
