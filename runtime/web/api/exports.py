"""How does a program take records out as a file, and watch what is done in the background?"""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response

from engine.app import Form
from engine.outcomes import Denied, Missing
from runtime.services import Services
from runtime.sheets.writing import Format
from runtime.store.jobs import Job
from runtime.use_cases.exporting import Export, among
from runtime.use_cases.list_records import BadQuestion, Wanted
from runtime.use_cases.own_jobs import job_file, own_job
from runtime.use_cases.start_export import start_export
from runtime.web.admin.job_words import shown_job
from runtime.web.api.answers import answer, missing, problem, refused
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes
from runtime.web.saving import saved

ACCEPTED = 202
INNER = ("file", "says")
"""What of a result is for the house alone."""


class ExportBody(msgspec.Struct, forbid_unknown_fields=True):
    """Which records, in which order, with which columns, in which kind of file."""

    format: Format = "xlsx"
    filter: Any = None
    sort: list[str] = []
    columns: list[str] | None = None
    search: str | None = None
    ids: list[str] = []
    lines: bool = False


def add_exports(routes: Routes) -> None:
    """Add the addresses of exports and of background work."""
    routes.add_for_form("POST", f"{ROOT}/exports", export_records, ExportBody)
    routes.add("GET", "/api/v1/jobs/<id>", look_at_job)
    routes.add("GET", "/api/v1/jobs/<id>/file", fetch_file)


def export_records(caller: Caller, form: Form, body: ExportBody) -> Response:
    """Leave an export to be done, and answer where to look for it."""
    wanted = Wanted(
        filter=body.filter,
        sort=tuple(body.sort),
        columns=tuple(body.columns) if body.columns else None,
        search=body.search,
    )
    export = Export(
        app=form.app,
        form=form.id,
        wanted=among(wanted, body.ids),
        format=body.format,
        lines=body.lines,
        locale=caller.actor.locale,
        door="api",
    )
    outcome = start_export(caller.services, caller.act, form, export)
    if isinstance(outcome, Denied):
        return refused(form, outcome, caller.say)
    if isinstance(outcome, BadQuestion):
        return problem(400, caller.say(outcome.message))
    job = own_job(caller.services, caller.act, outcome.job)
    if isinstance(job, Missing):
        return missing(caller.say)
    body_ = job_data(caller.services, caller, job)
    return answer(body_, ACCEPTED, Location=f"/api/v1/jobs/{job.id}")


def look_at_job(caller: Caller, id: str) -> Response:
    """Answer how far a piece of work is."""
    job = own_job(caller.services, caller.act, id)
    if isinstance(job, Missing):
        return missing(caller.say)
    return answer(job_data(caller.services, caller, job))


def fetch_file(caller: Caller, id: str) -> Response:
    """Answer with the file that was made."""
    found = job_file(caller.services, caller.act, id)
    return missing(caller.say) if isinstance(found, Missing) else saved(*found)


def job_data(services: Services, caller: Caller, job: Job) -> dict[str, Any]:
    """Return a piece of work as JSON."""
    shown = shown_job(services, job, caller.actor.locale)
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "text": shown.text,
        "problem": caller.say(job.problem) if job.problem else None,
        "result": {name: value for name, value in job.result.items() if name not in INNER},
        "file": f"/api/v1{shown.file}" if shown.file else None,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
    }
