"""How does somebody make a document of a record, and look at it?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Document, Form
from engine.outcomes import Denied, Missing
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.documents.ask_document import Asked, ask_document
from runtime.use_cases.own_jobs import own_job
from runtime.web.admin.job_words import shown_job
from runtime.web.answers import UNPROCESSABLE, form_at, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.records.pages import reading_of
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the sheet in which a document is asked for, and in which it comes up."""
    blueprint = Blueprint("documents", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/documents")
    @signed_in
    def offer(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _offered(services, visit, form_at(services, app, form), id)

    @blueprint.post("/a/<app>/<form>/<id>/documents/<document>")
    @signed_in
    def make(visit: Visit, app: str, form: str, id: str, document: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        act = visit.act("form", key=key_of(request.form))
        outcome = ask_document(services, act, found, id, document)
        if isinstance(outcome, Missing):
            not_found()
        if isinstance(outcome, Denied):
            problem = outcome.message.fill(translate(visit.locale), visit.locale)
            return _offered(services, visit, found, id, problem), UNPROCESSABLE
        return _watched(services, visit, services.apps[app].documents[document], id, outcome)

    return blueprint


def _offered(services: Services, visit: Visit, form: Form, id_: str, problem: str = "") -> str:
    reading = reading_of(services, visit, form, id_)
    return show(
        services,
        visit,
        "documents/sheet.html",
        app=form.app,
        active=form.id,
        form=form,
        heading=sayer(visit.locale)("打印 / 生成文档"),
        base=_place(form, id_),
        documents=reading.documents,
        problem=problem,
    )


def _watched(
    services: Services, visit: Visit, document: Document, record: str, asked: Asked
) -> ResponseReturnValue:
    job = own_job(services, visit.act(), asked.job)
    assert not isinstance(job, Missing)
    form = services.apps[document.app].forms[document.form]
    return show(
        services,
        visit,
        "jobs/sheet.html",
        app=document.app,
        active=form.id,
        form=form,
        heading=words(document.definition.label, visit.locale),
        back=_place(form, record),
        job=shown_job(services, job, visit.locale),
    )


def _place(form: Form, record: str) -> str:
    return f"/a/{form.app}/{form.id}/{record}"
