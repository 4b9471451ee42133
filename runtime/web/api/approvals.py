"""How does a program submit records for approval, and decide on what waits for its person?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Response, request

from engine.app import Form
from engine.approvals.run import Seat, Visit
from engine.forms.submission import read_json
from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal, Submission
from engine.wording import Message, words
from runtime.limits import MOST_AT_ONCE
from runtime.store.delegations import Delegation
from runtime.store.tasks import Task
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import (
    Choice,
    decide_approval,
    urge_approval,
    withdraw_approval,
)
from runtime.use_cases.approvals.decide_many import decide_many
from runtime.use_cases.approvals.delegate import (
    Handing,
    delegate,
    own_delegations,
    revoke_delegation,
)
from runtime.use_cases.approvals.read_approval import Seen, approval_seen, approvals_of, step_of
from runtime.use_cases.approvals.submit_approval import Wish, submit_approval
from runtime.use_cases.inbox import KINDS, Looking, inbox, own_line
from runtime.web.api.answers import answer, missing, problem, reason_data
from runtime.web.api.bodies import (
    DecideBody,
    DecideManyBody,
    DelegateBody,
    ReasonBody,
    SubmitBody,
    read_body,
)
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes

WITHOUT_ZONE = Message("时间要带时区，如 2026-03-02T09:00:00+08:00")


def add_approvals(routes: Routes) -> None:
    """Add the addresses of approvals, tasks and delegations."""
    one = f"{ROOT}/records/<id>/approvals"
    routes.add_for_form("GET", one, approvals)
    routes.add_for_form("POST", one, submit, SubmitBody)
    routes.add("GET", "/api/v1/approvals/<id>", approval)
    routes.add("POST", "/api/v1/approvals/<id>/withdraw", withdraw)
    routes.add("POST", "/api/v1/approvals/<id>/urge", urge)
    routes.add("GET", "/api/v1/tasks", tasks)
    routes.add("POST", "/api/v1/tasks", decide_several)
    routes.add("POST", "/api/v1/tasks/<id>", decide)
    routes.add("GET", "/api/v1/delegations", delegations)
    routes.add("POST", "/api/v1/delegations", hand_over)
    routes.add("DELETE", "/api/v1/delegations/<id>", revoke)


def approvals(caller: Caller, form: Form, id: str) -> Response:
    """Answer with the approvals of a record, latest first."""
    found = approvals_of(caller.services, caller.act, form, id)
    if isinstance(found, Missing):
        return missing(caller.say)
    return answer({"approvals": [_approval(caller, one) for one in found]})


def submit(caller: Caller, form: Form, body: SubmitBody, id: str) -> Response:
    """Begin an approval."""
    chosen = {step: tuple(people) for step, people in body.chosen.items()}
    wish = Wish(remark=body.remark, chosen=chosen)
    outcome = submit_approval(caller.services, caller.act, form, id, body.workflow, wish)
    return _answered(caller, outcome, 201)


def approval(caller: Caller, id: str) -> Response:
    """Answer with one approval."""
    seen = approval_seen(caller.services, caller.act, id)
    return missing(caller.say) if isinstance(seen, Missing) else answer(_approval(caller, seen))


def withdraw(caller: Caller, id: str) -> Response:
    """Take back what one submitted."""
    body = read_body(request, ReasonBody, caller.say)
    if isinstance(body, Response):
        return body
    outcome = withdraw_approval(caller.services, caller.act, id, body.reason)
    return _answered(caller, outcome)


def urge(caller: Caller, id: str) -> Response:
    """Ask those who must decide to hurry."""
    return _answered(caller, urge_approval(caller.services, caller.act, id))


def tasks(caller: Caller) -> Response:
    """Answer with what the person has in a box: `todo`, `approve`, `cc` or `done`."""
    box = request.args.get("box", "approve")
    if box not in KINDS:
        return problem(400, caller.say(Message("box 只能是 {boxes}", boxes=list(KINDS))))
    skip = request.args.get("skip", "0")
    if not (skip.isascii() and skip.isdigit() and len(skip) < 7):
        return problem(400, caller.say(Message("skip 应为整数")))
    found = inbox(caller.services, caller.act, Looking(box=box, skip=int(skip)))  # type: ignore[arg-type]  # one of its words
    listed = [{**_task(caller, line.task), "about": line.about} for line in found.lines]
    return answer({"tasks": listed, "total": found.total})


def decide(caller: Caller, id: str) -> Response:
    """Do something with one's own task."""
    body = read_body(request, DecideBody, caller.say)
    if isinstance(body, Response):
        return body
    line = own_line(caller.services, caller.act, id)
    if isinstance(line, Missing):
        return missing(caller.say)
    outcome = decide_approval(caller.services, caller.act, id, _choice(line.form, body))
    return _answered(caller, outcome)


def decide_several(caller: Caller) -> Response:
    """Decide alike on several tasks; each has an answer of its own."""
    body = read_body(request, DecideManyBody, caller.say)
    if isinstance(body, Response):
        return body
    if len(body.tasks) > MOST_AT_ONCE:
        return problem(422, caller.say(Message("一次最多 {most} 条", most=MOST_AT_ONCE)))
    act = replace(caller.act, door="bulk")
    choice = Choice(verb=body.do, opinion=body.opinion)
    results = []
    for id_, outcome in decide_many(caller.services, act, body.tasks, choice):
        response = _answered(caller, outcome)
        results.append({"id": id_, "status": response.status_code, "answer": response.get_json()})
    return answer({"results": results})


