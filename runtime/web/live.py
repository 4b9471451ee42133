"""What changes in a form while it is typed?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm

from engine.outcomes import Denied, Missing
from engine.typed.options import Option
from runtime.services import Services
from runtime.use_cases.preview_record import Preview, preview_change, preview_new
from runtime.web.answers import forbidden, form_at, not_found
from runtime.web.drawing import DrawnField, Rows
from runtime.web.dressing import Wardrobe, dress, filled_rows
from runtime.web.form_pages import submitted
from runtime.web.form_view import Easel
from runtime.web.guard import signed_in
from runtime.web.showing import show
from runtime.web.visit import Visit


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the address that forms ask while they are filled in."""
    blueprint = Blueprint("live", __name__)

    @blueprint.post("/a/<app>/<form>/live")
    @signed_in
    def live(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        submission = submitted(found, request.form)
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
        return jsonify(_changes(services, easel, visit, preview))

    return blueprint


def _changes(services: Services, easel: Easel, visit: Visit, preview: Preview) -> dict[str, Any]:
    drawn, wardrobe = easel.fitted(visit, preview, request.form)
    inputs = dress(drawn, wardrobe, list(preview.form.fields))
    fields = {field.name: _state(services, visit, field) for field in inputs}
    return {
        "fields": fields,
        "sections": dict(preview.layout.sections),
        "cells": _cells(drawn, wardrobe),
        "totals": {
            field.name: [[str(label), text] for label, text in field.totals]
            for field in inputs
            if isinstance(field, Rows) and field.totals
        },
    }


def _state(services: Services, visit: Visit, field: Any) -> dict[str, Any]:
    state: dict[str, Any] = {
        "visible": field.visible,
        "required": field.required,
        "readonly": field.readonly,
    }
    if field.shown is not None:
        state["shown"] = str(field.shown)
    if isinstance(field, DrawnField) and _depends(field):
        state["options"] = " ".join(option.id for option in field.options)
        state["input"] = show(services, visit, "fields/redrawn.html", nav=None, f=field)
    return state


def _depends(field: DrawnField) -> bool:
    options: tuple[Option, ...] = getattr(field.definition, "options", ())
    return field.editable and any(option.when for option in options)


def _cells(drawn: BaseForm, wardrobe: Wardrobe) -> dict[str, str]:
    """Return what is worked out in rows, by the name of the cell as the browser knows it."""
    return {
        cell.name: str(cell.shown)
        for field in drawn
        if isinstance(field, Rows) and field.name not in wardrobe.sight.hidden
        for row in filled_rows(field)
        for cell in row
        if isinstance(cell, DrawnField) and cell.shown is not None
    }
