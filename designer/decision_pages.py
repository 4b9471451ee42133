"""How does somebody who may design an app look at a decision table, try it and change it?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from designer.decision_sheet import read_sheet, write_sheet, yaml_of
from designer.decision_view import (
    POLICIES,
    answers_of,
    cells_told,
    form_of,
    heads_of,
    inputs_of,
    tried,
    used_of,
)
from engine.app import Decision
from engine.definition.decision import DecisionRuleDef
from engine.loading.load import problems_of
from engine.wording import Message, words
from runtime.services import Services
from runtime.sheets.books import Unreadable
from runtime.sheets.opening import open_book
from runtime.sheets.writing import About
from runtime.use_cases.act import env_of
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import designer
from runtime.web.import_files import made_sheet
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit

BIGGEST = 2 * 1_048_576


def pages(services: Services) -> Blueprint:
    """Return the pages of decision tables."""
    blueprint = Blueprint("decisions", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.get("/<app>/decisions/<decision>")
    @designer
    def show_decision(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        return _page(services, visit, _found(services, app, decision))

    @blueprint.get("/<app>/decisions/<decision>/sheet")
    @designer
    def give_sheet(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        found = _found(services, app, decision)
        label = words(found.definition.label, visit.locale)
        about = About(author=visit.person.name, title=label, made=services.now())
        made = made_sheet(
            lambda path: write_sheet(found.definition, path, about, visit.locale), f"{label}.xlsx"
        )
        return made or not_found()

    @blueprint.post("/<app>/decisions/<decision>/sheet")
    @designer
    def take_sheet(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        found = _found(services, app, decision)
        rules = _brought(found)
        if isinstance(rules, Message):
            return _page(services, visit, found, error=rules), UNPROCESSABLE
        text, wrong = _checked(services, visit, found, rules)
        values = {"problems": wrong, "yaml": text, "brought": len(rules)}
        return _page(services, visit, found, **values), UNPROCESSABLE if wrong else 200

    return blueprint


def _found(services: Services, app: str, id_: str) -> Decision:
    decision = services.apps[app].decisions.get(id_)
    return not_found() if decision is None else decision


def _page(services: Services, visit: Visit, decision: Decision, **more: Any) -> str:
    app, locale = services.apps[decision.app], visit.locale
    form = form_of(app, decision)
    given = request.args.to_dict()
    env = env_of(services, visit.act(), app.id, services.now())
    zone = services.calendar.zone
    decided = tried(decision, given, env, zone) if given else None
    definition = decision.definition
    values: dict[str, Any] = {
        "app": app.id,
        "active": "design",
        "label": words(definition.label, locale),
        "app_url": url_for("design.show_app", app=app.id),
        "app_label": words(app.definition.label, locale),
        "form_label": words(form.definition.label, locale),
        "decision": decision,
        "policy": POLICIES[definition.policy],
        "heads": heads_of(definition, locale),
        "rules": list(zip(definition.rules, cells_told(decision, form, locale), strict=True)),
        "asked": inputs_of(decision, form, given, locale, zone),
        "decided": decided,
        "used": used_of(decision, decided),
        "answers": answers_of(decision, decided, locale) if decided else [],
    }
    return show(services, visit, "design/decision.html", **{**values, **more})


def _brought(decision: Decision) -> tuple[DecisionRuleDef, ...] | Message:
    file = request.files.get("file")
    if file is None or not file.filename:
        return Message("请选择文件")
    content = file.stream.read(BIGGEST + 1)
    if len(content) > BIGGEST:
        return Message("文件太大")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(content)
        try:
            sheet = open_book(path).sheet(None)
            return read_sheet(decision.definition, sheet.rows() if sheet else ())
        except Unreadable as error:
            return error.message


def _checked(
    services: Services, visit: Visit, decision: Decision, rules: tuple[DecisionRuleDef, ...]
) -> tuple[str, list[tuple[int, str]]]:
    """Return the file of the table with these rules, and what is wrong with it, by rule."""
    text, first = yaml_of(decision.definition, rules)
    name = f"decisions/{decision.id}.yaml"
    with services.store.reading() as unit:
        files = unit.packages.files(decision.app)
    into = translate(visit.locale)
    problems = problems_of({**files, name: text.encode()})
    wrong = [
        (one.at.line - first + 1, one.message.fill(into, visit.locale))
        for one in problems
        if one.at.file == name
    ]
    return text, wrong
