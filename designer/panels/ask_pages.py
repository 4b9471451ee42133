"""How does somebody put a condition or a formula of a draft together, or choose an icon?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.frame import drafted
from designer.panels.around import NUMBERS
from designer.panels.part_pages import add_parts
from designer.panels.parts import panel_parts
from designer.views import EVERYWHERE
from engine.app import Form
from engine.expressions import Scope, Slot
from engine.filters import BadFilter, Group, to_feel
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.check_expression import CheckedText
from runtime.web.answers import not_found, part
from runtime.web.assets import icon_names
from runtime.web.filters.bar import drawing_of, parts_of
from runtime.web.filters.fields import Fields
from runtime.web.filters.model import drawn, mistakes_in, model_of, read_filter
from runtime.web.filters.told import Told
from runtime.web.filters.values import names_in
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit
from runtime.web.why.expression_view import checked, problems_of, told_or_empty
from runtime.web.why.expression_words import words_for

LONGEST = 4000

EVERYWHERE.append(panel_parts)


def pages(services: Services) -> Blueprint:
    """Return what the panels ask for in a sheet."""
    blueprint = Blueprint("panels", __name__, url_prefix="/design", template_folder="../templates")

    @blueprint.get("/<app>/ask/icon")
    @designer
    def choose_icon(visit: Visit, app: str) -> ResponseReturnValue:
        open_draft(services, app)
        values = {"icons": sorted(icon_names()), "now": request.args.get("now", ""), "nav": None}
        return part(show(services, visit, "design/ask_icon.html", app=app, **values))

    @blueprint.post("/<app>/ask/icon")
    @designer
    def take_icon(visit: Visit, app: str) -> ResponseReturnValue:
        return jsonify(value=request.form.get("icon", ""))

    _add_conditions(blueprint, services)
    _add_formulas(blueprint, services)
    add_parts(blueprint, services)
    return blueprint


def _add_conditions(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/ask/condition")
    @designer
    def ask_condition(visit: Visit, app: str) -> ResponseReturnValue:
        fields = _fields(services, visit, app)
        return part(_condition(services, visit, fields, request.args.get("feel", "")))

    @blueprint.post("/<app>/ask/condition")
    @designer
    def take_condition(visit: Visit, app: str) -> ResponseReturnValue:
        fields = _fields(services, visit, app)
        feel, group, at = _asked(fields)
        wrong = bool(feel) and checked(fields, feel, Slot.OPEN).checked is None
        if at or wrong:
            html = _condition(services, visit, fields, feel, group, at)
            return html, 422
        return jsonify(value=feel)

    @blueprint.post("/<app>/ask/condition/check")
    @designer
    def check_condition(visit: Visit, app: str) -> ResponseReturnValue:
        fields = _fields(services, visit, app)
        feel, group, at = _asked(fields)
        return jsonify(_answer(services, visit, fields, feel, group, at))


def _add_formulas(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/ask/words")
    @designer
    def list_words(visit: Visit, app: str) -> ResponseReturnValue:
        return jsonify(words_for(_fields(services, visit, app), Slot.OPEN))

    @blueprint.get("/<app>/ask/formula")
    @designer
    def ask_formula(visit: Visit, app: str) -> ResponseReturnValue:
        fields = _fields(services, visit, app)
        return part(_formula(services, visit, fields, request.args.get("feel", "")))

    @blueprint.post("/<app>/ask/formula")
    @designer
    def take_formula(visit: Visit, app: str) -> ResponseReturnValue:
        fields = _fields(services, visit, app)
        feel = request.form.get("feel", "").strip()[:LONGEST]
        if feel and checked(fields, feel, Slot.OPEN).checked is None:
            return _formula(services, visit, fields, feel), 422
        return jsonify(value=feel)


def _fields(services: Services, visit: Visit, app: str) -> Fields:
    """Return the fields that an expression may use: those of a form, or of its rows."""
    draft = open_draft(services, app)
    apps = drafted(services, draft).apps
    owner, _, id_ = request.args.get("form", "").rpartition(".")
    form = apps[owner or app].forms.get(id_) if (owner or app) in apps else None
    form = form or next(iter(draft.app.forms.values()), None)
    if form is None:
        not_found()
    form = rows_as_form(form, request.args.get("rows", ""))
    return Fields(apps=apps, form=form, scope=form.scope, locale=visit.locale)


def rows_as_form(form: Form, rows: str) -> Form:
    """Return the rows of a sub-table as if they were a form; the form itself without any."""
    field = form.fields.get(rows) if rows else None
    if field is None:
        return form
    scope = Scope(names=form.scope.forms[f"{form.id}.{rows}"], forms=form.scope.forms)
    return replace(form, fields=dict(getattr(field, "cells", {})), scope=scope)


def _asked(fields: Fields) -> tuple[str, Group | None, list[tuple[tuple[int, ...], Message]]]:
    """Return what was chosen or written, and what is wrong with it where."""
    if request.form.get("mode") != "visual":
        return request.form.get("feel", "").strip()[:LONGEST], None, []
    try:
        group = read_filter(request.form.get("filter", ""))
    except BadFilter as refused:
        return "", Group(), [((), refused.message)]
    at = mistakes_in(fields, group)
    return ("" if at else to_feel(fields.apps[fields.form.app], fields.form, group)), group, at


def _condition(
    services: Services, visit: Visit, fields: Fields, feel: str,
    group: Group | None = None, at: list[tuple[tuple[int, ...], Message]] | None = None,
) -> str:  # fmt: skip
    found = checked(fields, feel, Slot.OPEN) if feel else CheckedText()
    shown = group if group is not None else _group(fields, feel, found)
    model = model_of(fields, drawn(services, visit, fields, shown) if shown is not None else None)
    return _sheet(
        services,
        visit,
        fields,
        (feel, found),
        "condition",
        told=_told(services, visit, fields, feel, found),
        model={**model, "problems": _places(at or [], visit.locale)},
    )


def _formula(services: Services, visit: Visit, fields: Fields, feel: str) -> str:
    found = checked(fields, feel, Slot.OPEN) if feel else CheckedText()
    known = [(one.id, one.label) for one in fields.offered() if "." not in one.id]
    return _sheet(
        services,
        visit,
        fields,
        (feel, found),
        "formula",
        told="",
        fields=[*known, *_sums(fields, visit)],
    )


def _sheet(
    services: Services, visit: Visit, about: Fields, written: tuple[str, CheckedText], kind: str,
    **values: Any,
) -> str:  # fmt: skip
    feel, found = written
    return show(
        services,
        visit,
        f"design/ask_{kind}.html",
        nav=None,
        app=about.form.app,
        action=_here(f"panels.take_{kind}"),
        check=_here("panels.check_condition"),
        words_url=_here("panels.list_words"),
        feel=feel,
        problems=problems_of(found, feel, visit.locale),
        **values,
    )


def _sums(fields: Fields, visit: Visit) -> list[tuple[str, str]]:
    """Return the sums of the number columns of sub-tables: asked for more often than anything."""
    found = []
    for id_, field in fields.form.fields.items():
        for cell in getattr(field, "cells", {}).values():
            if cell.storage in NUMBERS:
                message = Message("{rows}的{cell}合计", rows=field.label, cell=cell.label)
                found.append(
                    (f"sum({id_}.{cell.id})", message.fill(translate(visit.locale), visit.locale))
                )
    return found


def _here(endpoint: str) -> str:
    arguments: dict[str, Any] = {key: request.args.get(key, "") for key in ("form", "rows")}
    app = (request.view_args or {}).get("app", "")
    return url_for(endpoint, app=app, **arguments)


def _answer(
    services: Services, visit: Visit, fields: Fields, feel: str,
    group: Group | None, at: list[tuple[tuple[int, ...], Message]],
) -> dict[str, Any]:  # fmt: skip
    found = checked(fields, feel, Slot.OPEN) if feel else CheckedText()
    shown = group if group is not None else _group(fields, feel, found)
    wrong = bool(found.complaints or at)
    return {
        "feel": feel,
        "filter": drawn(services, visit, fields, shown) if shown is not None else None,
        "undrawn": shown is None and not wrong,
        "told": _told(services, visit, fields, feel, found),
        "problems": problems_of(found, feel, visit.locale),
        "at": _places(at, visit.locale),
        "count": "",
    }


def _group(fields: Fields, feel: str, found: CheckedText) -> Group | None:
    if not feel:
        return Group()
    return None if found.complaints else drawing_of(fields, feel)


def _told(services: Services, visit: Visit, fields: Fields, feel: str, found: CheckedText) -> str:
    if not feel or found.checked is None:
        return ""
    group = parts_of(fields, feel)
    told = Told(fields=fields, names=names_in(services, visit, fields, (group,)))
    return told_or_empty(told.part(group), feel, visit.locale)


def _places(at: list[tuple[tuple[int, ...], Message]], locale: str) -> list[dict[str, Any]]:
    return [
        {"at": list(where), "message": message.fill(translate(locale), locale)}
        for where, message in at
    ]
