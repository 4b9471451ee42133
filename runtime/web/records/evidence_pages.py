"""How is evidence handed in and judged on the record page?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Denied, Invalid, Missing, Saved
from runtime.services import Services
from runtime.use_cases.attach_evidence import Attached, attach_evidence, review_evidence
from runtime.use_cases.once import part_of
from runtime.web.answers import form_at, moved_on, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.records.ask_sheet import Question, ask, complaints_of
from runtime.web.records.gate_pages import handed_at
from runtime.web.showing import note, sayer
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the addresses for evidence."""
    blueprint = Blueprint("evidence", __name__)

    @blueprint.post("/a/<app>/<form>/<id>/evidence")
    @signed_in
    def hand_in(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        item, position = request.form.get("item", ""), request.form.get("position", "")
        act = visit.act("form", key=key_of(request.form))
        outcome: Attached = Missing()
        for file in request.form.getlist("file"):
            handed = handed_at(item, file, position)
            outcome = attach_evidence(services, part_of(act, file), found, id, handed)
            if not isinstance(outcome, Saved):
                break
        return _done(services, visit, f"/a/{app}/{form}/{id}", outcome)

    @blueprint.get("/a/<app>/<form>/<id>/evidence/<piece>/reject")
    @signed_in
    def ask_why(visit: Visit, app: str, form: str, id: str, piece: str) -> ResponseReturnValue:
        base = f"/a/{app}/{form}/{id}"
        return ask(services, visit, form_at(services, app, form), _why(visit, base, piece))

    @blueprint.post("/a/<app>/<form>/<id>/evidence/<piece>")
    @signed_in
    def judge(visit: Visit, app: str, form: str, id: str, piece: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        base = f"/a/{app}/{form}/{id}"
        reason = request.form.get("reason", "").strip() or None
        verdict = "accepted" if request.form.get("verdict") == "accepted" else "rejected"
        act = visit.act("form", reason=reason, key=key_of(request.form))
        outcome = review_evidence(services, act, found, id, piece, verdict)  # type: ignore[arg-type]  # one of the two words
        if isinstance(outcome, Invalid | Denied):
            question = _why(visit, base, piece)
            return ask(services, visit, found, question, complaints_of(outcome))
        return _done(services, visit, base, outcome)

    return blueprint


def _why(visit: Visit, base: str, piece: str) -> Question:
    say = sayer(visit.locale)
    return Question(
        heading=say("退回凭证"),
        action=f"{base}/evidence/{piece}",
        base=base,
        button=say("退回"),
        ask_reason=say("退回的原因"),
        danger=True,
    )


def _done(services: Services, visit: Visit, base: str, outcome: Attached) -> ResponseReturnValue:
    if isinstance(outcome, Missing):
        not_found()
    if isinstance(outcome, Invalid | Denied):
        say = sayer(visit.locale)
        for message in complaints_of(outcome):
            note(say(message.text, **message.args), "red")
    return moved_on(f"{base}#panel-missing", ok=isinstance(outcome, Saved))
