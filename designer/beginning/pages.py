"""How does somebody begin an app or a form, from nothing, from a sheet or from a template?"""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from designer.beginning.apps import FormWish, Wish, add_form, begin_app, may_begin, wish_refused
from designer.beginning.looks import COLOURS, ICONS
from designer.beginning.sheet_guess import TYPES
from designer.beginning.sheets import SheetFound, SheetWish, begin_from_sheet, keep_sheet, look_into
from designer.drafts.editing import open_draft
from designer.drafts.state import state_of
from designer.forms.palette import kind_of
from designer.frame import in_frame
from engine.access.designing import may_design
from engine.loading.load import load_app
from engine.wording import Message, words
from runtime.services import Services
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import designer, signed_in
from runtime.web.imports.work import work_at_once
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit
from runtime.workspace.open import install_app, served_files
from runtime.workspace.packages import files_of, shipped


def add(blueprint: Blueprint, services: Services) -> None:
    """Add the pages on which apps and forms begin."""
    _add_list(blueprint, services)
    _add_begin(blueprint, services)
    _add_sheet(blueprint, services)
    _add_forms(blueprint, services)


def _add_list(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/")
    @signed_in
    def show_apps(visit: Visit) -> ResponseReturnValue:
        apps = [app for app in services.apps.values() if may_design(app, visit.person)]
        if not apps and not visit.person.admin:
            raise Forbidden
        cards = [
            {
                "id": app.id,
                "label": words(app.definition.label, visit.locale),
                "about": words(app.definition.description, visit.locale),
                "icon": app.definition.icon,
                "tone": app.definition.colour or "blue",
                "forms": len(app.forms),
                "changes": state_of(services, visit.person, app.id).changes,
            }
            for app in apps
        ]
        return show(services, visit, "design/apps.html", active="designing", cards=cards)


def _add_begin(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/new")
    @signed_in
    def ask_app(visit: Visit) -> ResponseReturnValue:
        _only_beginners(services, visit)
        return _new_page(services, visit)

    @blueprint.post("/new")
    @signed_in
    def make_app(visit: Visit) -> ResponseReturnValue:
        _only_beginners(services, visit)
        wish = _wish()
        wrong = wish_refused(wish)
        if wrong is not None:
            return _new_page(services, visit, wrong, wish), UNPROCESSABLE
        app = begin_app(services, visit.person, wish, visit.locale, None)
        note(sayer(visit.locale)("应用“{app}”已建好，加第一张表单吧", app=wish.label))
        return redirect(url_for("design.ask_form", app=app.id), 303)

    @blueprint.post("/new/template")
    @signed_in
    def take_template(visit: Visit) -> ResponseReturnValue:
        if not visit.person.admin:
            raise Forbidden
        folder = shipped().get(request.form.get("template", ""))
        if folder is None or folder.name in services.apps:
            not_found()
        app = install_app(services, files_of(folder))
        label = words(app.definition.label, visit.locale)
        note(sayer(visit.locale)("{app}已安装", app=label))
        return redirect(url_for("design.show_app", app=app.id), 303)


def _add_sheet(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/new/sheet")
    @signed_in
    def take_sheet(visit: Visit) -> ResponseReturnValue:
        _only_beginners(services, visit)
        sent = request.files.get("file")
        kept: str | Message = Message("请选择一个文件")
        if sent is not None and sent.filename:
            stream = cast("BinaryIO", sent.stream)
            kept = keep_sheet(services, visit.person, sent.filename, stream)
        if isinstance(kept, Message):
            return _new_page(services, visit, kept, way="sheet"), UNPROCESSABLE
        return redirect(url_for("design.ask_sheet", file=kept), 303)

    @blueprint.get("/new/sheet/<file>")
    @signed_in
    def ask_sheet(visit: Visit, file: str) -> ResponseReturnValue:
        _only_beginners(services, visit)
        return _sheet_page(services, visit, _looked(services, visit, file))

    @blueprint.post("/new/sheet/<file>")
    @signed_in
    def make_from_sheet(visit: Visit, file: str) -> ResponseReturnValue:
        _only_beginners(services, visit)
        return _from_sheet(services, visit, _looked(services, visit, file))


def _add_forms(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/new/form")
    @designer
    def ask_form(visit: Visit, app: str) -> ResponseReturnValue:
        return _form_page(services, visit, app, FormWish(label=""))

    @blueprint.post("/<app>/new/form")
    @designer
    def make_form(visit: Visit, app: str) -> ResponseReturnValue:
        wish = FormWish(
            label=request.form.get("label", "").strip(),
            id=request.form.get("id", "").strip(),
            icon=_one_of(ICONS, "icon", "file"),
            colour=_one_of(COLOURS, "colour", "blue"),
        )
        made = add_form(services, visit.person, app, wish, visit.locale)
        if not isinstance(made, str):
            return _form_page(services, visit, app, wish, made), UNPROCESSABLE
        return redirect(url_for("design.show_form", app=app, form=made), 303)


def _only_beginners(services: Services, visit: Visit) -> None:
    if not may_begin(services, visit.person):
        raise Forbidden


def _wish() -> Wish:
    return Wish(
        label=request.form.get("label", "").strip(),
        description=request.form.get("description", "").strip()[:200],
        icon=_one_of(ICONS, "icon", "apps"),
        colour=_one_of(COLOURS, "colour", "blue"),
        users="all" if request.form.get("users") == "all" else "me",
    )


def _one_of(known: Any, name: str, usual: str) -> str:
    given = request.form.get(name, "")
    return given if given in known else usual


def _new_page(
    services: Services,
    visit: Visit,
    problem: Message | None = None,
    wish: Wish | None = None,
    way: str = "blank",
) -> str:
    return show(
        services,
        visit,
        "design/new_app.html",
        active="designing",
        problem=problem,
        wish=wish or Wish(label=""),
        way=way,
        icons=ICONS,
        colours=COLOURS,
        templates=_templates(services, visit) if visit.person.admin else None,
    )


def _templates(services: Services, visit: Visit) -> list[dict[str, str]]:
    apps = (
        load_app(served_files(files_of(folder)))
        for id_, folder in shipped().items()
        if id_ not in services.apps
    )
    return [
        {
            "id": app.id,
            "label": words(app.definition.label, visit.locale),
            "about": words(app.definition.description, visit.locale),
            "icon": app.definition.icon,
            "tone": app.definition.colour or "blue",
        }
        for app in apps
    ]


def _looked(services: Services, visit: Visit, file: str) -> SheetFound:
    found = look_into(services, visit.person, file)
    if isinstance(found, Message):
        not_found()
    return found


def _sheet_page(
    services: Services, visit: Visit, found: SheetFound, problem: Message | None = None
) -> str:
    label = found.name.rpartition(".")[0] or found.name
    types = [(type_, kind_of(type_, visit.locale).title) for type_ in TYPES]
    return show(
        services,
        visit,
        "design/new_sheet.html",
        active="designing",
        found=found,
        problem=problem,
        types=types,
        wish=_wish() if request.method == "POST" else Wish(label=label[:40]),
        form_label=request.form.get("form_label", label[:40]),
        icons=ICONS,
        colours=COLOURS,
    )


def _from_sheet(services: Services, visit: Visit, found: SheetFound) -> ResponseReturnValue:
    wish = _wish()
    form = FormWish(
        label=request.form.get("form_label", "").strip() or wish.label,
        id="record",
        icon="table",
        colour=wish.colour,
    )
    given = {one.at: request.form.get(f"type-{one.at}", one.type) for one in found.columns}
    kept = {
        at: type_ for at, type_ in given.items() if type_ in TYPES and f"keep-{at}" in request.form
    }
    wrong = wish_refused(wish)
    wanted = SheetWish(app=wish, form=form, types=kept)
    made: Any = wrong or begin_from_sheet(services, visit.person, found, wanted, visit.locale)
    if isinstance(made, Message):
        return _sheet_page(services, visit, found, made), UNPROCESSABLE
    app, run = made
    if run is None:
        return redirect(url_for("design.show_app", app=app.id), 303)
    work_at_once(services, run)
    note(sayer(visit.locale)("应用“{app}”已建好，正在带入数据", app=wish.label))
    return redirect(f"/a/{app.id}/{form.id}/import/{run.id}", 303)


def _form_page(
    services: Services, visit: Visit, app: str, wish: FormWish, wrong: tuple[Message, ...] = ()
) -> str:
    draft = open_draft(services, app)
    values: dict[str, Any] = {"wish": wish, "wrong": wrong, "icons": ICONS, "colours": COLOURS}
    return in_frame(services, visit, draft, "design/new_form.html", view="new", **values)
