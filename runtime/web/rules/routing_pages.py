"""Where does somebody say in sentences to whom new records are given, and see what that means?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Denied, Missing
from engine.routing_words import Clause
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.pools.say_routing import Spoken, say_routing
from runtime.web.answers import forbidden, not_found
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit

LONGEST = 2_000


def pages(services: Services) -> Blueprint:
    """Return the page on which routing is written in sentences."""
    blueprint = Blueprint("routing", __name__)

    @blueprint.get("/routing/<app>/<form>")
    @signed_in
    def show_routing(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        text = request.args.get("text", "")[:LONGEST]
        found = say_routing(services, visit.act(), app, form, text)
        if isinstance(found, Missing):
            not_found()
        if isinstance(found, Denied):
            forbidden()
        values = _values(services, visit, found, text)
        status = 422 if found.unclear else 200
        return show(services, visit, "rules/routing.html", **values), status

    return blueprint


def _values(services: Services, visit: Visit, found: Spoken, text: str) -> dict[str, Any]:
    form = found.form
    told = [clause_told(clause, visit.locale) for clause in found.clauses]
    return {
        "app": form.app,
        "active": "rules",
        "form": form,
        "label": words(form.definition.label, visit.locale),
        "text": text,
        "clauses": told,
        "unclear": [_said(one.message, visit.locale) for one in found.unclear],
        "decision": found.decision,
        "decision_file": f"decisions/{form.id}_by_words.yaml",
        "form_file": f"forms/{form.id}.yaml",
        "routing": found.routing,
        "sample": [
            (f"/a/{form.app}/{form.id}/{id_}", title, told[rule] if rule is not None else "")
            for id_, title, rule in found.sample
        ],
    }


def clause_told(clause: Clause, locale: str) -> str:
    """Say in plain words who is given which records."""
    say = sayer(locale)
    names = ("、" if locale == "zh" else ", ").join(one.name for one in clause.people)
    if not clause.asked:
        return say("其他：分给{people}", people=names)
    both = say("且")
    asked = both.join(_said(one.words, locale) for one in clause.asked)
    return say("{asked}：分给{people}", asked=asked, people=names)


def _said(message: Message, locale: str) -> str:
    return message.fill(translate(locale), locale)
