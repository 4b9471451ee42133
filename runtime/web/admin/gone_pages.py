"""How does an administrator take an app out, and see what is left of it?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from engine.app import App
from engine.wording import Message, words
from runtime.market.leaving import gone_app, records_of, start_leaving
from runtime.packages.row_words import called
from runtime.packages.uninstall import Way, dependents
from runtime.services import Services
from runtime.store import Event
from runtime.store.jobs import Job
from runtime.use_cases.own_jobs import own_job
from runtime.web.admin.job_words import Shown, shown_job
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import administrator
from runtime.web.language import translate
from runtime.web.saving import saved
from runtime.web.showing import show
from runtime.web.visit import Visit

WAYS: Mapping[str, Way] = {"keep": "keep", "export": "export", "drop": "drop"}


def pages(services: Services) -> Blueprint:
    """Return the pages on which an app goes."""
    blueprint = Blueprint("gone", __name__)

    @blueprint.get("/admin/apps/<app>/uninstall")
    @administrator
    def ask(visit: Visit, app: str) -> ResponseReturnValue:
        return _question(services, visit, app_at(services, app))

    @blueprint.post("/admin/apps/<app>/uninstall")
    @administrator
    def uninstall(visit: Visit, app: str) -> ResponseReturnValue:
        return _taken_out(services, visit, app_at(services, app))

    @blueprint.get("/admin/apps/leaving/<job>")
    @administrator
    def show_leaving(visit: Visit, job: str) -> ResponseReturnValue:
        found = shown_of(services, visit, job)
        if found is None:
            not_found()
        return show(
            services,
            visit,
            "admin/leaving.html",
            active="apps_admin",
            back="/admin/apps",
            job=found,
        )

    @blueprint.get("/admin/apps/gone/<id>")
    @administrator
    def show_report(visit: Visit, id: str) -> ResponseReturnValue:
        found = gone_app(services, id)
        if found is None:
            not_found()
        return _download(visit, found) if "file" in request.args else _told(services, visit, found)

    return blueprint


def shown_of(services: Services, visit: Visit, job: str | None) -> Shown | None:
    """Return what the pages show of work that the visitor asked for; None if there is none."""
    found = own_job(services, visit.act(), job) if job else None
    return shown_job(services, found, visit.locale) if isinstance(found, Job) else None


def app_at(services: Services, id_: str) -> App:
    """Return an installed app. Raises NotFound."""
    found = services.app(id_)
    if found is None:
        raise NotFound
    return found


def _question(services: Services, visit: Visit, app: App, wrong: Message | None = None) -> str:
    forms = app.forms
    records = [
        (words(forms[id_].definition.label, visit.locale) if id_ in forms else id_, count)
        for id_, count in records_of(services, app.id).items()
    ]
    return show(
        services, visit, "admin/uninstall.html", active="apps_admin", back="/admin/apps",
        id=app.id, wrong=wrong,
        label=words(app.definition.label, visit.locale), records=records,
        total=sum(count for _, count in records), chosen=request.form.get("way", "keep"),
        needed_by=[words(one.definition.label, visit.locale)
                   for one in dependents(services, app.id)],
    )  # fmt: skip


def _taken_out(services: Services, visit: Visit, app: App) -> ResponseReturnValue:
    way = WAYS.get(request.form.get("way", ""))
    label = words(app.definition.label, visit.locale)
    if way is None or dependents(services, app.id):
        return _question(services, visit, app), UNPROCESSABLE
    if way != "keep" and request.form.get("name", "").strip() != label:
        message = Message("请输入应用名称“{label}”来确认删除数据", label=label)
        return _question(services, visit, app, message), UNPROCESSABLE
    job = start_leaving(services, visit.person, app.id, way)
    return redirect(url_for("gone.show_leaving", job=job), 303)


def _told(services: Services, visit: Visit, found: Event) -> str:
    data = found.data
    with services.store.reading() as unit:
        names = unit.people.names([found.actor]) if found.actor else {}
    return show(
        services, visit, "admin/gone.html", active="apps_admin", back="/admin/apps",
        id=found.id, at=found.at,
        label=words(data.get("label", found.app), visit.locale), data=data,
        by=names.get(found.actor or "", ""), job=shown_of(services, visit, data.get("job")),
        records=[(words(label, visit.locale), count) for label, count in data.get("records", ())],
        rows=called(data.get("rows", {})),
    )  # fmt: skip


def _download(visit: Visit, found: Event) -> Response:
    said = [one.fill(translate(visit.locale), visit.locale) for one in report_lines(found)]
    name = f"uninstalled-{found.app}-{found.at.date().isoformat()}.txt"
    return saved("\n".join([*said, ""]).encode(), name, "text/plain; charset=utf-8")


def report_lines(found: Event) -> list[Message]:
    """Return what went with an app and what stays, line by line."""
    data = found.data
    lines = [
        Message("应用：{label}（{id}）{version}", label=data.get("label", ""), id=found.app,
                version=data.get("version", "")),
        Message("时间：{at}", at=found.at.isoformat(timespec="seconds")),
    ]  # fmt: skip
    if data["way"] == "keep":
        lines.append(Message("数据原样留着，再次安装就会回来"))
    for label, count in data.get("records", ()):
        lines.append(Message("已删除 · {label}：{count} 条记录", label=label, count=count))
    for name, count in called(data.get("rows", {})):
        lines.append(Message("已删除 · {what}：{count} 条", what=name, count=count))
    if "contents" in data:
        lines.append(Message("已删除 · 文件内容：{count} 个", count=data["contents"]))
    lines.append(Message("留下 · 操作日志：{count} 条，日志从不删除", count=data["log"]))
    return lines
