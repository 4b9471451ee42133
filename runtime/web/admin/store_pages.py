"""How does an administrator find apps in a store, and what is there to know of one?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.packages.broken import BrokenPackage
from engine.packages.reading import MAX_BYTES
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.market import checking, installing, trials
from runtime.market.catalogue import Offering, catalogue, offering
from runtime.market.checking import latest_job, start_check
from runtime.market.trials import begin_trial, prepared, start_trial
from runtime.market.uploads import take_upload
from runtime.packages.plan import plan_install
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.web.admin.job_words import shown_job
from runtime.web.admin.store_view import catalogue_shown, changes_said, offered
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

WHERE = "/admin/store"
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
WORK = (checking.JOB, trials.JOB, installing.JOB)
"""What can be under way about an app."""


def pages(services: Services) -> Blueprint:
    """Return the pages of the app store."""
    blueprint = Blueprint("store", __name__)

    @blueprint.get(WHERE)
    @administrator
    def show_store(visit: Visit) -> ResponseReturnValue:
        return _store(services, visit)

    @blueprint.post(f"{WHERE}/upload")
    @administrator
    def upload(visit: Visit) -> ResponseReturnValue:
        return _brought(services, visit, request.files.get("package"))

    @blueprint.get(f"{WHERE}/<id>")
    @administrator
    def show_app(visit: Visit, id: str) -> ResponseReturnValue:
        return app_page(services, visit, found_at(services, id))

    @blueprint.get(f"{WHERE}/<id>/picture")
    @administrator
    def show_picture(visit: Visit, id: str) -> ResponseReturnValue:
        found, name = found_at(services, id), request.args.get("name", "")
        known = (found.entry.icon_file, *found.entry.pictures)
        content = found.source.picture(name) if name in known else None
        if content is None:
            not_found()
        response = Response(content, mimetype=TYPES[name.rpartition(".")[2]])
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    @blueprint.post(f"{WHERE}/<id>/check")
    @administrator
    def check(visit: Visit, id: str) -> ResponseReturnValue:
        found = found_at(services, id)
        start_check(services, visit.person, found)
        return redirect(place_of(found), 303)

    @blueprint.post(f"{WHERE}/<id>/try")
    @administrator
    def try_out(visit: Visit, id: str) -> ResponseReturnValue:
        return _tried(services, visit, found_at(services, id))

    return blueprint


def found_at(services: Services, id_: str) -> Offering:
    """Return the app that an address names, from where it says. Raises NotFound."""
    try:
        found = offering(services, id_, request.values.get("source") or None)
    except (BrokenPackage, BrokenApp):
        found = None
    if found is None:
        not_found()
    return found


def place_of(found: Offering) -> str:
    """Return the address of an app's page."""
    brought = None if found.source.id in ("shelf", "wheel") else found.source.id
    return url_for("store.show_app", id=found.entry.app, source=brought)


def why(broken: BrokenPackage | BrokenApp) -> Message:
    """Return why a package is not taken."""
    return broken.message if isinstance(broken, BrokenPackage) else broken.problems[0].message


def _store(services: Services, visit: Visit, wrong: Message | None = None) -> str:
    known = catalogue(services)
    typed = request.args.get("q", "").strip()
    apps = catalogue_shown(services, visit, known.offerings.values(), typed)
    newer = [one for one in apps if one.newer]
    updates = request.args.get("show") == "updates"
    return show(
        services, visit, "admin/store.html", active="store", wrong=wrong,
        apps=newer if updates else apps, problem=known.problem, typed=typed, updates=updates,
        newer=len(newer), here=len(services.apps), place=services.settings.store,
        largest=min(MAX_BYTES, services.settings.max_upload) // 1_048_576,
    )  # fmt: skip


def _brought(services: Services, visit: Visit, file: FileStorage | None) -> ResponseReturnValue:
    if file is None or not file.filename:
        return _store(services, visit, Message("请先选一个应用包文件（.zip）")), UNPROCESSABLE
    try:
        taken = take_upload(services, file.stream, visit.person.id)
        app = taken.entry().app
    except (BrokenPackage, BrokenApp) as broken:
        message = Message("“{file}”没有上传：{why}", file=file.filename, why=why(broken))
        return _store(services, visit, message), UNPROCESSABLE
    return redirect(url_for("store.show_app", id=app, source=taken.id), 303)


def _tried(services: Services, visit: Visit, found: Offering) -> ResponseReturnValue:
    """Go into a trial if it is prepared, otherwise prepare it and say how far that is."""
    if not prepared(services, found.latest.sha256).ready:
        start_trial(services, visit.person, found)
        return redirect(place_of(found), 303)
    trial = begin_trial(services, visit.person, found)
    if trial is None:
        note(sayer(visit.locale)("同时试用的太多了，请先离开别的试用"), "amber")
        return redirect(place_of(found), 303)
    return redirect(f"/trial/{trial.id}/", 303)


def app_page(
    services: Services, visit: Visit, found: Offering, wrong: tuple[Message, ...] = ()
) -> str:
    """Return the page of one app."""
    about = None
    try:
        package = found.package()
        plan = plan_install(services, package)
        about = offered(visit, package, plan, shipped=found.shipped)
    except (BrokenPackage, BrokenApp) as broken:
        wrong = (*wrong, why(broken))
    (each,) = catalogue_shown(services, visit, [found])
    return show(
        services, visit, "admin/store_app.html", active="store", entry=found.entry, each=each,
        changes_said=changes_said, about=about, wrong=wrong,
        back="/admin/store", phone_title=each.label,
        **_under_way(services, visit, found),
    )  # fmt: skip


def _under_way(services: Services, visit: Visit, found: Offering) -> dict[str, Any]:
    """Return what is being done with an app, or what became of that if it did not end well."""
    digest = found.latest.sha256
    jobs = [latest_job(services, visit.person, kind, digest) for kind in WORK]
    latest = max((job for job in jobs if job is not None), key=lambda job: job.id, default=None)
    told = latest if latest is not None and _to_be_told(latest) else None
    return {
        "job": shown_job(services, told, visit.locale) if told else None,
        "kind": told.kind if told else "",
        "ready": prepared(services, digest).ready,
    }


def _to_be_told(job: Job) -> bool:
    return job.open or job.state == "failed" or bool(job.result.get("waits"))
