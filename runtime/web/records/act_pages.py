"""How is a record transferred, deleted, restored and commented on?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.use_cases.delete_record import delete_record, restore_record
from runtime.use_cases.read_record import view_record
from runtime.use_cases.transfer_record import transfer_record
from runtime.web.answers import form_at, moved_on, not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.records.ask_sheet import Question, ask, complaints_of
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
        return _transferred(services, visit, form_at(services, app, form), id)

    @blueprint.get("/a/<app>/<form>/<id>/delete")
    @signed_in
    def ask_delete(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        question = _sure(visit, f"/a/{app}/{form}/{id}")
        return ask(services, visit, form_at(services, app, form), question)

    @blueprint.post("/a/<app>/<form>/<id>/delete")
    @signed_in
    def delete(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _deleted(services, visit, form_at(services, app, form), id)

    @blueprint.post("/a/<app>/<form>/<id>/restore")
    @signed_in
    def restore(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _restored(services, visit, form_at(services, app, form), id)

    @blueprint.post("/a/<app>/<form>/<id>/comments")
    @signed_in
    def comment(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _commented(services, visit, form_at(services, app, form), id)

    return blueprint


def _base(form: Form, id_: str) -> str:
    return f"/a/{form.app}/{form.id}/{id_}"


def _because(visit: Visit) -> Act:
    reason = request.form.get("reason", "").strip() or None
    return visit.act("form", reason=reason, key=key_of(request.form))


def _transferred(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    owner = request.form.get("owner", "")
    outcome = transfer_record(services, _because(visit), form, id_, owner)
    if isinstance(outcome, Saved):
        note(sayer(visit.locale)("已转移"))
        gone = isinstance(view_record(services, visit.act(), form, id_), Missing)
        return moved_on(f"/a/{form.app}/{form.id}/" if gone else _base(form, id_))
    return _not_done(services, visit, form, _whom(visit, _base(form, id_)), outcome)


def _deleted(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    outcome = delete_record(services, _because(visit), form, id_)
    if isinstance(outcome, Saved):
        note(sayer(visit.locale)("已放入回收站"))
        return moved_on(f"/a/{form.app}/{form.id}/")
    return _not_done(services, visit, form, _sure(visit, _base(form, id_)), outcome)


def _restored(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    outcome = restore_record(services, _because(visit), form, id_)
    if isinstance(outcome, Missing):
        not_found()
    if isinstance(outcome, Saved):
        note(sayer(visit.locale)("已恢复"))
        return moved_on(_base(form, id_))
    _note_each(visit, _said(outcome))
    return moved_on(f"/a/{form.app}/{form.id}/trash")


def _commented(services: Services, visit: Visit, form: Form, id_: str) -> ResponseReturnValue:
    sent = request.form
    mentions, files = tuple(sent.getlist("mentions")), tuple(sent.getlist("files"))
    act = visit.act("form", key=key_of(sent))
    remark = Remark(text=sent.get("text", ""), mentions=mentions, files=files)
    outcome = comment_record(services, act, form, id_, remark)
    if isinstance(outcome, Missing):
        not_found()
    if isinstance(outcome, Invalid | Denied):
        _note_each(visit, complaints_of(outcome))
    return moved_on(f"{_base(form, id_)}#panel-timeline")


def _note_each(visit: Visit, messages: tuple[Message, ...]) -> None:
    into = translate(visit.locale)
    for message in messages:
        note(message.fill(into, visit.locale), "red")


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
