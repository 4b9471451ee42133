"""How does a program ask why a record looks and behaves as it does?"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from engine.app import Form
from engine.expressions.builtins.text import shown
from engine.outcomes import Denied, Missing
from engine.why.parts import Part
from engine.wording import Message
from runtime.use_cases.ask_why import Answer, Asked, Granted, Why, ask_why
from runtime.use_cases.list_records import BadQuestion
from runtime.web.api.answers import answer, bad_question, missing, problem
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes


def add_why(routes: Routes) -> None:
    """Add the address of explanations."""
    routes.add_for_form("GET", f"{ROOT}/records/<id>/why", why)


def why(caller: Caller, form: Form, id: str) -> Response:
    """Answer with every rule, right and view of a record, or with the rule `of`, or with a
    filter in `feel`; for oneself or for `person`."""
    subject, person = request.args.get("of"), request.args.get("person")
    asked = Asked(subject=subject, person=person, feel=request.args.get("feel"))
    found = ask_why(caller.services, caller.act, form, id, asked)
    if isinstance(found, Missing):
        return missing(caller.say)
    if isinstance(found, BadQuestion):
        return bad_question(found, caller.say)
    if isinstance(found, Denied):
        return problem(403, caller.say(found.message))
    return answer(
        {
            "rules": [_rule(found, one, caller) for one in found.answers],
            "rights": [_right(found, one) for one in found.rights],
        }
    )


def _rule(found: Why, one: Answer, caller: Caller) -> dict[str, Any]:
    subject = one.subject
    data = {
        "id": subject.id,
        "kind": subject.group,
        "label": caller.say(Message("{words}", words=subject.label)),
        "expression": subject.compiled.text,
        **_part(one.part),
    }
    return {**data, "at": str(subject.at)} if found.author else data


def _right(found: Why, one: Granted) -> dict[str, Any]:
    ground = one.ground
    data: dict[str, Any] = {
        "right": ground.right,
        "role": ground.role,
        "scope": ground.scope,
        "holds": ground.holds,
        "parts": [_part(one.part)] if one.part else [],
    }
    return {**data, "at": str(ground.at)} if found.author and ground.at else data


def _part(part: Part) -> dict[str, Any]:
    """Return a part of an expression; what the caller may not know is marked `kept_back`."""
    data: dict[str, Any] = {"text": part.text, "value": _value(part), "kept_back": not part.shown}
    if part.item is not None:
        data["item"] = part.item
    return {**data, "parts": [_part(one) for one in part.parts]}


def _value(part: Part) -> Any:
    value = part.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple):
        return {"count": len(value)}
    return str(shown(value))
