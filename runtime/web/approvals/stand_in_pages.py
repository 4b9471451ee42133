"""How does somebody let others decide for a time, and keep the words they use again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Invalid, Missing
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.delegations import Delegation
from runtime.use_cases.approvals.delegate import (
    Handing,
    delegate,
    own_delegations,
    revoke_delegation,
)
from runtime.use_cases.name_values import name_people
from runtime.use_cases.own_phrases import forget_phrase, keep_phrase, own_phrases
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.forms.dressing import Pick
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

HERE = "/me/approvals"
MOMENT = "%Y-%m-%dT%H:%M"
LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One delegation as a line of the page."""

    id: str
    who: str
    what: str
    span: str
    reason: str
    now: bool
    """It holds at this moment."""


def pages(services: Services) -> Blueprint:
    """Return the page on which somebody sets up how they decide."""
    blueprint = Blueprint("stand_in", __name__)
    _add_delegations(blueprint, services)
    _add_phrases(blueprint, services)
    return blueprint


def _add_delegations(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get(HERE)
    @signed_in
    def show_settings(visit: Visit) -> ResponseReturnValue:
        return _page(services, visit)

    @blueprint.post(HERE)
    @signed_in
    def hand(visit: Visit) -> ResponseReturnValue:
        wanted = _wanted(services, visit)
        outcome = delegate(services, visit.act(), wanted) if not isinstance(wanted, dict) else None
        if isinstance(outcome, Delegation):
            note(sayer(visit.locale)("已委托"))
            return redirect(HERE, 303)
        wrong = wanted if isinstance(wanted, dict) else _complaints(outcome)
        return _page(services, visit, wrong), UNPROCESSABLE

    @blueprint.post(f"{HERE}/<id>/end")
    @signed_in
    def end(visit: Visit, id: str) -> ResponseReturnValue:
        if isinstance(revoke_delegation(services, visit.act(), id), Missing):
            not_found()
        note(sayer(visit.locale)("委托已取消"))
        return redirect(HERE, 303)


def _add_phrases(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post(f"{HERE}/phrases")
    @signed_in
    def keep(visit: Visit) -> ResponseReturnValue:
        wrong = keep_phrase(services, visit.act(), request.form.get("text", ""))
        if wrong is not None:
            return _page(services, visit, wrong.complaints), UNPROCESSABLE
        return redirect(f"{HERE}#phrases", 303)

    @blueprint.post(f"{HERE}/phrases/<id>/remove")
    @signed_in
    def forget(visit: Visit, id: str) -> ResponseReturnValue:
        if isinstance(forget_phrase(services, visit.act(), id), Missing):
            not_found()
        return redirect(f"{HERE}#phrases", 303)


Complaints = dict[str, tuple[Message, ...]]


def _complaints(outcome: Invalid | None) -> Any:
    return outcome.complaints if outcome is not None else {}


def _wanted(services: Services, visit: Visit) -> Handing | Complaints:
    zone = ZoneInfo(services.settings.zone)
    sent, wrong = request.form, dict[str, tuple[Message, ...]]()
    moments = {name: _moment(sent.get(name, ""), zone) for name in ("starts_at", "ends_at")}
    for name, at in moments.items():
        if at is None:
            wrong[name] = (Message("请填写日期和时间"),)
    starts_at, ends_at = moments["starts_at"], moments["ends_at"]
    if starts_at is None or ends_at is None:
        return wrong
    app, _, workflow = sent.get("what", "").partition(".")
    return Handing(
        stand_in=sent.get("stand_in", ""),
        app=app or None,
        workflow=workflow or None,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=sent.get("reason", "").strip()[:LONGEST_REASON] or None,
    )


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=zone)
    except ValueError:
        return None


def _page(services: Services, visit: Visit, wrong: Any = None) -> str:
    found = own_delegations(services, visit.act())
    named = {one.stand_in for one in found.handed} | {one.person for one in found.taken}
    names = name_people(services, (*named, request.form.get("stand_in", "")))
    into = translate(visit.locale)
    zone = ZoneInfo(services.settings.zone)
    return show(
        services,
        visit,
        "me/approvals.html",
        active="me",
        handed=[_shown(services, visit, one, names.get(one.stand_in, "")) for one in found.handed],
        taken=[_shown(services, visit, one, names.get(one.person, "")) for one in found.taken],
        phrases=own_phrases(services, visit.act()),
        picker=_picker(names, wrong or {}),
        subjects=list(_subjects(services, visit)),
        typed=request.form,
        begins=request.form.get("starts_at") or services.now().astimezone(zone).strftime(MOMENT),
        wrong={
            name: [one.fill(into, visit.locale) for one in messages]
            for name, messages in (wrong or {}).items()
        },
    )


def _shown(services: Services, visit: Visit, one: Delegation, who: str) -> Shown:
    zone, now = ZoneInfo(services.settings.zone), services.now()
    ends = (at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for at in (one.starts_at, one.ends_at))
    return Shown(
        id=one.id,
        who=who,
        what=_subject(services, visit, one),
        span=" – ".join(ends),
        reason=one.reason or "",
        now=one.starts_at <= now < one.ends_at,
    )


def _subject(services: Services, visit: Visit, one: Delegation) -> str:
    app = services.apps.get(one.app or "")
    if app is None:
        return sayer(visit.locale)("全部审批")
    label = words(app.definition.label, visit.locale)
    workflow = app.workflows.get(one.workflow or "")
    return f"{label} · {words(workflow.definition.label, visit.locale)}" if workflow else label


def _subjects(services: Services, visit: Visit) -> Iterator[tuple[str, str]]:
    for app in list(services.apps.values()):
        if not app.workflows:
            continue
        label = words(app.definition.label, visit.locale)
        yield app.id, sayer(visit.locale)("{app}的全部审批", app=label)
        for workflow in app.workflows.values():
            name = words(workflow.definition.label, visit.locale)
            yield f"{app.id}.{workflow.id}", f"{label} · {name}"


def _picker(names: Any, wrong: Any) -> SimpleNamespace:
    chosen = request.form.get("stand_in", "")
    picked = (Pick(chosen, names[chosen]),) if chosen in names else ()
    return SimpleNamespace(
        name="stand_in",
        html_id="in-stand_in",
        text=chosen,
        picked=picked,
        definition=SimpleNamespace(placeholder=None, help=None),
        complaints=wrong.get("stand_in", ()),
        required=True,
        in_row=False,
    )
