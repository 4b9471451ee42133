"""How does somebody bring a sheet into a form, step by step?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.imports import ImportRun
from runtime.use_cases.import_errors import write_errors
from runtime.use_cases.import_file import Inside, look_inside, receive_sheet
from runtime.use_cases.import_moves import (
    check_plan,
    remember_columns,
    start_import,
    stop_import,
    undo_import,
)
from runtime.use_cases.import_report import latest_imports, report_of
from runtime.use_cases.import_template import make_template
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.imports.files import made_sheet
from runtime.web.imports.view import (
    chosen_plan,
    columns_shown,
    import_place,
    report_shown,
    runs_shown,
)
from runtime.web.imports.work import work_at_once
from runtime.web.lists.pages import form_or_404
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit

ROOT = "/a/<app>/<form>/import"


def pages(services: Services) -> Blueprint:
    """Return the pages of imports."""
    blueprint = Blueprint("imports", __name__)
    _add_beginning(blueprint, services)
    _add_columns(blueprint, services)
    _add_run(blueprint, services)
    _add_files(blueprint, services)
    return blueprint


def _add_beginning(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get(ROOT)
    @signed_in
    def ask_sheet(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _beginning(services, visit, _form(services, visit, app, form))

    @blueprint.post(ROOT)
    @signed_in
    def take_sheet(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return _beginning(services, visit, found, Message("请选择一个文件")), UNPROCESSABLE
        stream = cast("BinaryIO", sent.stream)
        act = visit.act("import", key=key_of(request.form))
        run = receive_sheet(services, act, found, sent.filename, stream)
        if isinstance(run, Invalid):
            problem = run.complaints["file"][0]
            return _beginning(services, visit, found, problem), UNPROCESSABLE
        if not isinstance(run, ImportRun):
            abort(403)
        return redirect(f"/a/{app}/{form}/import/{run.id}/columns", 303)


def _add_columns(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get(f"{ROOT}/<run>/columns")
    @signed_in
    def ask_columns(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        inside = _inside(services, visit, found, run)
        if inside.run.state not in ("new", "checked"):
            return redirect(f"/a/{app}/{form}/import/{run}", 303)
        return _columns(services, visit, found, inside)

    @blueprint.post(f"{ROOT}/<run>/columns")
    @signed_in
    def take_columns(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        plan = chosen_plan(request.form)
        act = visit.act("import", key=key_of(request.form))
        begun = check_plan(services, act, found, run, plan)
        if isinstance(begun, Invalid):
            inside = _inside(services, visit, found, run)
            wrong = begun.complaints[""]
            return _columns(services, visit, found, inside, plan, wrong), UNPROCESSABLE
        _remember(services, visit, found, run, plan)
        return _begun(services, visit, found, begun)


def _add_run(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get(f"{ROOT}/<run>")
    @signed_in
    def show_import(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        return _report(services, visit, _form(services, visit, app, form), run, "import/run.html")

    @blueprint.get(f"{ROOT}/<run>/panel")
    @signed_in
    def show_panel(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        return _report(services, visit, _form(services, visit, app, form), run, "import/panel.html")

    for name, do in (("start", start_import), ("stop", stop_import), ("undo", undo_import)):
        blueprint.add_url_rule(
            f"{ROOT}/<run>/{name}",
            name,
            signed_in(_deed(services, do)),
            methods=["POST"],
        )


def _deed(services: Services, do: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    def done(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        act = visit.act("import", key=key_of(request.form))
        return _begun(services, visit, found, do(services, act, found, run))

    return done


def _add_files(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get(f"{ROOT}/template")
    @signed_in
    def give_template(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        say = sayer(visit.locale)
        label = words(found.definition.label, visit.locale)

        def write(path: Path) -> object:
            act = visit.act("import")
            return make_template(services, act, found, visit.locale, _fill(visit), path)

        return _written(write, say("{form}导入模板.xlsx", form=label))

    @blueprint.get(f"{ROOT}/<run>/errors")
    @signed_in
    def give_errors(visit: Visit, app: str, form: str, run: str) -> ResponseReturnValue:
        found = _form(services, visit, app, form)
        say = sayer(visit.locale)
        label = words(found.definition.label, visit.locale)

        def write(path: Path) -> object:
            return write_errors(services, visit.act("import"), found, run, _fill(visit), path)

        return _written(write, say("{form}导入错误.xlsx", form=label))


def _written(write: Callable[[Path], object], name: str) -> ResponseReturnValue:
    sheet = made_sheet(write, name)
    return not_found() if sheet is None else sheet


def _fill(visit: Visit) -> Callable[[Message], str]:
    say = sayer(visit.locale)
    return lambda message: say("{text}", text=message)


def _form(services: Services, visit: Visit, app: str, form: str) -> Form:
    found = form_or_404(services, app, form)
    place = import_place(services, visit, found)
    if not place["can"]["import"]:
        abort(403)
    return found


def _beginning(services: Services, visit: Visit, form: Form, problem: Message | None = None) -> str:
    runs = latest_imports(services, visit.act("import"), form)
    return show(
        services,
        visit,
        "import/begin.html",
        **import_place(services, visit, form),
        problem=problem,
        runs=runs_shown(services, visit, form, runs),
    )


def _inside(services: Services, visit: Visit, form: Form, run: str) -> Inside:
    sheet = request.args.get("sheet")
    inside = look_inside(services, visit.act("import"), form, run, sheet)
    if not isinstance(inside, Inside):
        not_found()
    return inside


def _columns(
    services: Services,
    visit: Visit,
    form: Form,
    inside: Inside,
    plan: Any = None,
    wrong: tuple[Message, ...] = (),
) -> str:
    return show(
        services,
        visit,
        "import/columns.html",
        **import_place(services, visit, form, inside.run),
        **columns_shown(form, inside, plan or inside.plan, visit.locale),
        wrong=wrong,
    )


def _remember(services: Services, visit: Visit, form: Form, run: str, plan: Any) -> None:
    inside = look_inside(services, visit.act("import"), form, run)
    if isinstance(inside, Inside):
        for sheet in inside.sheets:
            if sheet.name == (plan.sheet or ""):
                headings = {column.at: column.text for column in sheet.columns}
                remember_columns(services, visit.act("import"), form, headings, plan)


def _begun(services: Services, visit: Visit, form: Form, begun: Any) -> ResponseReturnValue:
    if isinstance(begun, Denied):
        abort(403)
    if isinstance(begun, Missing):
        not_found()
    if isinstance(begun, Invalid):
        message = begun.complaints[""][0]
        values = import_place(services, visit, form)
        shown = runs_shown(services, visit, form, latest_imports(services, visit.act(), form))
        page = show(services, visit, "import/begin.html", **values, problem=message, runs=shown)
        return page, UNPROCESSABLE
    assert isinstance(begun, ImportRun)
    work_at_once(services, begun)
    return redirect(f"/a/{form.app}/{form.id}/import/{begun.id}", 303)


def _report(
    services: Services, visit: Visit, form: Form, run: str, template: str
) -> ResponseReturnValue:
    report = report_of(services, visit.act("import"), form, run)
    if isinstance(report, Missing):
        not_found()
    if report.run.state == "new":
        there = f"/a/{form.app}/{form.id}/import/{run}"
        if template.endswith("run.html") and report.run.problem is None:
            return redirect(f"{there}/columns", 303)
    return show(
        services,
        visit,
        template,
        **import_place(services, visit, form, report.run),
        **report_shown(services, form, report, visit.locale),
    )