def delegations(caller: Caller) -> Response:
    """Answer with who stands in for the person, and for whom the person stands in."""
    found = own_delegations(caller.services, caller.act)
    handed, taken = ([_delegation(one) for one in each] for each in (found.handed, found.taken))
    return answer({"handed": handed, "taken": taken})


def hand_over(caller: Caller) -> Response:
    """Let somebody else decide for a time."""
    body = read_body(request, DelegateBody, caller.say)
    if isinstance(body, Response):
        return body
    starts_at, ends_at = _utc(body.starts_at), _utc(body.ends_at)
    if starts_at is None or ends_at is None:
        return problem(422, caller.say(WITHOUT_ZONE))
    handing = Handing(
        stand_in=body.stand_in,
        app=body.app,
        workflow=body.workflow,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=body.reason,
    )
    made = delegate(caller.services, caller.act, handing)
    if isinstance(made, Invalid):
        return _complaints(caller, made.complaints)
    return answer(_delegation(made), 201)


def revoke(caller: Caller, id: str) -> Response:
    """End what one handed to somebody."""
    if isinstance(revoke_delegation(caller.services, caller.act, id), Missing):
        return missing(caller.say)
    return answer({"id": id})


def _utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else None
    except OverflowError:
        return None


def _choice(form: Form | None, body: DecideBody) -> Choice:
    given: Submission | None = read_json(form, body.values) if form and body.values else None
    return Choice(
        verb=body.do,
        opinion=body.opinion,
        submission=given,
        chosen={step: tuple(people) for step, people in body.chosen.items()},
        people=tuple(body.people),
        to=body.to,
        resubmit=body.resubmit,
        place=body.place,
        signature=body.signature,
        password=body.password,
    )


def _answered(caller: Caller, outcome: Answer, status: int = 200) -> Response:
    if isinstance(outcome, Settled):
        seen = approval_seen(caller.services, caller.act, outcome.approval.id)
        if isinstance(seen, Missing):
            # Whoever has decided may not see the record any more.
            return answer(_bare(outcome), status)
        return answer(_approval(caller, seen), status)
    return _no(caller, outcome)


def _no(caller: Caller, outcome: Answer) -> Response:
    match outcome:
        case Refusal(reasons=reasons):
            listed = [reason_data(reason, caller.say) for reason in reasons]
            return problem(409, caller.say(Message("没有做成")), reasons=listed)
        case Denied(message=message):
            return problem(403, caller.say(message))
        case Invalid(complaints=complaints):
            return _complaints(caller, complaints)
        case Conflict():
            return problem(409, caller.say(Message("刚被别人处理，请刷新后再看")))
        case _:
            return missing(caller.say)


def _complaints(caller: Caller, found: Mapping[str, tuple[Message, ...]]) -> Response:
    said = {name: [caller.say(one) for one in why] for name, why in found.items()}
    return problem(422, caller.say(Message("有内容需要修改")), complaints=said)


def _bare(settled: Settled) -> dict[str, Any]:
    one = settled.approval
    return {
        "id": one.id,
        "app": one.app,
        "form": one.form,
        "record": one.record,
        "workflow": one.workflow,
        "state": one.state,
        "outcome": one.outcome,
        "submitter": one.submitter,
        "opened_at": one.opened_at,
        "ended_at": one.ended_at,
    }


def _approval(caller: Caller, seen: Seen) -> dict[str, Any]:
    label = words(seen.workflow.definition.label, caller.actor.locale)
    own = [{**_task(caller, one.task), "verbs": list(one.verbs)} for one in seen.own]
    return {
        **_bare(Settled(seen.approval)),
        "label": label,
        "steps": [_visit(caller, seen, visit) for visit in seen.run.visits],
        "tasks": own,
    }


def _visit(caller: Caller, seen: Seen, visit: Visit) -> dict[str, Any]:
    step = step_of(seen.workflow, visit.step)
    return {
        "step": visit.step,
        "label": words(step.label, caller.actor.locale) if step else visit.step,
        "state": visit.state,
        "outcome": visit.outcome,
        "opened_at": visit.opened_at,
        "ended_at": visit.ended_at,
        "due": visit.due,
        "people": [_seat(seen.names, seat) for seat in visit.seats],
    }


def _seat(names: Mapping[str, str], seat: Seat) -> dict[str, Any]:
    shown = ("person", "kind", "state", "outcome", "why", "by", "instead_of", "opened_at",
             "ended_at", "opinion")  # fmt: skip
    return {"name": names.get(seat.person), **{name: getattr(seat, name) for name in shown}}


def _task(caller: Caller, task: Task) -> dict[str, Any]:
    shown = ("id", "kind", "app", "form", "record", "approval", "step", "due", "state", "outcome",
             "opened_at", "ended_at", "note")  # fmt: skip
    return {"title": caller.say(task.title), **{name: getattr(task, name) for name in shown}}


def _delegation(one: Delegation) -> dict[str, Any]:
    shown = ("id", "person", "stand_in", "app", "workflow", "starts_at", "ends_at", "reason")
    return {name: getattr(one, name) for name in shown}
