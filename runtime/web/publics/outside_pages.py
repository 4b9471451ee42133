"""Where do people outside fill in a form that they came to by a link or a code?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from flask import Blueprint, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from engine.outcomes import Invalid, Saved, Submission
from engine.wording import Message
from runtime.limits import PUBLIC_BYTES, WRONG_LINKS
from runtime.services import Services
from runtime.use_cases.publics.links import count_look
from runtime.use_cases.publics.opening import Opened
from runtime.use_cases.publics.pace import looks_too_much, sends_too_much
from runtime.use_cases.publics.sending import (
    CONSENT,
    Sending,
    TooMuch,
    preview_sending,
    send_in,
)
from runtime.use_cases.publics.uploading import asks_files
from runtime.use_cases.publics.visits import new_ticket, visitor_of
from runtime.use_cases.tries import Tries
from runtime.web.answers import UNPROCESSABLE, asked_by_module, moved_on, part
from runtime.web.forms.drawing import Drawings
from runtime.web.forms.live import changes
from runtime.web.forms.logic import auto_names, form_logic
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import AUTO, as_typed, submitted
from runtime.web.forms.view import Complaint, Complaints, Easel, Live, anchor
from runtime.web.guard import program
from runtime.web.publics.asked_form import AskedForms
from runtime.web.publics.door import (
    LANGUAGE,
    LOCALES,
    Desk,
    closed,
    found,
    locale_asked,
    page,
    protected,
    told,
    visit_of,
)
from runtime.web.publics.saying import said_of
from runtime.web.publics.upload_pages import upload_pages
from runtime.web.showing import show

VISIT = "_visit"
"""The hidden input that says whose visit it is, where anything can be uploaded."""
TRAP = "more_about"
"""An input that no person sees: who fills it in is a machine."""
TOO_LONG = Message("填写的内容太多，请返回精简后再提交")
TOO_MUCH = Message("登记的人太多，请稍后再试")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page on its way to or from somebody's phone."""

    opened: Opened
    token: str
    typed: MultiDict[str, str] | None = None
    complaints: Complaints | None = None


def pages(services: Services) -> Blueprint:
    """Return the pages behind links for people outside. Nobody is signed in there: cookies count
    for nothing, and what opens the page is the link alone. Looking at one changes nothing."""
    blueprint = Blueprint("outside", __name__)
    easel = Easel(services=services, drawings=Drawings())
    desk = Desk(
        services=services, tries=Tries(services, WRONG_LINKS), easel=easel, forms=AskedForms()
    )

    @blueprint.get("/p/<token>")
    @program
    def fill_in(token: str) -> ResponseReturnValue:
        opened = found(desk, token)
        return closed(desk) if opened is None else _drawn(desk, Sheet(opened=opened, token=token))

    @blueprint.post("/p/<token>")
    @program
    def send(token: str) -> ResponseReturnValue:
        opened, typed = found(desk, token), _typed()
        if typed is None:
            return told(desk, TOO_LONG, 413)
        if opened is None:
            return closed(desk)
        if sends_too_much(services, request.remote_addr):
            return told(desk, TOO_MUCH, 429)
        opened = _recognised(desk, opened, typed)
        return _sent(desk, Sheet(opened=opened, token=token, typed=typed))

    _small_pages(desk, blueprint)
    upload_pages(desk, blueprint)
    return blueprint


def _small_pages(desk: Desk, blueprint: Blueprint) -> None:
    """Put in what the page asks for while it is filled in, and what comes after it."""
    services = desk.services

    @blueprint.post("/p/<token>/live")
    @program
    def live(token: str) -> ResponseReturnValue:
        opened, typed = found(desk, token), _typed()
        if opened is None or typed is None or looks_too_much(services, request.remote_addr):
            return closed(desk)
        opened = _recognised(desk, opened, typed)
        given = as_typed(opened.form, typed)
        preview = preview_sending(services, opened, given)
        cut = desk.forms.cut(opened.public, preview)
        return protected(jsonify(changes(services, desk.easel, visit_of(opened), cut)))

    @blueprint.post("/p/<token>/opened")
    @program
    def look(token: str) -> ResponseReturnValue:
        opened = found(desk, token)
        if opened is None:
            return closed(desk)
        if not looks_too_much(services, request.remote_addr):
            count_look(services, opened.link)
        return protected(make_response("", 204))

    @blueprint.get("/p/<token>/thanks")
    @program
    def thanks(token: str) -> ResponseReturnValue:
        opened = found(desk, token)
        return closed(desk) if opened is None else _thanked(desk, opened)


