"""How does somebody watch an action on everything that a list finds, and stop it?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.app import Form
from engine.outcomes import Missing
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.sweeps.report import Report, report_of
from runtime.use_cases.sweeps.start import stop_sweep
from runtime.web.answers import form_at, not_found
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.lists.left import left_query
from runtime.web.lists.pages import place_of
from runtime.web.lists.sweep_words import deed_words
from runtime.web.lists.sweeps import run_place
from runtime.web.showing import show
from runtime.web.visit import Visit

ROOT = "/a/<app>/<form>/bulk/runs/<job>"
MOST_SHOWN = 30
"""Reasons of which it is said how often there was one."""


def pages(services: Services) -> Blueprint:
    """Return the pages of what was begun."""
    blueprint = Blueprint("runs", __name__)

    @blueprint.get(ROOT)
    @signed_in
    def show_run(visit: Visit, app: str, form: str, job: str) -> ResponseReturnValue:
        values = _values(services, visit, form_at(services, app, form), job)
        return show(services, visit, "list/run.html", **values)

    @blueprint.get(f"{ROOT}/panel")
    @signed_in
    def show_panel(visit: Visit, app: str, form: str, job: str) -> ResponseReturnValue:
        values = _values(services, visit, form_at(services, app, form), job)
        return show(services, visit, "list/run_panel.html", **values)

    @blueprint.post(f"{ROOT}/stop")
    @signed_in
    def stop(visit: Visit, app: str, form: str, job: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        _report(services, visit, found, job)
        stop_sweep(services, visit.act("bulk"), job)
        return redirect(run_place(found, job), 303)

    return blueprint


def _report(services: Services, visit: Visit, form: Form, job: str) -> Report:
    report = report_of(services, visit.act(), form, job)
    return not_found() if isinstance(report, Missing) else report


def _values(services: Services, visit: Visit, form: Form, id_: str) -> dict[str, Any]:
    report = _report(services, visit, form, id_)
    place = place_of(services, visit, form, sight_of(form, visit.person))
    base = f"/a/{form.app}/{form.id}/"
    deed = deed_words(services, report.sweep).fill(translate(visit.locale), visit.locale)
    label = words(form.definition.label, visit.locale)
    gone = report.done + report.refused
    return {
        **place,
        "crumbs": [place["crumbs"][0], (label, base), (deed, None)],
        "here": run_place(form, id_),
        "base": base,
        "deed": deed,
        "report": report,
        "state": _state(report),
        "share": gone * 100 // report.total if gone else None,
        "left_url": f"{base}{left_query(id_)}",
        "groups": [
            {"group": group, "href": f"{base}{left_query(id_, group.number)}"}
            for group in report.groups[:MOST_SHOWN]
        ],
    }


def _state(report: Report) -> str:
    if report.job.state == "failed":
        return "failed"
    if not report.job.open:
        return "stopped" if report.stopped else "done"
    if report.stopping:
        return "stopping"
    return "running" if report.job.state == "running" else "waiting"
