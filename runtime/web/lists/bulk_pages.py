"""How is the same thing done to many records of a list?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine.access.sight import sight_of
from engine.app import Form
from engine.forms.submission import read_typed
from engine.wording import Message, words
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.bulk import (
    Results,
    bulk_advance,
    bulk_delete,
    bulk_edit,
    bulk_transfer,
)
from runtime.use_cases.filter_choices import people_to_choose
from runtime.use_cases.preview_record import Preview, preview_change
from runtime.use_cases.record_titles import record_titles
from runtime.use_cases.sweeps.sweep import Sweep
from runtime.web.answers import UNPROCESSABLE
from runtime.web.forms.dressing import may_type
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.view import Easel
from runtime.web.guard import signed_in
from runtime.web.lists.pages import form_or_404, rights_of
from runtime.web.lists.picked import Picked, picked
from runtime.web.lists.sweeps import begun, for_everything, typed_for
from runtime.web.records.outcome_words import told_apart
from runtime.web.showing import show
from runtime.web.visit import Visit

DEEDS = ("edit", "advance", "transfer", "delete")
NOT_TOGETHER = frozenset({"lines", "file", "image", "signature", "rich_text"})
"""Fields that make no sense to be given to many records at once."""


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the sheets for what was picked in a list."""
    blueprint = Blueprint("bulk", __name__)

    @blueprint.get("/a/<app>/<form>/bulk/<any(edit, advance, transfer, delete):deed>")
    @signed_in
    def ask(visit: Visit, app: str, form: str, deed: str) -> ResponseReturnValue:
        found = _allowed(services, visit, app, form, deed)
        return _question(services, easel, visit, found, deed)

    @blueprint.post("/a/<app>/<form>/bulk/<any(edit, advance, transfer, delete):deed>")
    @signed_in
    def do(visit: Visit, app: str, form: str, deed: str) -> ResponseReturnValue:
        found = _allowed(services, visit, app, form, deed)
        if for_everything():
            answer = begun(services, visit, found, _sweep(found, deed))
            if not isinstance(answer, Message):
                return answer
            return _question(services, easel, visit, found, deed, answer), UNPROCESSABLE
        results = _done(services, visit, found, deed)
        titles = record_titles(services, visit.act(), found, [id_ for id_, _ in results])
        done, left = told_apart(found, results, titles, visit.locale)
        return show(
            services,
            visit,
            "list/bulk_results.html",
            **_place(visit, found),
            deed=deed,
            done=done,
            left=left,
            list_url=f"/a/{app}/{form}/",
        )

    return blueprint


def _allowed(services: Services, visit: Visit, app: str, form: str, deed: str) -> Form:
    found = form_or_404(services, app, form)
    if not rights_of(found, sight_of(found, visit.person))[deed]:
        abort(403)
    return found


def _place(visit: Visit, form: Form) -> dict[str, Any]:
    return {
        "app": form.app,
        "active": form.id,
        "form": form,
        "label": words(form.definition.label, visit.locale),
    }


def _question(
    services: Services,
    easel: Easel,
    visit: Visit,
    form: Form,
    deed: str,
    problem: Message | None = None,
) -> str:
    found = picked(services, visit, form)
    if not found.ids:
        abort(400)
    values = _asked(services, easel, visit, form, deed, found)
    return show(services, visit, f"list/bulk_{deed}.html", problem=problem, **values)


def _asked(
    services: Services, easel: Easel, visit: Visit, form: Form, deed: str, found: Picked
) -> dict[str, Any]:
    place = f"/a/{form.app}/{form.id}/bulk/{deed}"
    values = {
        **_place(visit, form),
        "picked": found,
        "place": place,
        "action": f"{place}{found.query}",
        "titles": record_titles(services, visit.act(), form, found.ids),
    }
    if deed == "transfer":
        values["people"] = people_to_choose(services)
    elif deed == "advance":
        values["stages"] = [
            (stage.id, words(stage.label, visit.locale)) for stage in form.stages.values()
        ]
    elif deed == "edit":
        values |= _editing(services, easel, visit, form, found.ids[0])
    return values


def _editing(
    services: Services, easel: Easel, visit: Visit, form: Form, first: str
) -> dict[str, Any]:
    preview = preview_change(services, visit.act("bulk"), form, first)
    if not isinstance(preview, Preview):
        abort(403)
    _, wardrobe = easel.fitted(visit, preview)
    offered = [
        (field.id, words(field.label, visit.locale))
        for field in form.fields.values()
        if may_type(wardrobe, field)
        and field.type not in NOT_TOGETHER
        and field.id not in preview.sight.hidden
        and not field.unique
        and field.id != form.definition.title
    ]
    if not offered:
        abort(403)
    known = [id_ for id_, _ in offered]
    chosen = request.values.get("field", "")
    chosen = chosen if chosen in known else known[0]
    asked = list(request.args.items(multi=True))
    return {
        "offered": offered,
        "chosen": chosen,
        "inputs": easel.inputs(visit, preview, (chosen,), _sent()),
        "query": f"?{urlencode([pair for pair in asked if pair[0] != 'field'])}",
    }


def _done(services: Services, visit: Visit, form: Form, deed: str) -> Results:
    ids = request.form.getlist("id")[:MOST_AT_ONCE]
    reason = request.form.get("reason", "").strip() or None
    act = visit.act("bulk", reason, key_of(request.form))
    if deed == "transfer":
        return bulk_transfer(services, act, form, ids, request.form.get("owner", ""))
    if deed == "advance":
        return bulk_advance(services, act, form, ids, request.form.get("to") or None)
    if deed == "delete":
        return bulk_delete(services, act, form, ids)
    return bulk_edit(services, act, form, ids, read_typed(form, _typed()))


def _sent() -> MultiDict[str, str] | None:
    return MultiDict(request.form) if request.method == "POST" else None


def _typed() -> dict[str, list[str]]:
    return typed_for(request.form.get("field", ""))


def _sweep(form: Form, deed: str) -> Sweep:
    to = request.form.get("owner" if deed == "transfer" else "to") or None
    return Sweep(
        app=form.app,
        form=form.id,
        deed=deed,  # type: ignore[arg-type]  # the address knows no other
        to=to,
        typed=_typed() if deed == "edit" else {},
        reason=request.form.get("reason", "").strip() or None,
    )
