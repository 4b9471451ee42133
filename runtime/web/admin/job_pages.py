"""Where does somebody see what is done for them in the background?"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from runtime.services import Services
from runtime.use_cases.own_jobs import job_file, own_job, own_jobs, retry_job
from runtime.web.admin.job_words import shown_job
from runtime.web.answers import not_found
from runtime.web.guard import signed_in
from runtime.web.saving import saved, viewed
from runtime.web.showing import show
from runtime.web.visit import Visit


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
        return viewed(*found) if "view" in request.args else saved(*found)

    return blueprint
