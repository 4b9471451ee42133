"""How does somebody keep a way of looking at a list, change it, share it, or let it go?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.saved_views import (
    Changes,
    change_view,
    may_put_first_of_all,
    put_first,
    put_first_of_all,
    remove_view,
    save_view,
    saved_views,
)
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.lists.pages import form_or_404, state_of
from runtime.web.lists.state import View, view_definition
from runtime.web.lists.tabs import tabs_of
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the sheets of the views of a list."""
    blueprint = Blueprint("views", __name__)
    _add_keeping(blueprint, services)
    _add_changing(blueprint, services)
    return blueprint


def _add_keeping(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/a/<app>/<form>/views/new")
    @signed_in
    def ask_view(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        return show(services, visit, "list/save_view.html", **_new(services, visit, found))

    @blueprint.post("/a/<app>/<form>/views/new")
    @signed_in
    def keep_view(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _kept(services, visit, form_or_404(services, app, form))

    @blueprint.post("/a/<app>/<form>/views/<view>/overwrite")
    @signed_in
    def overwrite_view(visit: Visit, app: str, form: str, view: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        changes = Changes(definition=view_definition(state_of(services, visit, found)))
        kept = change_view(services, visit.act(), found, view, changes)
        if kept is None or isinstance(kept, Message):
            abort(404)
        say = sayer(visit.locale)
        note(say("视图“{name}”已更新", name=kept.name))
        return _gone(found, view)


def _add_changing(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/a/<app>/<form>/views/<view>")
    @signed_in
    def ask_settings(visit: Visit, app: str, form: str, view: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        values = _settings(services, visit, found, view)
        return show(services, visit, "list/view.html", **values)

    @blueprint.post("/a/<app>/<form>/views/<view>")
    @signed_in
    def set_settings(visit: Visit, app: str, form: str, view: str) -> ResponseReturnValue:
        return _set(services, visit, form_or_404(services, app, form), view)

    @blueprint.post("/a/<app>/<form>/views/<view>/remove")
    @signed_in
    def drop_view(visit: Visit, app: str, form: str, view: str) -> ResponseReturnValue:
        if not remove_view(services, visit.act(), view):
            abort(404)
        say = sayer(visit.locale)
        note(say("视图已删除"))
        return _gone(form_or_404(services, app, form))


def _gone(form: Form, view: str | None = None) -> ResponseReturnValue:
    place = f"/a/{form.app}/{form.id}/{f'?view={view}' if view else ''}"
    return jsonify(location=place) if wants_a_part(request) else redirect(place, 303)


def _new(services: Services, visit: Visit, form: Form) -> dict[str, Any]:
    state = state_of(services, visit, form)
    return {
        **_place(form),
        "name": request.form.get("name", ""),
        "shared": "shared" in request.form,
        "first": "first" in request.form,
        "action": f"/a/{form.app}/{form.id}/views/new{state.query()}",
    }


def _kept(services: Services, visit: Visit, form: Form) -> ResponseReturnValue:
    act = visit.act()
    definition = view_definition(state_of(services, visit, form))
    name = request.form.get("name", "")
    kept = save_view(services, act, form, name, definition, shared="shared" in request.form)
    if isinstance(kept, Message):
        values = _new(services, visit, form)
        return show(services, visit, "list/save_view.html", error=kept, **values), 422
    if "first" in request.form:
        put_first(services, act, form, kept.id)
    say = sayer(visit.locale)
    note(say("视图“{name}”已保存", name=kept.name))
    return _gone(form, kept.id)


def _settings(services: Services, visit: Visit, form: Form, id_: str) -> dict[str, Any]:
    view = _view(services, visit, form, id_)
    known = saved_views(services, visit.act(), form)
    base = f"/a/{form.app}/{form.id}/views/{id_}"
    shared = view.saved is None or view.saved.shared
    return {
        **_place(form),
        "view": view,
        "name": words(view.label, visit.locale),
        "first": view.first,
        "first_of_all": known.first_of_all == id_,
        "may_put_first_of_all": may_put_first_of_all(services, visit.act(), form) and shared,
        "action": base,
        "remove": f"{base}/remove" if view.mine else None,
    }


def _view(services: Services, visit: Visit, form: Form, id_: str) -> View:
    found = next((tab for tab in tabs_of(services, visit, form) if tab.id == id_), None)
    if found is None:
        abort(404)
    return found


def _set(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    act, view = visit.act(), _view(services, visit, form, id_)
    if view.mine:
        changes = Changes(name=request.form.get("name", ""), shared="shared" in request.form)
        changed = change_view(services, act, form, id_, changes)
        if isinstance(changed, Message):
            values = {**_settings(services, visit, form, id_), "error": changed}
            values["name"] = request.form.get("name", "")
            return show(services, visit, "list/view.html", **values), 422
    if view.first != ("first" in request.form):
        put_first(services, act, form, None if view.first else id_)
    refused = _set_for_all(services, visit, form, id_)
    if refused is not None:
        values = {**_settings(services, visit, form, id_), "error": refused}
        return show(services, visit, "list/view.html", **values), 422
    say = sayer(visit.locale)
    note(say("视图设置已保存"))
    return _gone(form, id_)


def _set_for_all(services: Services, visit: Visit, form: Form, id_: str) -> Message | None:
    act = visit.act()
    if not may_put_first_of_all(services, act, form):
        return None
    now = saved_views(services, act, form).first_of_all == id_
    wanted = "first_of_all" in request.form
    if now == wanted:
        return None
    return put_first_of_all(services, act, form, id_ if wanted else None)


def _place(form: Form) -> dict[str, Any]:
    return {"app": form.app, "active": form.id, "form": form}
