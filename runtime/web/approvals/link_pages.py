"""Where does somebody decide by a link from a mail or a chat, without signing in?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing, Refusal
from engine.record import Record
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.read_record import view_record
from runtime.use_cases.signed_links import BY_LINK, Opened, decide_by_link, open_link
from runtime.use_cases.tries import Tries
from runtime.web.arriving import request_id
from runtime.web.guard import program
from runtime.web.lists.view import title_of
from runtime.web.showing import show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

SHOWN = 10
"""Fields of the record that the page shows."""
LONG = frozenset({"lines", "image", "file", "signature", "json", "barcode"})
CLOSED = Message("这个链接已失效，或事情已经办完")


def pages(services: Services) -> Blueprint:
    """Return the pages behind links that were sent; opening one changes nothing."""
    blueprint = Blueprint("links", __name__)
    tries = Tries(services)

    @blueprint.get("/act/<token>")
    @program
    def ask(token: str) -> ResponseReturnValue:
        return _answered(services, _found(services, tries, token))

    @blueprint.post("/act/<token>")
    @program
    def decide(token: str) -> ResponseReturnValue:
        opened = _found(services, tries, token)
        verb = next((each for each in BY_LINK if each == request.form.get("verb")), None)
        if isinstance(opened, Missing) or verb is None:
            return _answered(services, opened)
        opinion = request.form.get("opinion", "")
        answer = decide_by_link(services, token, verb, opinion)
        if isinstance(answer, Settled):
            return _page(services, _visit(opened), "act/done.html", 200, verb=verb)
        return _answered(services, opened, _why(answer), opinion)

    return blueprint


def _found(services: Services, tries: Tries, token: str) -> Opened | Missing:
    keys = (f"link:{request.remote_addr}",)
    if tries.wait(keys).total_seconds() > 0:
        return Missing()
    opened = open_link(services, token)
    if isinstance(opened, Missing):
        tries.failed(keys)
    return opened


def _visit(opened: Opened) -> Visit:
    actor = opened.act.actor
    return Visit(request_id=request_id(request), locale=actor.locale, actor=actor)


def _answered(
    services: Services,
    opened: Opened | Missing,
    wrong: tuple[Message, ...] = (),
    opinion: str = "",
) -> ResponseReturnValue:
    if isinstance(opened, Missing):
        stranger = Visit(request_id=request_id(request))
        return _page(services, stranger, "act/closed.html", 404, message=CLOSED)
    visit, form = _visit(opened), opened.form
    record = view_record(services, opened.act, form, opened.task.record or "")
    if isinstance(record, Missing):
        return _answered(services, record)
    return _page(
        services,
        visit,
        "act/ask.html",
        422 if wrong else 200,
        task=opened.task,
        person=opened.act.actor.name,
        form_label=words(form.definition.label, visit.locale),
        **_facts(services, visit, form, record),
        wrong=wrong,
        opinion=opinion,
        href=f"/a/{form.app}/{form.id}/{record.id}",
    )


def _facts(services: Services, visit: Visit, form: Form, record: Record) -> dict[str, Any]:
    cells = cells_for(services, visit, form, (record,))
    told = [
        (words(field.label, visit.locale), cells.show(form, id_, record.values[id_]))
        for id_, field in form.fields.items()
        if record.values.get(id_) is not None
        and field.type not in LONG
        and id_ != form.definition.title
    ]
    return {"title": title_of(form, record, cells), "facts": told[:SHOWN]}


def _why(answer: Answer) -> tuple[Message, ...]:
    match answer:
        case Refusal(reasons=reasons):
            return tuple(reason.message for reason in reasons)
        case Invalid(complaints=complaints):
            return tuple(one for some in complaints.values() for one in some)
        case Denied(message=message):
            return (message,)
        case _:
            return (Message("没有成功，请登录后处理"),)


def _page(
    services: Services, visit: Visit, template: str, status: int, **values: Any
) -> ResponseReturnValue:
    # Who holds the link is not signed in: the frame of the pages is not for them.
    response = make_response(show(services, visit, template, nav=None, **values), status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