def _recognised(desk: Desk, opened: Opened, typed: MultiDict[str, str]) -> Opened:
    visitor = visitor_of(desk.services, opened.link, typed.get(VISIT, ""))
    return replace(opened, visitor=visitor)


def _typed() -> MultiDict[str, str] | None:
    """Return what was sent; None if it is too much."""
    request.max_content_length = PUBLIC_BYTES
    request.max_form_memory_size = PUBLIC_BYTES
    try:
        return request.form
    except RequestEntityTooLarge:
        return None


def _sent(desk: Desk, sheet: Sheet) -> ResponseReturnValue:
    typed = sheet.typed
    assert typed is not None
    if typed.get(TRAP):
        return _moved(f"/p/{sheet.token}/thanks")
    submission = submitted(sheet.opened.form, typed)
    if typed.get("_do") == "redraw":
        return _drawn(desk, sheet)
    sending = Sending(
        given=submission, agreed=bool(typed.get(CONSENT)), locale=locale_asked(), key=key_of(typed)
    )
    match send_in(desk.services, sheet.opened, sending):
        case Saved():
            return _moved(f"/p/{sheet.token}/thanks")
        case Invalid(complaints=complaints):
            return _drawn(desk, replace(sheet, complaints=complaints))
        case TooMuch():
            return _drawn(desk, replace(sheet, complaints={"": (TOO_MUCH,)}), 429)
        case _:
            return closed(desk)


def _drawn(desk: Desk, sheet: Sheet, status: int | None = None) -> ResponseReturnValue:
    opened = sheet.opened
    nothing = Submission(values={}, complaints={}, typed={})
    given = as_typed(opened.form, sheet.typed) if sheet.typed is not None else nothing
    preview = desk.forms.cut(opened.public, preview_sending(desk.services, opened, given))
    visit = visit_of(opened)
    logic = form_logic(desk.services, visit, preview)
    live = Live(checks=logic.check_places(), unsaid=logic.unsaid())
    view = desk.easel.view(visit, preview, sheet.typed, sheet.complaints, live)
    typed = sheet.typed if sheet.typed is not None else MultiDict[str, str]()
    uploads = _uploads(desk, sheet)
    values = {
        "inputs": [one for section in view.sections for one in section.inputs],
        "summary": _in_order(view.summary, bool(uploads)),
        "consent_error": bool((sheet.complaints or {}).get(CONSENT)),
        "logic": logic.text(),
        "auto": " ".join(typed.getlist(AUTO)) if sheet.typed else auto_names(logic, preview.given),
        "key": typed.get("_key") or uuid4().hex,
        "agreed": bool(typed.get(CONSENT)),
        "trap": TRAP,
        **uploads,
        "token": sheet.token,
        **said_of(opened, visit.locale),
    }
    code = status or (UNPROCESSABLE if sheet.complaints else 200)
    if asked_by_module():
        html = show(desk.services, visit, "public/body.html", nav=None, **values)
        return protected(make_response(part(html, code)))
    return page(desk, visit, "public/page.html", code, **values)


def _in_order(summary: tuple[Complaint, ...], agreed_first: bool) -> list[Complaint]:
    """Return what is wrong in the order of the page: agreeing stands last, or first."""
    return sorted(summary, key=lambda one: (one.anchor == anchor(CONSENT)) != agreed_first)


def _uploads(desk: Desk, sheet: Sheet) -> dict[str, str]:
    """Return whose visit it is and where files go up, at a page that asks for any."""
    opened = sheet.opened
    if not asks_files(opened):
        return {}
    kept = sheet.typed.get(VISIT, "") if sheet.typed and opened.visitor else ""
    ticket = kept or new_ticket(desk.services, opened.link)
    return {"ticket": ticket, "upload_url": f"/p/{sheet.token}/files/{ticket}"}


def _thanked(desk: Desk, opened: Opened) -> ResponseReturnValue:
    visit = visit_of(opened)
    return page(desk, visit, "public/thanks.html", 200, **said_of(opened, visit.locale))


def _moved(location: str) -> ResponseReturnValue:
    language = request.args.get(LANGUAGE)
    there = f"{location}?{LANGUAGE}={language}" if language in LOCALES else location
    return protected(make_response(moved_on(there)))
