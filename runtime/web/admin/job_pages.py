"""Where does somebody see what is done for them in the background?"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, send_file
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from runtime.services import Services
from runtime.use_cases.own_jobs import job_file, own_job, own_jobs, retry_job
from runtime.web.admin.job_words import shown_job
from runtime.web.answers import not_found
from runtime.web.guard import signed_in
from runtime.web.showing import show
from runtime.web.visit import Visit

VIEWED_SAFELY = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
"""The built-in viewer is a page of its own and does not run in a sandbox."""


def pages(services: Services) -> Blueprint:
    """Return the pages of one's own background work."""
    blueprint = Blueprint("jobs", __name__)

    @blueprint.get("/jobs")
    @signed_in
    def show_jobs(visit: Visit) -> ResponseReturnValue:
        jobs = own_jobs(services, visit.act())
        listed = [shown_job(services, job, visit.locale) for job in jobs]
        return show(services, visit, "jobs/jobs.html", jobs=listed)

    @blueprint.get("/jobs/<id>/panel")
    @signed_in
    def show_panel(visit: Visit, id: str) -> ResponseReturnValue:
        job = own_job(services, visit.act(), id)
        if isinstance(job, Missing):
            not_found()
        shown = shown_job(services, job, visit.locale)
        return show(services, visit, "jobs/job.html", job=shown)

    @blueprint.post("/jobs/<id>/retry")
    @signed_in
    def retry(visit: Visit, id: str) -> ResponseReturnValue:
        if not retry_job(services, visit.act(), id):
            not_found()
        return redirect("/jobs", 303)

    @blueprint.get("/jobs/<id>/file")
    @signed_in
    def give_file(visit: Visit, id: str) -> ResponseReturnValue:
        found = job_file(services, visit.act(), id)
        if isinstance(found, Missing):
            not_found()
        return look_at(*found) if "view" in request.args else download(*found)

    return blueprint


def look_at(path: Path, name: str) -> Response:
    """Answer with a PDF for the browser's own viewer; any other file is saved."""
    if path.suffix != ".pdf":
        return download(path, name)
    response: Response = send_file(path, mimetype="application/pdf", max_age=0, etag=False)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = VIEWED_SAFELY
    return response


def download(path: Path, name: str) -> Response:
    """Answer with a file to be saved under its name, never shown in place and kept nowhere."""
    response: Response = send_file(path, mimetype="application/octet-stream", max_age=0, etag=False)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
