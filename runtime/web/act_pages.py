"""How is a record transferred, deleted, restored and commented on?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.comment_record import comment_record
from runtime.use_cases.delete_record import delete_record, restore_record
from runtime.use_cases.transfer_record import transfer_record
from runtime.web.answers import form_at, moved_on, not_found
from runtime.web.ask_sheet import Question, ask, complaints_of
from runtime.web.guard import signed_in
from runtime.web.showing import note, sayer
from runtime.web.visit import Visit

CHANGED = Message("其他人刚刚修改了这条记录，请刷新后再试")


def pages(services: Services) -> Blueprint:
    """Return what is done to a whole record."""
    blueprint = Blueprint("acts", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/transfer")
    @signed_in
    def ask_whom(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        question = _whom(visit, f"/a/{app}/{form}/{id}")
        return ask(services, visit, form_at(services, app, form), question)

    @blueprint.post("/a/<app>/<form>/<id>/transfer")
    @signed_in
    def transfer(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found, base = form_at(services, app, form), f"/a/{app}/{form}/{id}"
        act = visit.act("form", reason=request.form.get("reason", "").strip() or None)
        outcome = transfer_record(services, act, found, id, request.form.get("owner", ""))
        if isinstance(outcome, Saved):
            note(sayer(visit.locale)("已转移"))
            return moved_on(_still_seen(base))
        return _not_done(services, visit, found, _whom(visit, base), outcome)

    @blueprint.get("/a/<app>/<form>/<id>/delete")
    @signed_in
    def ask_delete(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        question = _sure(visit, f"/a/{app}/{form}/{id}")
        return ask(services, visit, form_at(services, app, form), question)

    @blueprint.post("/a/<app>/<form>/<id>/delete")
    @signed_in
    def delete(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found, base = form_at(services, app, form), f"/a/{app}/{form}/{id}"
        act = visit.act("form", reason=request.form.get("reason", "").strip() or None)
        outcome = delete_record(services, act, found, id)
        if isinstance(outcome, Saved):
            note(sayer(visit.locale)("已放入回收站"))
            return moved_on(f"/a/{app}/{form}/")
        return _not_done(services, visit, found, _sure(visit, base), outcome)

    @blueprint.post("/a/<app>/<form>/<id>/restore")
    @signed_in
    def restore(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found, base = form_at(services, app, form), f"/a/{app}/{form}/{id}"
        outcome = restore_record(services, visit.act("form"), found, id)
        if isinstance(outcome, Missing):
            not_found()
        say = sayer(visit.locale)
        if isinstance(outcome, Saved):
            note(say("已恢复"))
            return moved_on(base)
        for message in _said(outcome):
            note(say(message.text, **message.args), "red")
        return moved_on(f"/a/{app}/{form}/trash")

    @blueprint.post("/a/<app>/<form>/<id>/comments")
    @signed_in
    def comment(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found, sent = form_at(services, app, form), request.form
        outcome = comment_record(
            services,
            visit.act("form"),
            found,
            id,
            sent.get("text", ""),
            tuple(sent.getlist("mentions")),
            tuple(sent.getlist("files")),
        )
        if isinstance(outcome, Missing):
            not_found()
        if isinstance(outcome, Invalid | Denied):
            say = sayer(visit.locale)
            for message in complaints_of(outcome):
                note(say(message.text, **message.args), "red")
        return moved_on(f"/a/{app}/{form}/{id}#panel-timeline")

    return blueprint


def _still_seen(base: str) -> str:
    """Return where to go after a transfer: the record may be out of sight now."""
    return f"{base.rsplit('/', 1)[0]}/"


def _said(outcome: Invalid | Denied | Conflict) -> tuple[Message, ...]:
    return (CHANGED,) if isinstance(outcome, Conflict) else complaints_of(outcome)


def _not_done(
    services: Services,
    visit: Visit,
    form: Form,
    question: Question,
    outcome: Invalid | Denied | Conflict | Missing,
) -> ResponseReturnValue:
    if isinstance(outcome, Missing):
        not_found()
    return ask(services, visit, form, question, _said(outcome))


def _whom(visit: Visit, base: str) -> Question:
    say = sayer(visit.locale)
    return Question(
        heading=say("转移负责人"),
        action=f"{base}/transfer",
        base=base,
        button=say("转移"),
        text=say("转移后，所属部门随新的负责人改变。"),
        ask_reason=say("转移的原因"),
        reason_required=False,
        ask_person=True,
    )


def _sure(visit: Visit, base: str) -> Question:
    say = sayer(visit.locale)
    return Question(
        heading=say("删除这条记录？"),
        action=f"{base}/delete",
        base=base,
        button=say("删除"),
        text=say("记录会放入回收站，可以从那里恢复。"),
        ask_reason=say("删除的原因"),
        reason_required=False,
        danger=True,
    )
