"""How does somebody who may design an app edit a decision table, and try it?"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from designer.decisions.sheet import read_rows, write_sheet
from designer.decisions.view import answers_of, inputs_of, tried, used_of
from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.flows.edits import Target
from designer.flows.values import Scene
from designer.frame import drafted, in_frame
from designer.grid.bringing import Brought, brought, told_rows
from designer.grid.cell_words import ANY
from designer.grid.columns import Column, columns_of
from designer.grid.values import file_of, grid_values, label_of, row_of
from designer.plain_words import refusals
from designer.views import VIEWS, Parts, Seen
from engine.app import Decision
from engine.definition.decision import DecisionRuleDef
from engine.editing.apply import Refused
from engine.editing.edits import Set
from engine.wording import Message
from runtime.services import Services
from runtime.sheets.books import Unreadable
from runtime.sheets.opening import open_book
from runtime.sheets.writing import About
from runtime.use_cases.act import env_of
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import designer
from runtime.web.imports.files import made_sheet
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

BIGGEST = 2 * 1_048_576


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a grid as somebody typed them."""

    rows: Sequence[Sequence[str]]


def pages(services: Services) -> Blueprint:
    """Return the pages of decision tables."""
    VIEWS["decision"] = grid_parts
    blueprint = Blueprint("decisions", __name__, url_prefix="/design", template_folder="templates")
    _add_sheets(blueprint, services)

    @blueprint.get("/<app>/decisions/<decision>")
    @designer
    def show_decision(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        scene, found = _found(services, visit, app, decision)
        return _page(scene, visit, found)

    @blueprint.post("/<app>/decisions/<decision>/check")
    @designer
    def check(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        """Say what typed rows come to, and what is wrong with them; nothing is kept."""
        scene, found = _found(services, visit, app, decision)
        try:
            typed = msgspec.json.decode(request.get_data(), type=Typed)
        except msgspec.DecodeError as error:
            raise BadRequest from error
        return jsonify(_judged(scene, found, _brought(scene, found, typed.rows)))

    return blueprint


def _add_sheets(blueprint: Blueprint, services: Services) -> None:
    """Add the ways of a table into a sheet and back."""

    @blueprint.get("/<app>/decisions/<decision>/sheet")
    @designer
    def give_sheet(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        scene, found = _found(services, visit, app, decision)
        rules, columns = found.definition.rules, _columns(scene, found)
        told = told_rows(rules, columns, visit.locale)
        inputs = len(found.definition.inputs)
        # A row must not be empty: readers of sheets pass it over.
        rows = [[*(cell or ANY for cell in row[:inputs]), *row[inputs:]] for row in told]
        label = label_of(found, visit.locale)
        about = About(author=visit.person.name, title=label, made=services.now())
        made = made_sheet(
            lambda path: write_sheet(found.definition, rows, path, about, visit.locale),
            f"{label}.xlsx",
        )
        return made or not_found()

    @blueprint.post("/<app>/decisions/<decision>/sheet")
    @designer
    def take_sheet(visit: Visit, app: str, decision: str) -> ResponseReturnValue:
        scene, found = _found(services, visit, app, decision)
        rows = _uploaded(found)
        if isinstance(rows, Message):
            return _page(scene, visit, found, errors=[_fill(visit, rows)]), UNPROCESSABLE
        read = _brought(scene, found, rows)
        errors = _told_errors(visit, read) or _kept(services, visit, found, read.rules)
        if errors:
            return _page(scene, visit, found, errors=errors, brought=len(rows)), UNPROCESSABLE
        note(sayer(visit.locale)("已按表格更新为 {n} 条规则，可以撤销", n=len(rows)))
        return redirect(url_for("decisions.show_decision", app=app, decision=decision))


def grid_parts(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return the grid of a table, after an edit."""
    decision = seen.draft.app.decisions.get(seen.subject)
    if decision is None:
        return {"grid": show(seen.services, seen.visit, "design/grid_gone.html", nav=None)}
    scene = Scene(seen.services, seen.draft, seen.visit.locale, seen.chosen)
    values = {"app": seen.draft.app.id, **grid_values(scene, decision)}
    return {"grid": show(seen.services, seen.visit, "design/grid_part.html", nav=None, **values)}


def _found(services: Services, visit: Visit, app: str, id_: str) -> tuple[Scene, Decision]:
    draft = open_draft(services, app)
    decision = draft.app.decisions.get(id_) or not_found()
    return Scene(services, draft, visit.locale, (file_of(id_),)), decision


def _page(scene: Scene, visit: Visit, decision: Decision, **more: Any) -> str:
    services = drafted(scene.services, scene.draft)
    form, zone = scene.draft.app.forms[decision.form], services.calendar.zone
    given = request.args.to_dict()
    env = env_of(services, visit.act(), decision.app, services.now())
    decided = tried(decision, given, env, zone) if given else None
    values: dict[str, Any] = {
        **grid_values(scene, decision, used_of(decision, decided)),
        "own_label": label_of(decision, visit.locale),
        "list_url": url_for("flows.show_rules", app=decision.app, form=decision.form),
        "asked": inputs_of(decision, form, given, visit.locale, zone),
        "decided": decided,
        "answers": answers_of(decision, decided, visit.locale) if decided else [],
        "chosen": scene.chosen,
        **more,
    }
    view = f"decision:{decision.id}"
    return in_frame(
        scene.services, visit, scene.draft, "design/decision.html",
        view=view, tab="rules", form=form, **values,
    )  # fmt: skip


def _brought(scene: Scene, decision: Decision, rows: Sequence[Sequence[str]]) -> Brought:
    form = scene.draft.app.forms[decision.form]
    return brought(decision, form, _columns(scene, decision), rows)


def _columns(scene: Scene, decision: Decision) -> Sequence[Column]:
    app = scene.draft.app
    return columns_of(decision, app.forms[decision.form], scene.locale, app.definition.roles)


def _judged(scene: Scene, decision: Decision, read: Brought) -> dict[str, Any]:
    speech, columns = scene.speech(decision.form), _columns(scene, decision)
    return {
        "fits": read.fits,
        "rows": [row_of(rule) for rule in read.rules],
        "told": told_rows(read.rules, columns, scene.locale),
        "marks": [
            {
                "kind": mark.kind,
                "row": mark.row,
                "column": mark.column,
                "text": speech.fill(mark.text),
                "bars": mark.bars,
            }
            for mark in read.marks
        ],
        "inputs": len(decision.definition.inputs),
    }


def _uploaded(decision: Decision) -> list[list[str]] | Message:
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
            return read_rows(decision.definition, sheet.rows() if sheet else ())
        except Unreadable as error:
            return error.message


def _told_errors(visit: Visit, read: Brought) -> list[str]:
    say = sayer(visit.locale)
    return [
        say("第 {n} 条：{text}", n=mark.row + 1, text=_fill(visit, mark.text))
        if mark.row is not None
        else _fill(visit, mark.text)
        for mark in read.marks
        if mark.bars
    ]


def _kept(
    services: Services, visit: Visit, decision: Decision, rules: Sequence[DecisionRuleDef]
) -> list[str]:
    """Put rules into the draft; return why that was refused."""
    value = [
        {
            "when": list(rule.when),
            "then": list(rule.then),
            **({"note": rule.note} if rule.note else {}),
        }
        for rule in rules
    ]
    edit = Set(target=(file_of(decision.id), "rules"), value=value)
    rev = open_held(services, decision.app).head.rev
    done = edit_draft(services, visit.person, decision.app, rev, [edit])
    if isinstance(done, Edited):
        return []
    if isinstance(done, Refused):
        return refusals(done.problems, visit.locale)
    return [sayer(visit.locale)("刚刚有人改过这张表，请再上传一次")]


def _fill(visit: Visit, message: Message) -> str:
    return sayer(visit.locale)(message.text, **message.args)
