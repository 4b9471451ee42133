"""How does somebody choose the columns of a list?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.app import Form
from runtime.services import Services
from runtime.web.filters.words import label_of
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.lists.pages import form_or_404, state_of
from runtime.web.lists.view import columns_shown
from runtime.web.showing import show
from runtime.web.visit import Visit

NOT_COLUMNS = frozenset({"lines", "json", "rich_text", "signature"})


def pages(services: Services) -> Blueprint:
    """Return the sheet of the columns."""
    blueprint = Blueprint("list_sheets", __name__)

    @blueprint.get("/a/<app>/<form>/columns")
    @signed_in
    def ask_columns(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        return show(services, visit, "list/columns.html", **_column_values(services, visit, found))

    @blueprint.post("/a/<app>/<form>/columns")
    @signed_in
    def set_columns(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        state = state_of(services, visit, found)
        chosen = tuple(request.form.getlist("column")) or None
        place = f"/a/{app}/{form}/{state.query(columns=chosen)}"
        return jsonify(location=place) if wants_a_part(request) else redirect(place, 303)

    return blueprint


def _column_values(services: Services, visit: Visit, form: Form) -> dict[str, Any]:
    state = state_of(services, visit, form)
    sight = sight_of(form, visit.person)
    shown = columns_shown(form, state, sight)
    own = [each.id for each in form.fields.values() if each.type not in NOT_COLUMNS]
    system = ["stage"] if form.pipelines else []
    system += ["owner", "department", "updated_at", "created_at", "created_by", "last_activity_at"]
    ids = [id_ for id_ in dict.fromkeys((*shown, *own, *system)) if id_ not in sight.hidden]
    return {
        "columns": [(id_, label_of(form, id_, visit.locale), id_ in shown) for id_ in ids],
        "action": f"/a/{form.app}/{form.id}/columns{state.query()}",
        "reset": f"/a/{form.app}/{form.id}/{state.query(columns=None)}",
    }
