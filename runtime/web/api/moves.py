"""How does a program move records through their stages, and hand in evidence?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from flask import Response, request

from engine.app import Form
from engine.forms.submission import read_json
from engine.outcomes import Missing, Refusal
from engine.wording import Message
from runtime.use_cases.advance_record import Step, advance_record, what_is_missing
from runtime.use_cases.attach_evidence import Handed, attach_evidence, review_evidence
from runtime.web.api.answers import answer, missing, outcome_answer, problem, reason_data
from runtime.web.api.bodies import AdvanceBody, HandedBody, ReviewBody
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes

BAD_PLACE = Message("位置或日期写得不对")


def add_moves(routes: Routes) -> None:
    """Add the addresses of stages and evidence."""
    one = f"{ROOT}/records/<id>"
    routes.add_for_form("POST", f"{one}/advance", advance, AdvanceBody)
    routes.add_for_form("GET", f"{one}/missing", what_misses)
    routes.add_for_form("POST", f"{one}/evidence", attach, HandedBody)
    routes.add_for_form("POST", f"{one}/evidence/<piece>/review", review, ReviewBody)


def advance(caller: Caller, form: Form, body: AdvanceBody, id: str) -> Response:
    """Fill in, hand in and move, all or nothing."""
    evidence = [_handed(piece) for piece in body.evidence]
    known = tuple(piece for piece in evidence if piece is not None)
    if len(known) < len(evidence):
        return problem(422, caller.say(BAD_PLACE))
    step = Step(
        target=body.to,
        submission=read_json(form, body.values) if body.values else None,
        evidence=known,
        version=body.version,
        override=body.override,
    )
    outcome = advance_record(caller.services, caller.because(body.reason), form, id, step)
    return outcome_answer(form, outcome, caller)


def what_misses(caller: Caller, form: Form, id: str) -> Response:
    """Answer with every reason why the next stage (or `to`) is not open."""
    found = what_is_missing(caller.services, caller.act, form, id, request.args.get("to"))
    if isinstance(found, Missing):
        return missing(caller.say)
    reasons = found.reasons if isinstance(found, Refusal) else ()
    return answer({"reasons": [reason_data(reason, caller.say) for reason in reasons]})


def attach(caller: Caller, form: Form, body: HandedBody, id: str) -> Response:
    """Hand in one piece of evidence."""
    handed = _handed(body)
    if handed is None:
        return problem(422, caller.say(BAD_PLACE))
    outcome = attach_evidence(caller.services, caller.act, form, id, handed)
    return outcome_answer(form, outcome, caller, 201)


def review(caller: Caller, form: Form, body: ReviewBody, id: str, piece: str) -> Response:
    """Accept or reject one piece of evidence."""
    act = caller.because(body.reason)
    outcome = review_evidence(caller.services, act, form, id, piece, body.verdict)
    return outcome_answer(form, outcome, caller)


def _handed(body: HandedBody) -> Handed | None:
    try:
        return Handed(
            item=body.item,
            file=body.file,
            latitude=_degrees(body.latitude),
            longitude=_degrees(body.longitude),
            expires_on=date.fromisoformat(body.expires_on) if body.expires_on else None,
        )
    except (InvalidOperation, ValueError):
        return None


def _degrees(text: str | None) -> Decimal | None:
    if text is None:
        return None
    degrees = Decimal(text)
    if not degrees.is_finite() or abs(degrees) > 180:
        raise ValueError(text)
    return degrees
