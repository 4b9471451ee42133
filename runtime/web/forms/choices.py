"""What do the pickers of forms offer?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.field import Field
from engine.record import Record
from engine.typed import regions
from runtime.services import Services
from runtime.use_cases.offer_choices import offer_departments, offer_people, offer_records
from runtime.web.answers import form_at
from runtime.web.guard import signed_in
from runtime.web.values.avatars import tint
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

LONGEST = 100
"""Characters of what is looked for."""


def pages(services: Services) -> Blueprint:
    """Return the addresses that pickers ask."""
    blueprint = Blueprint("choices", __name__)

    @blueprint.get("/people")
    @signed_in
    def people(visit: Visit) -> ResponseReturnValue:
        found = [
            {
                "id": person.id,
                "title": person.name,
                "subtitle": department,
                "avatar": f"avatar-{tint(person.name)}",
            }
            for person, department in offer_people(services, _typed())
        ]
        return jsonify(choices=found, more=len(found) >= LONGEST)

    @blueprint.get("/departments")
    @signed_in
    def departments(visit: Visit) -> ResponseReturnValue:
        found = [
            {"id": id_, "title": name, "subtitle": above}
            for id_, name, above in offer_departments(services, _typed())
        ]
        return jsonify(choices=found)

    @blueprint.get("/regions")
    @signed_in
    def region_parts(visit: Visit) -> ResponseReturnValue:
        return jsonify(parts=list(regions.children(request.args.get("of", ""))))

    @blueprint.get("/a/<app>/<form>/choices")
    @signed_in
    def records(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        target = form_at(services, app, form)
        asking = _asking(services)
        act = visit.act("form")
        offered = offer_records(services, act, target, _typed(), asking, request.args)
        cells = cells_for(services, visit, target, offered.records)
        found = [_choice(cells, target, record, asking) for record in offered.records]
        return jsonify(choices=found, more=offered.more)

    return blueprint


def _typed() -> str:
    return request.args.get("q", "").strip()[:LONGEST]


def _asking(services: Services) -> Field | None:
    """Return the field on whose behalf the picker asks, which may narrow what is offered."""
    parts = request.args.get("_for", "").split(".")
    if len(parts) != 3:
        return None
    app, name, field = parts
    form = services.form(app, name)
    return form.fields.get(field) if form else None


def _choice(cells: Cells, form: Form, record: Record, asking: Field | None) -> dict[str, Any]:
    definition = form.definition
    beside = tuple(getattr(asking, "columns", ())) or (definition.subtitle,)
    shown = [cells.text(form, id_, record.values.get(id_)) for id_ in beside if id_]
    return {
        "id": record.id,
        "title": cells.text(form, definition.title, record.values.get(definition.title)),
        "subtitle": " · ".join(text for text in shown if text),
    }
