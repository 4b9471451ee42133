"""How does somebody add a filter, choose columns, and keep a view of a list?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.page import FilterDef
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.saved_views import remove_view, save_view
from runtime.web.filter_values import choices_for
from runtime.web.filter_words import PERIODS, filterable, kind_of, label_of, operators_for
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.list_pages import form_or_404, tabs_of
from runtime.web.list_state import LISTED, ListState, read_state, view_definition
from runtime.web.list_view import columns_shown
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

NOT_COLUMNS = frozenset({"lines", "json", "rich_text", "signature"})


def pages(services: Services) -> Blueprint:
    """Return the sheets of the list page."""
    blueprint = Blueprint("list_sheets", __name__)
    _add_filters(blueprint, services)
    _add_views(blueprint, services)
    return blueprint


def _add_filters(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/a/<app>/<form>/filter")
    @signed_in
    def ask_filter(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        state = _state(services, visit, found)
        return show(
            services, visit, "list/filter.html", **_filter_values(services, visit, found, state)
        )

    @blueprint.post("/a/<app>/<form>/filter")
    @signed_in
    def set_filter(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        state = _state(services, visit, found)
        at = request.form.get("at", type=int)
        query = state.with_filter(_typed_filter(found), at)
        door = "board" if request.args.get("door") == "board" else ""
        return _gone(f"/a/{app}/{form}/{door}{query}")

    @blueprint.get("/a/<app>/<form>/columns")
    @signed_in
    def ask_columns(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        return show(services, visit, "list/columns.html", **_column_values(services, visit, found))

    @blueprint.post("/a/<app>/<form>/columns")
    @signed_in
    def set_columns(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        state = _state(services, visit, found)
        chosen = tuple(request.form.getlist("column")) or None
        return _gone(f"/a/{app}/{form}/{state.query(columns=chosen)}")


def _add_views(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/a/<app>/<form>/views/new")
    @signed_in
    def ask_view(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        return show(services, visit, "list/save_view.html", **_view_values(services, visit, found))

    @blueprint.post("/a/<app>/<form>/views/new")
    @signed_in
    def keep_view(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _view_kept(services, visit, form_or_404(services, app, form))

    @blueprint.post("/a/<app>/<form>/views/<view>/remove")
    @signed_in
    def drop_view(visit: Visit, app: str, form: str, view: str) -> ResponseReturnValue:
        if not remove_view(services, visit.act(), view):
            abort(404)
        say = sayer(visit.locale)
        note(say("视图已删除"))
        return _gone(f"/a/{app}/{form}/")


def _state(services: Services, visit: Visit, form: Form) -> ListState:
    return read_state(request.args, tabs_of(services, visit, form))


def _gone(place: str) -> ResponseReturnValue:
    return jsonify(location=place) if wants_a_part(request) else redirect(place, 303)


def _filter_values(
    services: Services, visit: Visit, form: Form, state: ListState
) -> dict[str, Any]:
    at = request.args.get("at", type=int)
    held = state.shown_filters[at] if at is not None and at < len(state.shown_filters) else None
    fields = filterable(form, sight_of(form, visit.person).hidden, visit.locale)
    id_ = request.args.get("field") or (held.field if held else fields[0].id)
    kind = kind_of(form, id_)
    operators = operators_for(kind, visit.locale)
    known = [op for op, _ in operators]
    op = request.args.get("op") or (held.op if held and held.field == id_ else known[0])
    value = held.value if held and held.field == id_ and held.op == op else None
    return {
        "form": form,
        "fields": fields,
        "field": id_,
        "kind": kind,
        "operators": operators,
        "op": op if op in known else known[0],
        "choices": choices_for(services, visit, form, id_),
        "periods": PERIODS,
        "values": [str(each) for each in value] if isinstance(value, list | tuple) else [value],
        "at": at,
        "query": state.query() + ("&door=board" if request.args.get("door") == "board" else ""),
        "action": f"/a/{form.app}/{form.id}/filter",
    }


def _typed_filter(form: Form) -> FilterDef:
    field, op = request.form.get("field", ""), request.form.get("op", "=")
    values = [text.strip() for text in request.form.getlist("value") if text.strip()]
    if not values and op not in ("empty", "filled", "mine"):
        op = "filled"
    if op in LISTED:
        return FilterDef(field=field, op=op, value=values)  # type: ignore[arg-type]  # the use case checks the operator
    value = values[0] if values and op not in ("empty", "filled", "mine") else None
    return FilterDef(field=field, op=op, value=value)  # type: ignore[arg-type]  # as above


def _column_values(services: Services, visit: Visit, form: Form) -> dict[str, Any]:
    state = _state(services, visit, form)
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


def _view_values(services: Services, visit: Visit, form: Form) -> dict[str, Any]:
    state = _state(services, visit, form)
    own = state.view.saved if state.view.mine else None
    return {
        "own": own,
        "name": own.name if own else "",
        "action": f"/a/{form.app}/{form.id}/views/new{state.query()}",
        "remove": f"/a/{form.app}/{form.id}/views/{own.id}/remove" if own else None,
    }


def _view_kept(services: Services, visit: Visit, form: Form) -> ResponseReturnValue:
    state = _state(services, visit, form)
    definition = view_definition(state, default="default" in request.form)
    kept = save_view(
        services,
        visit.act(),
        form,
        request.form.get("name", ""),
        definition,
        shared="shared" in request.form,
    )
    if isinstance(kept, Message):
        values = {**_view_values(services, visit, form), "name": request.form.get("name", "")}
        return show(services, visit, "list/save_view.html", error=kept, **values), 422
    say = sayer(visit.locale)
    note(say("视图“{name}”已保存", name=kept.name))
    return _gone(f"/a/{form.app}/{form.id}/?view={kept.id}")
