"""How does somebody put a filter together, by choosing or by writing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.app import Form
from engine.expressions import Slot
from engine.filters import BadFilter, Group, to_feel
from engine.wording import Message
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.check_expression import CheckedText
from runtime.use_cases.list_records import Wanted, list_records
from runtime.web.filters.bar import drawing_of, fields_for, parts_of
from runtime.web.filters.fields import Fields
from runtime.web.filters.model import drawn, mistakes_in, model_of, read_filter
from runtime.web.filters.told import Told
from runtime.web.filters.values import names_in
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.language import translate
from runtime.web.lists.pages import form_or_404, state_of
from runtime.web.lists.state import LONGEST, ListState
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit
from runtime.web.why.expression_view import checked, problems_of, told_or_empty
from runtime.web.why.expression_words import words_for

SLOT = Slot.ROWS


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody typed or chose: the text, and where the conditions chosen are wrong."""

    feel: str
    group: Group | None = None
    at: tuple[tuple[tuple[int, ...], Message], ...] = ()


def pages(services: Services) -> Blueprint:
    """Return the sheet of the filter, and what it asks while it is open."""
    blueprint = Blueprint("filters", __name__)
    _add_sheet(blueprint, services)
    _add_questions(blueprint, services)
    return blueprint


def _add_sheet(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/a/<app>/<form>/filter")
    @signed_in
    def ask_filter(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found, fields = _opened(services, visit, app, form)
        state = state_of(services, visit, found)
        asked = Asked(feel=state.shown_feel)
        values = _sheet(services, visit, fields, state, asked)
        return show(services, visit, "list/filter.html", **values)

    @blueprint.post("/a/<app>/<form>/filter")
    @signed_in
    def set_filter(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found, fields = _opened(services, visit, app, form)
        state = state_of(services, visit, found)
        asked = _asked(fields)
        if asked.at or (asked.feel and checked(fields, asked.feel, SLOT).checked is None):
            values = _sheet(services, visit, fields, state, asked)
            return show(services, visit, "list/filter.html", **values), 422
        door = "board" if request.args.get("door") == "board" else ""
        place = f"/a/{app}/{form}/{door}{state.query(feel=asked.feel)}{_pipeline()}"
        return jsonify(location=place) if wants_a_part(request) else redirect(place, 303)


def _add_questions(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/a/<app>/<form>/filter/check")
    @signed_in
    def check_filter(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        _, fields = _opened(services, visit, app, form)
        return jsonify(_answer(services, visit, fields, _asked(fields)))

    @blueprint.get("/a/<app>/<form>/filter/words")
    @signed_in
    def list_words(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        _, fields = _opened(services, visit, app, form)
        return jsonify(words_for(fields, SLOT))


def _opened(services: Services, visit: Visit, app: str, form: str) -> tuple[Form, Fields]:
    found = form_or_404(services, app, form)
    if sight_of(found, visit.person).rows.none:
        abort(403)
    return found, fields_for(services, visit, found)


def _asked(fields: Fields) -> Asked:
    if request.form.get("mode") != "visual":
        return Asked(feel=request.form.get("feel", "").strip()[:LONGEST])
    try:
        group = read_filter(request.form.get("filter", ""))
    except BadFilter as refused:
        return Asked(feel="", group=Group(), at=(((), refused.message),))
    at = tuple(mistakes_in(fields, group))
    feel = "" if at else to_feel(fields.apps[fields.form.app], fields.form, group)
    return Asked(feel=feel, group=group, at=at)


def _sheet(
    services: Services, visit: Visit, fields: Fields, state: ListState, asked: Asked
) -> dict[str, Any]:
    form = fields.form
    base = f"/a/{form.app}/{form.id}/filter"
    found = checked(fields, asked.feel, SLOT) if asked.feel else CheckedText()
    group = asked.group or _group(fields, asked.feel, found)
    door = "&door=board" if request.args.get("door") == "board" else ""
    model = model_of(fields, drawn(services, visit, fields, group) if group else None)
    return {
        "form": form,
        "app": form.app,
        "active": form.id,
        "action": f"{base}{state.query()}{door}{_pipeline()}",
        "check": f"{base}/check",
        "words_url": f"{base}/words",
        "at": request.args.get("at"),
        "feel": asked.feel,
        "problems": problems_of(found, asked.feel, visit.locale),
        "told": _told(services, visit, fields, asked.feel, found),
        "model": {**model, "problems": _places(asked, visit.locale)},
    }


def _answer(services: Services, visit: Visit, fields: Fields, asked: Asked) -> dict[str, Any]:
    found = checked(fields, asked.feel, SLOT) if asked.feel else CheckedText()
    group = asked.group or _group(fields, asked.feel, found)
    wrong = bool(found.complaints or asked.at)
    return {
        "feel": asked.feel,
        "filter": drawn(services, visit, fields, group) if group else None,
        "undrawn": group is None and not wrong,
        "told": _told(services, visit, fields, asked.feel, found),
        "problems": problems_of(found, asked.feel, visit.locale),
        "at": _places(asked, visit.locale),
        "count": "" if wrong else _count(services, visit, fields.form, asked.feel),
    }


def _group(fields: Fields, feel: str, found: CheckedText) -> Group | None:
    if found.complaints:
        return None
    return drawing_of(fields, feel)


def _told(services: Services, visit: Visit, fields: Fields, feel: str, found: CheckedText) -> str:
    if not feel or found.checked is None:
        return ""
    group = parts_of(fields, feel)
    told = Told(fields=fields, names=names_in(services, visit, fields, (group,)))
    return told_or_empty(told.part(group), feel, visit.locale)


def _places(asked: Asked, locale: str) -> list[dict[str, Any]]:
    return [
        {"at": list(at), "message": message.fill(translate(locale), locale)}
        for at, message in asked.at
    ]


def _count(services: Services, visit: Visit, form: Form, feel: str) -> str:
    wanted = Wanted(feel=feel or None, columns=(), limit=1)
    page = list_records(services, visit.act(), form, wanted)
    if not isinstance(page, Page) or page.total is None:
        return ""
    more = "" if page.total_is_exact else "+"
    say = sayer(visit.locale)
    return say("符合的有 {n} 条", n=f"{page.total:,}{more}")


def _pipeline() -> str:
    chosen = request.args.get("pipeline", "")
    return f"&pipeline={chosen}" if chosen.isidentifier() else ""
