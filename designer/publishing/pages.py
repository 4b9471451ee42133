"""How does a designer look over a draft, publish it, and bring an earlier version back?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.earlier import draft_of_version, installed_draft
from designer.drafts.editing import Edited, open_held
from designer.drafts.impact import impact_of
from designer.drafts.log import AT_ONCE, log_export, log_of
from designer.drafts.publishing import (
    MovedOn,
    Published,
    publish,
    restore_version,
    throw_away,
    versions_of,
)
from designer.drafts.telling import ToldFile, tell
from designer.frame import in_frame
from designer.plain_words import refusals
from designer.publishing.plan_pages import add as add_plans
from designer.publishing.plan_pages import plan_values
from designer.trying.runs import tried
from engine.editing.apply import Refused
from engine.editing.differences import differences
from engine.editing.draft import Draft
from engine.wording import Message
from runtime.packages.blocking import breaking_for
from runtime.services import Services
from runtime.web.answers import CONFLICT, UNPROCESSABLE, not_found, part
from runtime.web.guard import designer, wants_a_part
from runtime.web.language import translate
from runtime.web.showing import note, show
from runtime.web.visit import Visit

LONGEST_NOTE = 500


def pages(services: Services) -> Blueprint:
    """Return the pages of publishing and of the versions."""
    blueprint = Blueprint("versions", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.get("/<app>/publish")
    @designer
    def look_over(visit: Visit, app: str) -> ResponseReturnValue:
        return _overview(services, visit, app)

    @blueprint.post("/<app>/publish")
    @designer
    def go(visit: Visit, app: str) -> ResponseReturnValue:
        return _publish(services, visit, app)

    @blueprint.post("/<app>/discard")
    @designer
    def discard(visit: Visit, app: str) -> ResponseReturnValue:
        done = throw_away(services, visit.person, app)
        return _back(services, visit, app, done, Message("已放弃未发布的修改；撤销可以找回"))

    @blueprint.get("/<app>/versions")
    @designer
    def show_versions(visit: Visit, app: str) -> ResponseReturnValue:
        return _versions(services, visit, app)

    @blueprint.get("/<app>/versions/<int:number>")
    @designer
    def show_version(visit: Visit, app: str, number: int) -> ResponseReturnValue:
        return _version(services, visit, app, number)

    @blueprint.post("/<app>/versions/<int:number>/restore")
    @designer
    def restore(visit: Visit, app: str, number: int) -> ResponseReturnValue:
        done = restore_version(services, visit.person, app, number)
        said = Message("草稿已回到第 {n} 版，看过后再发布", n=number)
        return not_found() if done is None else _back(services, visit, app, done, said)

    @blueprint.get("/<app>/export")
    @designer
    def export(visit: Visit, app: str) -> ResponseReturnValue:
        files = open_held(services, app).draft.files
        log_export(services, visit.person, app)
        return send_file(_zipped(files), "application/zip", True, f"{app}.zip")

    _add_log(blueprint, services)
    _add_impact(blueprint, services)
    add_plans(blueprint, services, partial(_overview, services))
    return blueprint


def _add_log(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/log")
    @designer
    def show_log(visit: Visit, app: str) -> ResponseReturnValue:
        return _log(services, visit, app)


def _add_impact(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/publish/impact")
    @designer
    def show_impact(visit: Visit, app: str) -> ResponseReturnValue:
        held = open_held(services, app)
        met = impact_of(services, visit.person, held.draft.app)
        moved_on = request.args.get("at", type=int) not in (None, held.head.rev)
        values: dict[str, Any] = {"met": met, "moved_on": moved_on}
        if wants_a_part(request):
            html = show(services, visit, "design/impact.html", app=app, nav=None, **values)
            return part(html)
        return in_frame(
            services, visit, held.draft, "design/impact_page.html", view="publish", **values
        )


def _overview(
    services: Services, visit: Visit, app: str, error: str = "", status: int = 200
) -> ResponseReturnValue:
    held = open_held(services, app)
    found = _told(installed_draft(services, app, held.draft), held.draft, visit)
    html = in_frame(
        services, visit, held.draft, "design/publish.html",
        view="publish", found=found, error=error, at=held.head.rev,
        broken=breaking_for(services, held.draft.app) if found else (),
        tried=tried(services, app),
        **plan_values(services, visit, app),
    )  # fmt: skip
    return html, status


def _publish(services: Services, visit: Visit, app: str) -> ResponseReturnValue:
    said = request.form.get("note", "").strip()[:LONGEST_NOTE]
    at = request.form.get("at", type=int)
    done = publish(services, visit.person, app, said, at)
    match done:
        case Published(number=number):
            note(_words(visit, Message("第 {n} 版已发布，大家现在用的就是它", n=number)))
            return redirect(url_for("versions.show_versions", app=app), 303)
        case MovedOn():
            error = _words(visit, Message("这期间又有人改过草稿，请重新看一遍再发布"))
            return _overview(services, visit, app, error, CONFLICT)
        case Refused(problems=problems):
            error = " ".join(refusals(problems, visit.locale, services.apps[app]))
            return _overview(services, visit, app, error, UNPROCESSABLE)


def _versions(services: Services, visit: Visit, app: str) -> ResponseReturnValue:
    held = open_held(services, app)
    versions = versions_of(services, app)
    with services.store.reading() as unit:
        names = unit.people.names({one.person for one in versions if one.person})
    return in_frame(
        services, visit, held.draft, "design/versions.html",
        view="versions", versions=versions, names=names, **plan_values(services, visit, app),
    )  # fmt: skip


def _log(services: Services, visit: Visit, app: str) -> ResponseReturnValue:
    draft = open_held(services, app).draft
    logged = log_of(services, app, draft, visit.locale, request.args.get("before"))
    more = len(logged) == AT_ONCE
    return in_frame(
        services, visit, draft, "design/log.html", view="versions", logged=logged, more=more
    )


def _version(services: Services, visit: Visit, app: str, number: int) -> ResponseReturnValue:
    held = open_held(services, app)
    versions = {one.number: one for one in versions_of(services, app)}
    version = draft_of_version(services, app, number, held.draft)
    if version is None:
        return not_found()
    former = draft_of_version(services, app, number - 1, held.draft)
    return in_frame(
        services, visit, held.draft, "design/version.html", view="versions",
        version=versions[number],
        brought=_told(former, version, visit) if former else None,
        since=_told(version, held.draft, visit),
    )  # fmt: skip


def _told(old: Draft, new: Draft, visit: Visit) -> list[ToldFile]:
    return tell(old, new, differences(old, new), visit.locale)


def _back(
    services: Services, visit: Visit, app: str, done: Edited | Refused, said: Message
) -> ResponseReturnValue:
    if isinstance(done, Refused):
        error = " ".join(refusals(done.problems, visit.locale, services.apps[app]))
        return _overview(services, visit, app, error, UNPROCESSABLE)
    note(_words(visit, said))
    return redirect(url_for("versions.look_over", app=app), 303)


def _words(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)


def _zipped(files: Mapping[str, str]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for path, text in files.items():
            into.writestr(path, text.encode())
    packed.seek(0)
    return packed
