"""How is the same thing done to several tasks of the inbox at once?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal
from engine.wording import Message
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import Choice, Verb
from runtime.use_cases.approvals.decide_many import decide_many
from runtime.use_cases.inbox import Line, own_line
from runtime.use_cases.to_dos import Ended, Finished, finish_to_dos, finished_here
from runtime.use_cases.to_dos import Outcome as Finishing
from runtime.web.answers import not_found
from runtime.web.forms.sent_once import key_of
from runtime.web.guard import signed_in
from runtime.web.inbox.doing import Doing, href_of
from runtime.web.language import translate
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.showing import show
from runtime.web.visit import Visit

OVER = Message("这件事已不用再做")
NOT_DONE = Message("没有完成")


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that is done to several tasks, and how it is asked."""

    kind: str
    box: str
    heading: Message
    button: Message
    note: Message | None
    results: Message
    danger: bool = False


DEEDS: Mapping[str, Deed] = {
    "finish": Deed(
        kind="todo",
        box="todo",
        heading=Message("完成 {n} 条待办"),
        button=Message("完成"),
        note=Message("完成说明"),
        results=Message("批量完成的结果"),
    ),
    "agree": Deed(
        kind="approve",
        box="approve",
        heading=Message("同意 {n} 条审批"),
        button=Message("同意"),
        note=Message("审批意见"),
        results=Message("批量同意的结果"),
    ),
    "refuse": Deed(
        kind="approve",
        box="approve",
        heading=Message("不同意 {n} 条审批"),
        button=Message("不同意"),
        note=Message("不同意的原因"),
        results=Message("批量处理的结果"),
        danger=True,
    ),
    "acknowledge": Deed(
        kind="cc",
        box="cc",
        heading=Message("{n} 条抄送标为已阅"),
        button=Message("我知道了"),
        note=None,
        results=Message("批量处理的结果"),
    ),
}


def pages(services: Services) -> Blueprint:
    """Return the sheets for what was picked in a box."""
    blueprint = Blueprint("inbox_batch", __name__)

    @blueprint.get("/todo/batch/<any(finish, agree, refuse, acknowledge):deed>")
    @signed_in
    def ask_batch(visit: Visit, deed: str) -> ResponseReturnValue:
        values = _asked(services, visit, deed)
        return show(services, visit, "inbox/batch.html", **values)

    @blueprint.post("/todo/batch/<any(finish, agree, refuse, acknowledge):deed>")
    @signed_in
    def do_batch(visit: Visit, deed: str) -> ResponseReturnValue:
        ids = request.form.getlist("id")[:MOST_AT_ONCE]
        lines = {line.task.id: line for line in _lines(services, visit, ids, DEEDS[deed])}
        results = _done(services, visit, deed, ids)
        left = [
            _left(visit, id_, lines.get(id_), outcome)
            for id_, outcome in results
            if not isinstance(outcome, Finished | Settled)
        ]
        return show(
            services,
            visit,
            "inbox/results.html",
            active="todo",
            heading=_say(visit, DEEDS[deed].results),
            done=len(results) - len(left),
            left=left,
            box=DEEDS[deed].box,
        )

    return blueprint


def _asked(services: Services, visit: Visit, name: str) -> dict[str, Any]:
    deed, doing = DEEDS[name], Doing(services=services, visit=visit)
    lines = list(_lines(services, visit, request.args.getlist("id")[:MOST_AT_ONCE], deed))
    if not lines:
        not_found()
    items = [(line.task.id, doing.item(line)) for line in lines]
    heading = Message(deed.heading.text, n=len(lines))
    return {
        "active": "todo",
        "deed": name,
        "heading": _say(visit, heading),
        "tasks": [{"id": id_, "title": item.title, "meta": item.meta} for id_, item in items],
        "ask_note": _say(visit, deed.note) if deed.note else "",
        "button": _say(visit, deed.button),
        "danger": deed.danger,
    }


def _lines(services: Services, visit: Visit, ids: Iterable[str], deed: Deed) -> Iterable[Line]:
    for id_ in ids:
        line = own_line(services, visit.act(), id_)
        if isinstance(line, Missing) or line.task.kind != deed.kind:
            continue
        if deed.kind != "todo" or finished_here(line.task):
            yield line


def _done(
    services: Services, visit: Visit, deed: str, ids: list[str]
) -> tuple[tuple[str, Finishing | Answer], ...]:
    said = request.form.get("note", "")
    act = visit.act("bulk", key=key_of(request.form))
    if deed == "finish":
        return finish_to_dos(services, act, ids, said)
    return decide_many(services, act, ids, Choice(verb=cast(Verb, deed), opinion=said))


def _left(visit: Visit, id_: str, line: Line | None, outcome: Finishing | Answer) -> dict[str, Any]:
    title = line.task.title if line else NOT_DONE
    about = f" · {line.about}" if line and line.about else ""
    return {
        "href": href_of(line) if line else "/todo",
        "title": _say(visit, title) + about,
        "reasons": [_say(visit, message) for message in _reasons(outcome)],
    }


def _reasons(outcome: Finishing | Answer) -> tuple[Message, ...]:
    match outcome:
        case Refusal(reasons=reasons):
            return tuple(reason.message for reason in reasons)
        case Invalid() | Denied():
            return complaints_of(outcome)
        case Ended() | Missing():
            return (OVER,)
        case Conflict():
            return (Message("其他人刚刚处理或修改了这条记录，请刷新后再试"),)
    return ()


def _say(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)
