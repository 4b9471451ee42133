"""How does a program see what is frozen, lift it, and see points?"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from engine.outcomes import Denied, Invalid, Missing
from engine.wording import words
from runtime.store.freezes import Frozen
from runtime.use_cases.rules.freezing import lift_freeze, what_is_frozen
from runtime.use_cases.rules.points import ScoreWanted, score
from runtime.web.api.answers import answer, missing, problem
from runtime.web.api.bodies import ReleaseBody, read_body
from runtime.web.api.caller import Caller
from runtime.web.api.routes import Routes


def add_ruled(routes: Routes) -> None:
    """Add the addresses of what rules keep."""
    routes.add("GET", "/api/v1/apps/<app>/freezes", freezes)
    routes.add("POST", "/api/v1/freezes/<freeze>/lift", lift)
    routes.add("GET", "/api/v1/apps/<app>/points", points)


def freezes(caller: Caller, app: str) -> Response:
    """Answer with what is frozen now."""
    found = what_is_frozen(caller.services, caller.act, app)
    if isinstance(found, Missing):
        return missing(caller.say)
    if isinstance(found, Denied):
        return problem(403, caller.say(found.message))
    return answer({"freezes": [_frozen(caller, one) for one in found.frozen]})


def lift(caller: Caller, freeze: str) -> Response:
    """Lift one, with a reason."""
    sent = read_body(request, ReleaseBody, caller.say)
    if isinstance(sent, Response):
        return sent
    outcome = lift_freeze(caller.services, caller.act, freeze, sent.reason)
    match outcome:
        case Frozen():
            return answer(_frozen(caller, outcome))
        case Denied(message=message):
            return problem(403, caller.say(message))
        case Invalid(complaints=complaints):
            said = [caller.say(one) for every in complaints.values() for one in every]
            return problem(422, said[0])
    return missing(caller.say)


def points(caller: Caller, app: str) -> Response:
    """Answer with one's own points, and everybody's for those who may see them."""
    wanted = ScoreWanted(ledger=request.args.get("ledger"), month=request.args.get("span") != "all")
    found = score(caller.services, caller.act, app, wanted)
    if isinstance(found, Missing):
        return missing(caller.say)
    booked = [
        {
            "id": one.id,
            "points": one.points,
            "text": caller.say(one.text),
            "form": one.form,
            "record": one.record,
            "at": one.at,
        }
        for one in found.booked
    ]
    ranking = None
    if found.ranking is not None:
        ranking = [{"person": person, "points": sum_} for person, sum_ in found.ranking]
    label = words(found.ledger.label, caller.actor.locale)
    own = {"balance": found.balance, "this_month": found.this_month, "booked": booked}
    return answer({"ledger": found.ledger.id, "label": label, **own, "ranking": ranking})


def _frozen(caller: Caller, one: Frozen) -> dict[str, Any]:
    return {
        "id": one.id,
        "app": one.app,
        "form": one.form,
        "by": one.by,
        "subject": one.subject,
        "rule": one.rule,
        "reason": caller.say(one.reason),
        "way_on": caller.say(one.way_on) if one.way_on else None,
        "at": one.at,
        "lifted_at": one.ended_at,
    }
