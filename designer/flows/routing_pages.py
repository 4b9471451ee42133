"""How do sentences about routing become a decision table and a rule of the draft?"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from designer.drafts.editing import Edited, Overtaken, edit_draft, open_held
from designer.forms.parts import file_of
from designer.grid.values import file_of as table_file
from designer.plain_words import refusals
from engine.app import Form
from engine.editing.apply import Refused
from engine.editing.draft import Draft
from engine.editing.edits import AddFile, AnyEdit, Remove, Set
from engine.routing_words import Clause
from runtime.services import Services
from runtime.use_cases.pools.say_routing import hear_routing, name_of_table, routing_of, table_of
from runtime.web.answers import not_found
from runtime.web.guard import designer
from runtime.web.rules.routing_pages import LONGEST, clause_told
from runtime.web.showing import note, sayer
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the address by which sentences about routing come into the draft."""
    blueprint = Blueprint("design_routing", __name__, url_prefix="/design")

    @blueprint.record
    def known_to_pages(state: BlueprintSetupState) -> None:
        state.app.jinja_env.globals["routing_draft_url"] = routing_draft_url

    @blueprint.post("/<app>/<form>/routing")
    @designer
    def write_routing(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        held = open_held(services, app)
        found = held.draft.app.forms.get(form)
        if found is None:
            not_found()
        text = request.form.get("text", "")[:LONGEST]
        clauses, unclear = hear_routing(services, found, text)
        if unclear or not clauses:
            return redirect(url_for("routing.show_routing", app=app, form=form, text=text), 303)
        edits = tuple(edits_for(held.draft, found, clauses))
        done = edit_draft(services, visit.person, app, held.head.rev, edits)
        if not isinstance(done, Edited):
            _say_why(visit, done)
            return redirect(url_for("routing.show_routing", app=app, form=form, text=text), 303)
        _say_what(visit, clauses)
        table = name_of_table(found)
        return redirect(url_for("decisions.show_decision", app=app, decision=table), 303)

    return blueprint


def routing_draft_url(app: str, form: str) -> str:
    """Return where sentences about routing are sent to come into the draft."""
    return url_for("design_routing.write_routing", app=app, form=form)


def edits_for(draft: Draft, form: Form, clauses: tuple[Clause, ...]) -> Iterator[AnyEdit]:
    """Yield the edits, one step together: the table anew or as it was with other rows, and the
    routing of the form by it, with all else that the routing said before."""
    table, name = table_of(form, clauses), name_of_table(form)
    path = table_file(name)
    if name not in draft.app.decisions:
        yield AddFile(path=path, value=table)
    else:
        yield from (
            Set(target=(path, key), value=table[key]) for key in ("inputs", "outputs", "rules")
        )
        if "partial" in table:
            yield Set(target=(path, "partial"), value=True)
        elif draft.exists((path, "partial")):
            yield Remove(target=(path, "partial"))
    place = file_of(draft, form.id)
    if form.definition.routing is None:
        yield Set(target=(place, "routing"), value=routing_of(form))
    elif form.definition.routing.decision != name:
        yield Set(target=(place, "routing", "decision"), value=name)


def _say_what(visit: Visit, clauses: tuple[Clause, ...]) -> None:
    told = "；".join(clause_told(clause, visit.locale) for clause in clauses)
    note(sayer(visit.locale)("已写进草稿，可以撤销：{told}", told=told))


def _say_why(visit: Visit, done: Refused | Overtaken) -> None:
    if isinstance(done, Refused):
        for text in refusals(done.problems, visit.locale):
            note(text, "red")
    else:
        note(sayer(visit.locale)("刚刚有人改过这里，请再试一次"), "red")
