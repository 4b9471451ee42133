"""How does somebody look at what waits in a pool, take of it, and put back?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.pools.claim_record import Claimed, claim_record
from runtime.use_cases.pools.list_pool import Waiting, list_pool
from runtime.use_cases.pools.release_record import release_record
from runtime.use_cases.read_record import view_record
from runtime.web.answers import form_at, moved_on, not_found
from runtime.web.filters.words import label_of
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.lists.pages import place_of
from runtime.web.lists.view import title_of
from runtime.web.records.act_pages import CHANGED
from runtime.web.records.ask_sheet import Question, ask, complaints_of
from runtime.web.showing import note, sayer, show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

PER_PAGE = 50


def pages(services: Services) -> Blueprint:
    """Return the pages of pools."""
    blueprint = Blueprint("pools", __name__)

    @blueprint.get("/a/<app>/<form>/pool")
    @signed_in
    def show_pool(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _pool(services, visit, form_at(services, app, form))

    @blueprint.post("/a/<app>/<form>/<id>/claim")
    @signed_in
    def claim(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _claimed(services, visit, form_at(services, app, form), id)

    @blueprint.get("/a/<app>/<form>/<id>/release")
    @signed_in
    def ask_why_released(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        return ask(services, visit, found, _question(visit, found, id))

    @blueprint.post("/a/<app>/<form>/<id>/release")
    @signed_in
    def release(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _released(services, visit, form_at(services, app, form), id)

    return blueprint


def _pool(services: Services, visit: Visit, form: Form) -> ResponseReturnValue:
    if form.definition.pool is None:
        not_found()
    found = list_pool(services, visit.act(), form, PER_PAGE, _after(request.args.get("after")))
    if isinstance(found, Denied):
        abort(403)
    place = place_of(services, visit, form, sight_of(form, visit.person))
    pool = words(found.pool.label, visit.locale)
    here = (words(form.definition.label, visit.locale), place["urls"]["list"])
    place["crumbs"] = [place["crumbs"][0], here, (pool, None)]
    return show(
        services,
        visit,
        "list/pool.html",
        **place,
        pool=pool,
        head=[(id_, label_of(form, id_, visit.locale)) for id_ in found.columns],
        rows=_rows(services, visit, form, found),
        room=found.room,
        count=found.count,
        next_cursor=f"{found.next[0].isoformat()}|{found.next[1]}" if found.next else None,
    )


def _rows(services: Services, visit: Visit, form: Form, found: Waiting) -> list[dict[str, Any]]:
    cells = cells_for(services, visit, form, found.records)
    return [
        {
            "title": title_of(form, record, cells),
            "cells": [
                (id_, label_of(form, id_, visit.locale), cells.cell(form, id_, record.values[id_]))
                for id_ in found.columns
                if id_ != form.definition.title
            ],
            "since": cells.moment(record.updated_at)[5:],
            "claim": f"/a/{form.app}/{form.id}/{record.id}/claim",
        }
        for record in found.records
    ]


def _after(text: str | None) -> tuple[datetime, str] | None:
    moment, _, id_ = (text or "").partition("|")
    try:
        return (datetime.fromisoformat(moment), id_) if id_ else None
    except ValueError:
        return None


def _claimed(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    outcome = claim_record(services, visit.act("form", key=key_of(request.form)), form, id_)
    say, base = sayer(visit.locale), f"/a/{form.app}/{form.id}"
    if isinstance(outcome, Saved):
        note(say("已领取，记录现在由您负责"))
        seen = not isinstance(view_record(services, visit.act(), form, id_), Missing)
        return moved_on(f"{base}/{id_}" if seen else f"{base}/pool")
    into = translate(visit.locale)
    for message in _said(outcome):
        note(message.fill(into, visit.locale), "red")
    return moved_on(f"{base}/pool", ok=False)


def _released(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    reason = request.form.get("reason", "").strip() or None
    act = visit.act("form", reason=reason, key=key_of(request.form))
    outcome = release_record(services, act, form, id_)
    if isinstance(outcome, Saved):
        note(sayer(visit.locale)("已退回，其他同事现在可以领取"))
        gone = isinstance(view_record(services, visit.act(), form, id_), Missing)
        base = f"/a/{form.app}/{form.id}/"
        return moved_on(base if gone else f"{base}{id_}")
    return ask(services, visit, form, _question(visit, form, id_), _said(outcome))


def _said(outcome: Claimed) -> tuple[Any, ...]:
    if isinstance(outcome, Missing):
        not_found()
    if isinstance(outcome, Invalid | Denied):
        return complaints_of(outcome)
    return (CHANGED,) if isinstance(outcome, Conflict) else ()


def _question(visit: Visit, form: Form, id_: str) -> Question:
    if form.definition.pool is None:
        not_found()
    say, base = sayer(visit.locale), f"/a/{form.app}/{form.id}/{id_}"
    pool = words(form.definition.pool.label, visit.locale)
    return Question(
        heading=say("退回{pool}", pool=pool),
        action=f"{base}/release",
        base=base,
        button=say("退回"),
        text=say("退回后记录不再由您负责，其他同事可以领取。"),
        ask_reason=say("退回的原因"),
    )
