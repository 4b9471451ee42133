"""How does a person ask why a record looks and behaves as it does?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Denied, Missing
from runtime.services import Services
from runtime.use_cases.ask_why import Asked, Why, ask_why
from runtime.use_cases.list_records import BadQuestion
from runtime.use_cases.name_values import name_people
from runtime.web.answers import asked_by_module, forbidden, form_at, not_found, part
from runtime.web.forms.dressing import Pick
from runtime.web.forms.names import FormNames
from runtime.web.guard import signed_in
from runtime.web.showing import sayer, show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit
from runtime.web.why.view import Telling


def pages(services: Services) -> Blueprint:
    """Return the page of all rules of a record, and the sheet of one of them."""
    blueprint = Blueprint("why", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/why")
    @signed_in
    def why_record(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        subject = request.args.get("of")
        why = _asked(services, visit, found, id, subject)
        telling = _telling(services, visit, why)
        return (
            _page(services, visit, telling) if subject is None else _sheet(services, visit, telling)
        )

    return blueprint


def _asked(services: Services, visit: Visit, form: Form, id_: str, subject: str | None) -> Why:
    person = request.args.get("person") or None
    why = ask_why(
        services,
        visit.act("form"),
        form,
        id_,
        Asked(subject=subject, person=person, feel=request.args.get("feel")),
    )
    if isinstance(why, Missing | BadQuestion):
        not_found()
    if isinstance(why, Denied):
        forbidden()
    return why


def _telling(services: Services, visit: Visit, why: Why) -> Telling:
    cells = cells_for(services, visit, why.form, [why.record])
    return Telling(why, FormNames(services.apps, why.form), cells)


def _page(services: Services, visit: Visit, telling: Telling) -> str:
    why = telling.why
    return show(
        services,
        visit,
        "why.html",
        groups=telling.groups(),
        rights=telling.rights(),
        someone=_person_box(services, why) if why.author else None,
        **_place(telling),
    )


def _sheet(services: Services, visit: Visit, telling: Telling) -> ResponseReturnValue:
    if not telling.why.answers:
        not_found()
    rule = telling.rule(telling.why.answers[0])
    values = {**_place(telling), "rule": rule, "heading": sayer(visit.locale)("为什么？")}
    if asked_by_module():
        return part(show(services, visit, "why_sheet.html", nav=None, **values))
    return show(services, visit, "sheet_page.html", sheet="why_sheet.html", **values)


def _place(telling: Telling) -> dict[str, Any]:
    why = telling.why
    record, title = why.record, why.form.definition.title
    return {
        "app": why.app.id,
        "form": why.form,
        "base": f"/a/{record.app}/{record.form}/{record.id}",
        "title": telling.cells.text(why.form, title, record.values.get(title)) if title else "",
        "person": why.person,
        "author": why.author,
    }


def _person_box(services: Services, why: Why) -> SimpleNamespace:
    names = name_people(services, (why.person.id,))
    return SimpleNamespace(
        name="person",
        html_id="in-person",
        text=why.person.id,
        picked=tuple(Pick(id_, name) for id_, name in names.items()),
        definition=SimpleNamespace(placeholder=None, help=None),
        complaints=(),
        required=False,
        in_row=False,
    )
