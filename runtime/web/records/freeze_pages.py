"""Where does one see what is frozen in an app, and lift it?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Denied, Missing
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.freezes import Frozen
from runtime.use_cases.rules.freezing import Standing, lift_freeze, subject_form, what_is_frozen
from runtime.web.answers import forbidden, moved_on, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.records.ask_sheet import Question, ask, complaints_of
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the list of what is frozen, and the question before it is lifted."""
    blueprint = Blueprint("freezes", __name__)

    @blueprint.get("/freezes/<app>")
    @signed_in
    def show_frozen(visit: Visit, app: str) -> ResponseReturnValue:
        standing = _standing(services, visit, app)
        return show(
            services,
            visit,
            "rules/frozen.html",
            app=app,
            active="freezes",
            frozen=[_line(services, visit, standing, one) for one in standing.frozen],
            ended=[_line(services, visit, standing, one) for one in standing.ended],
        )

    @blueprint.get("/freezes/<app>/<freeze>/lift")
    @signed_in
    def ask_why_lifted(visit: Visit, app: str, freeze: str) -> ResponseReturnValue:
        standing = _standing(services, visit, app)
        if freeze not in standing.liftable:
            not_found()
        return _asked(services, visit, standing, freeze)

    @blueprint.post("/freezes/<app>/<freeze>/lift")
    @signed_in
    def lift(visit: Visit, app: str, freeze: str) -> ResponseReturnValue:
        act = visit.act("form", key=key_of(request.form))
        outcome = lift_freeze(services, act, freeze, request.form.get("reason"))
        if isinstance(outcome, Missing):
            not_found()
        if isinstance(outcome, Frozen):
            note(sayer(visit.locale)("已解除冻结"))
            return moved_on(f"/freezes/{app}")
        standing = _standing(services, visit, app)
        return _asked(services, visit, standing, freeze, complaints_of(outcome))

    return blueprint


def _standing(services: Services, visit: Visit, app: str) -> Standing:
    found = what_is_frozen(services, visit.act(), app)
    if isinstance(found, Missing):
        not_found()
    if isinstance(found, Denied):
        forbidden()
    return found


def _asked(
    services: Services,
    visit: Visit,
    standing: Standing,
    freeze: str,
    complaints: tuple[Message, ...] = (),
) -> ResponseReturnValue:
    frozen = next((one for one in standing.frozen if one.id == freeze), None)
    if frozen is None:
        not_found()
    say, here = sayer(visit.locale), f"/freezes/{standing.app.id}"
    question = Question(
        heading=say("解除冻结"),
        action=f"{here}/{freeze}/lift",
        base=here,
        button=say("解除"),
        text=frozen.reason.fill(translate(visit.locale), visit.locale),
        ask_reason=say("解除的原因"),
    )
    return ask(services, visit, _form(standing, frozen), question, complaints)


def _form(standing: Standing, frozen: Frozen) -> Form:
    return standing.app.forms.get(frozen.form) or not_found()


def _line(services: Services, visit: Visit, standing: Standing, one: Frozen) -> dict[str, Any]:
    app, locale = standing.app, visit.locale
    form, there = app.forms.get(one.form), subject_form(app, one)
    rule = app.rules.get(one.rule)
    name = standing.names.get(one.subject)
    return {
        "form": words(form.definition.label, locale) if form else one.form,
        "name": name or sayer(locale)("无权查看的记录"),
        "href": f"/a/{app.id}/{there.id}/{one.subject}" if there and name else None,
        "reason": one.reason.fill(translate(locale), locale),
        "way_on": one.way_on.fill(translate(locale), locale) if one.way_on else "",
        "rule": words(rule.definition.label, locale) if rule else one.rule,
        "at": f"{services.local(one.at):%Y-%m-%d %H:%M}",
        "lift": f"/freezes/{app.id}/{one.id}/lift" if one.id in standing.liftable else None,
        "ended": f"{services.local(one.ended_at):%Y-%m-%d %H:%M}" if one.ended_at else "",
        "ended_by": standing.names.get(one.ended_by or "") or sayer(locale)("规则"),
        "ended_reason": one.ended_reason or "",
    }
