"""Where is a list of a hand-over gone through, given and received?"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Denied, Invalid, Missing
from runtime.services import Services
from runtime.store.handovers import Handover, Item
from runtime.use_cases.handovers.give import ask_to_give
from runtime.use_cases.handovers.prepare import note_item, prepare_handover
from runtime.use_cases.handovers.read import Told, read_handover
from runtime.use_cases.handovers.receive import receive_items
from runtime.web.answers import UNPROCESSABLE, forbidden, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import administrator, signed_in
from runtime.web.imports.files import made_sheet
from runtime.web.language import translate
from runtime.web.people.handover_view import list_shown, sheet_name, write_sheet
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

SHOWN = 100
"""Records on one page; the sheet and the printed list have them all."""


def pages(services: Services) -> Blueprint:
    """Return the pages of lists of hand-overs."""
    blueprint = Blueprint("handovers", __name__)

    @blueprint.get("/handovers/<id>")
    @signed_in
    def show_list(visit: Visit, id: str) -> ResponseReturnValue:
        return _page(services, visit, id)

    @blueprint.get("/handovers/<id>/sheet")
    @signed_in
    def give_sheet(visit: Visit, id: str) -> ResponseReturnValue:
        told = _told(services, visit, id)
        answer = made_sheet(
            lambda path: write_sheet(services, visit, told, path), sheet_name(services, visit, told)
        )
        if answer is None:
            not_found()
        return answer

    @blueprint.post("/admin/people/<id>/list")
    @administrator
    def prepare(visit: Visit, id: str) -> ResponseReturnValue:
        act = visit.act("bulk", key=key_of(request.form))
        made = prepare_handover(services, act, id, request.form.get("successor", ""))
        if isinstance(made, Handover):
            return redirect(f"/handovers/{made.id}", 303)
        _complain(visit, made)
        return redirect(f"/admin/people/{id}/work", 303)

    _add_deeds(services, blueprint)
    return blueprint


def _add_deeds(services: Services, blueprint: Blueprint) -> None:
    @blueprint.post("/handovers/<id>/notes/<record>")
    @signed_in
    def write_note(visit: Visit, id: str, record: str) -> ResponseReturnValue:
        text = request.form.get("note", "")
        made = note_item(services, visit.act("form"), id, record, text)
        if isinstance(made, Invalid):
            _complain(visit, made)
            return _page(services, visit, id), UNPROCESSABLE
        _or_out(made)
        note(sayer(visit.locale)("交接说明已保存"))
        return redirect(f"{_place(id)}#item-{record}", 303)

    @blueprint.post("/handovers/<id>/give")
    @signed_in
    def give(visit: Visit, id: str) -> ResponseReturnValue:
        act = visit.act("bulk", sayer(visit.locale)("工作交接"))
        _or_out(ask_to_give(services, act, id, "tasks" in request.form))
        return redirect(_place(id), 303)

    @blueprint.post("/handovers/<id>/receive")
    @signed_in
    def receive(visit: Visit, id: str) -> ResponseReturnValue:
        chosen = request.form.getlist("record") or None
        done = receive_items(services, visit.act("form"), id, chosen)
        _or_out(done)
        note(sayer(visit.locale)("已确认接收 {n} 条", n=done))
        return redirect(_place(id), 303)


def _place(id_: str) -> str:
    skip = request.args.get("skip", "")
    return f"/handovers/{id_}?skip={skip}" if skip.isdigit() else f"/handovers/{id_}"


def _page(services: Services, visit: Visit, id_: str) -> str:
    told = _told(services, visit, id_)
    whole = "all" in request.args
    skip = int(given) if (given := request.args.get("skip", "")).isdigit() and not whole else 0
    shown = told if whole else replace(told, lines=told.lines[skip : skip + SHOWN])
    return show(
        services,
        visit,
        "handover/list.html",
        active="handover",
        whole=whole,
        skip=skip,
        before=max(0, skip - SHOWN) if skip else None,
        local=services.local,
        after=skip + SHOWN if not whole and skip + SHOWN < len(told.lines) else None,
        **list_shown(services, visit, shown),
    )


def _told(services: Services, visit: Visit, id_: str) -> Told:
    told = read_handover(services, visit.act(), id_)
    if isinstance(told, Missing):
        not_found()
    return told


def _or_out(done: Item | str | int | Denied | Invalid | Missing) -> None:
    if isinstance(done, Missing):
        not_found()
    if isinstance(done, Denied):
        forbidden()


def _complain(visit: Visit, outcome: Invalid | Denied) -> None:
    for one in complaints_of(outcome):
        note(one.fill(translate(visit.locale), visit.locale), "red")
