"""How does an administrator give the work of somebody who goes to somebody else?"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.administer_people import person_known
from runtime.use_cases.filter_choices import people_to_choose
from runtime.use_cases.hand_over import hand_over, left_behind
from runtime.use_cases.hand_over_fields import Wish, ask_to_hand_over
from runtime.use_cases.take_over import take_over_duties, take_over_tasks
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import administrator
from runtime.web.people.left_view import followed_shown, left_shown
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

TO = "to-"
NO_FOLLOWER = Message("请至少为一个字段选择接手的同事")
NOBODY = Message("请选择一位在职的同事")


def pages(services: Services) -> Blueprint:
    """Return the page on which work changes hands."""
    blueprint = Blueprint("hand_over", __name__)

    @blueprint.get("/admin/people/<id>/work")
    @administrator
    def show_work(visit: Visit, id: str) -> ResponseReturnValue:
        return _page(services, visit, id)

    @blueprint.post("/admin/people/<id>/work")
    @administrator
    def give_work(visit: Visit, id: str) -> ResponseReturnValue:
        to = request.form.get("owner", "")
        if to == id or to not in dict(people_to_choose(services)):
            return _page(services, visit, id, NOBODY), 422
        _give(services, visit, id, to)
        return redirect(f"/admin/people/{id}/work", 303)

    @blueprint.post("/admin/people/<id>/work/fields")
    @administrator
    def give_fields(visit: Visit, id: str) -> ResponseReturnValue:
        followers = _followers(services, id)
        if not followers:
            return _page(services, visit, id, field_error=NO_FOLLOWER), 422
        _follow(services, visit, id, followers)
        return redirect(f"/admin/people/{id}/work#fields", 303)

    return blueprint


def _followers(services: Services, id_: str) -> dict[str, str]:
    """Return who was chosen for which field, as far as they are there to be chosen."""
    known = dict(people_to_choose(services))
    sent = ((key[len(TO) :], to) for key, to in request.form.items() if key.startswith(TO))
    return {path: to for path, to in sent if to in known and to != id_}


def _follow(services: Services, visit: Visit, id_: str, followers: dict[str, str]) -> None:
    reason = request.form.get("reason", "").strip() or sayer(visit.locale)("工作交接")
    act = visit.act("bulk", reason, key_of(request.form))
    everything = "everything" in request.form
    ask_to_hand_over(services, act, Wish(person=id_, followers=followers, everything=everything))


def _give(services: Services, visit: Visit, id_: str, to: str) -> None:
    say = sayer(visit.locale)
    reason = request.form.get("reason", "").strip() or say("工作交接")
    act = visit.act("bulk", reason, key_of(request.form))
    done, left = hand_over(services, act, id_, to, "everything" in request.form)
    note(say("{n} 条记录已移交", n=done))
    if left:
        note(say("{n} 条没有移交成功，请逐条处理", n=left), "red")
    if "tasks" in request.form:
        to_dos, approvals = take_over_tasks(services, act, id_, to)
        note(say("{n} 条待办和 {m} 条审批已交接", n=to_dos, m=approvals))
    if "duties" in request.form and (duties := take_over_duties(services, id_, to)):
        note(say("{n} 项职责已交接", n=duties))


def _page(
    services: Services,
    visit: Visit,
    id_: str,
    error: Message | None = None,
    field_error: Message | None = None,
) -> str:
    known = person_known(services, id_)
    if known is None:
        abort(404)
    left = left_behind(services, visit.act(), id_)
    choices = people_to_choose(services)
    return show(
        services,
        visit,
        "admin/work.html",
        active="people",
        person=known[0],
        left=left,
        successor=dict(choices).get(left.successor or ""),
        people=[each for each in choices if each[0] != id_],
        error=error,
        field_error=field_error,
        local=services.local,
        **left_shown(services, visit, id_, left),
        **followed_shown(services, visit, id_),
    )
