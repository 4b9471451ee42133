"""How does a program ask for counts and sums?"""

from __future__ import annotations

from flask import Response, request

from engine.app import Form
from engine.outcomes import Denied
from engine.wording import Message
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.list_records import BadQuestion, Wanted
from runtime.web.api.answers import answer, bad_question, problem, refused
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT, json_of, names_of
from runtime.web.api.routes import Routes


def add_totals(routes: Routes) -> None:
    """Add the address of totals."""
    routes.add_for_form("GET", f"{ROOT}/aggregate", aggregate)


def aggregate(caller: Caller, form: Form) -> Response:
    """Answer with one line for each group."""
    asked = request.args
    tree = json_of(asked.get("filter"))
    if isinstance(tree, Message):
        return problem(400, caller.say(tree))
    result = aggregate_records(
        caller.services,
        caller.act,
        form,
        Wanted(filter=tree, search=asked.get("search") or None),
        by=names_of(asked.get("by")),
        measures=names_of(asked.get("measures")) or ("count",),
    )
    if isinstance(result, Denied):
        return refused(form, result, caller.say)
    if isinstance(result, BadQuestion):
        return bad_question(result, caller.say)
    return answer({"groups": result})
