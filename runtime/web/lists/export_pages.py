"""How does somebody take a list away as a file?"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.outcomes import Missing
from engine.wording import Message, words
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.sheets.writing import Format
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.exporting import Export, among, sub_tables
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.own_jobs import own_job
from runtime.use_cases.start_export import Started, start_export
from runtime.web.admin.job_words import shown_job
from runtime.web.answers import UNPROCESSABLE
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.lists.pages import form_or_404, state_of
from runtime.web.lists.picked import picked
from runtime.web.lists.view import columns_shown
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit

FORMATS: tuple[Format, ...] = get_args(Format)


def pages(services: Services) -> Blueprint:
    """Return the sheet in which an export is asked for."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.get("/a/<app>/<form>/export")
    @signed_in
    def ask(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        _sight(visit, found)
        chosen = picked(services, visit, found)
        return _asked(services, visit, found, [] if chosen.query else chosen.ids)

    @blueprint.post("/a/<app>/<form>/export")
    @signed_in
    def start(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        ids = request.form.getlist("id")[:MOST_AT_ONCE]
        act = visit.act("bulk" if ids else "form", key=key_of(request.form))
        outcome = start_export(services, act, found, _export(services, visit, found, act, ids))
        if isinstance(outcome, Started):
            return _watched(services, visit, found, outcome.job)
        return _asked(services, visit, found, ids, outcome.message), UNPROCESSABLE

    return blueprint


def _export(services: Services, visit: Visit, form: Form, act: Act, ids: list[str]) -> Export:
    format_ = request.form.get("format", "")
    return Export(
        app=form.app,
        form=form.id,
        wanted=_wanted(services, visit, form, ids, every=request.form.get("columns") == "all"),
        format=format_ if format_ in FORMATS else FORMATS[0],
        lines="lines" in request.form,
        locale=visit.locale,
        door=act.door,
    )


def _wanted(services: Services, visit: Visit, form: Form, ids: list[str], *, every: bool) -> Wanted:
    """Return the records of the list as it is looked at, or those of it that were picked."""
    state = state_of(services, visit, form)
    columns = None if every else columns_shown(form, state, _sight(visit, form))
    if ids:
        return among(Wanted(sort=state.order, columns=columns), ids)
    return replace(state.wanted(columns), after=None)


def _sight(visit: Visit, form: Form) -> Sight:
    sight = sight_of(form, visit.person)
    if not sight.export or sight.rows.none:
        abort(403)
    return sight


def _asked(
    services: Services, visit: Visit, form: Form, ids: list[str], problem: Message | None = None
) -> str:
    sight = _sight(visit, form)
    say = sayer(visit.locale)
    return show(
        services,
        visit,
        "export/sheet.html",
        app=form.app,
        active=form.id,
        form=form,
        heading=say("导出{form}", form=words(form.definition.label, visit.locale)),
        action=request.full_path.rstrip("?") if not ids else request.path,
        ids=ids,
        count=say("已选 {n} 条", n=len(ids)) if ids else _count(services, visit, form),
        tables=[words(field.label, visit.locale) for field in sub_tables(form, sight)],
        chosen={name: request.form.get(name) for name in ("format", "columns", "lines")},
        problem=problem,
    )


def _count(services: Services, visit: Visit, form: Form) -> str:
    wanted = replace(_wanted(services, visit, form, [], every=False), columns=(), limit=1)
    page = list_records(services, visit.act(), form, wanted)
    if not isinstance(page, Page) or page.total is None:
        return ""
    number = f"{page.total:,}" if page.total_is_exact else f"{page.total:,}+"
    return sayer(visit.locale)("将导出 {n} 条", n=number)


def _watched(services: Services, visit: Visit, form: Form, id_: str) -> str:
    job = own_job(services, visit.act(), id_)
    assert not isinstance(job, Missing)
    return show(
        services,
        visit,
        "jobs/sheet.html",
        app=form.app,
        active=form.id,
        form=form,
        heading=sayer(visit.locale)("导出{form}", form=words(form.definition.label, visit.locale)),
        job=shown_job(services, job, visit.locale),
    )
