"""How does a program look at what waits in a pool, take of it, and put back?"""

from __future__ import annotations

from datetime import datetime

from flask import Response, request

from engine.app import Form
from engine.outcomes import Denied
from engine.wording import Message
from runtime.limits import LONGEST_PAGE
from runtime.use_cases.pools.claim_record import claim_record
from runtime.use_cases.pools.list_pool import list_pool
from runtime.use_cases.pools.release_record import release_record
from runtime.web.api.answers import answer, outcome_answer, problem, record_data, refused
from runtime.web.api.bodies import ReleaseBody
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes


def add_pools(routes: Routes) -> None:
    """Add the addresses of pools."""
    routes.add_for_form("GET", f"{ROOT}/pool", pool)
    routes.add_for_form("POST", f"{ROOT}/records/<id>/claim", claim)
    routes.add_for_form("POST", f"{ROOT}/records/<id>/release", release, ReleaseBody)


def pool(caller: Caller, form: Form) -> Response:
    """Answer with what waits, without the fields that are hidden there."""
    limit = request.args.get("limit", "50")
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit) <= LONGEST_PAGE:
        return problem(400, caller.say(Message("每页 1 到 {most} 条", most=LONGEST_PAGE)))
    after = _after(request.args.get("after"))
    found = list_pool(caller.services, caller.act, form, int(limit), after)
    if isinstance(found, Denied):
        return refused(form, found, caller.say)
    listed = [record_data(form, record) for record in found.records]
    for one in listed:
        one["values"] = {id_: one["values"][id_] for id_ in found.columns}
    room = {"today": found.room.today, "held": found.room.held, "most": found.room.most}
    then = f"{found.next[0].isoformat()}|{found.next[1]}" if found.next else None
    return answer({"records": listed, "count": found.count, "next": then, "room": room})


def claim(caller: Caller, form: Form, id: str) -> Response:
    """Take a record."""
    return outcome_answer(form, claim_record(caller.services, caller.act, form, id), caller)


def release(caller: Caller, form: Form, body: ReleaseBody, id: str) -> Response:
    """Put a record back."""
    act = caller.because(body.reason)
    outcome = release_record(caller.services, act, form, id)
    return outcome_answer(form, outcome, caller)


def _after(text: str | None) -> tuple[datetime, str] | None:
    moment, _, id_ = (text or "").partition("|")
    try:
        return (datetime.fromisoformat(moment), id_) if id_ else None
    except ValueError:
        return None
