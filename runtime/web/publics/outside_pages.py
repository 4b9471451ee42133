"""Where do people outside fill in a form that they came to by a link or a code?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from engine.outcomes import Invalid, Missing, Saved, Submission
from engine.wording import Message
from runtime.limits import PUBLIC_BYTES, WRONG_LINKS
from runtime.services import Services
from runtime.use_cases.publics.links import count_look
from runtime.use_cases.publics.opening import Opened, open_public
from runtime.use_cases.publics.pace import looks_too_much, sends_too_much, wrong_key
from runtime.use_cases.publics.sending import (
    CONSENT,
    Sending,
    TooMuch,
    preview_sending,
    send_in,
)
from runtime.use_cases.tries import Tries
from runtime.web.answers import UNPROCESSABLE, asked_by_module, moved_on, part
from runtime.web.arriving import request_id
from runtime.web.forms.drawing import Drawings
from runtime.web.forms.live import changes
from runtime.web.forms.logic import auto_names, form_logic
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import AUTO, as_typed, submitted
from runtime.web.forms.view import Complaints, Easel, Live, anchor
from runtime.web.guard import program
from runtime.web.publics.asked_form import AskedForms
from runtime.web.publics.saying import said_of
from runtime.web.showing import show
from runtime.web.visit import Visit

TRAP = "more_about"
"""An input that no person sees: who fills it in is a machine."""
LANGUAGE = "lang"
LOCALES = ("zh", "en")
GONE = Message("这个二维码或链接已停用，请联系工作人员")
TOO_LONG = Message("填写的内容太多，请返回精简后再提交")
TOO_MUCH = Message("登记的人太多，请稍后再试")
OUTSIDE = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'", "script-src 'self'", "style-src 'self'",
            "img-src 'self' data:", "connect-src 'self'", "font-src 'self'",
            "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        )
    ),
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all pages for people outside are made with."""

    services: Services
    tries: Tries
    easel: Easel
    forms: AskedForms


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
        opened = _found(desk, token)
        return _closed(desk) if opened is None else _drawn(desk, Sheet(opened=opened, token=token))

    @blueprint.post("/p/<token>")
    @program
    def send(token: str) -> ResponseReturnValue:
        opened, typed = _found(desk, token), _typed()
        if typed is None:
            return _told(desk, TOO_LONG, 413)
        if opened is None:
            return _closed(desk)
        if sends_too_much(services, request.remote_addr):
            return _told(desk, TOO_MUCH, 429)
        return _sent(desk, Sheet(opened=opened, token=token, typed=typed))

    _small_pages(desk, blueprint)
    return blueprint


def _small_pages(desk: Desk, blueprint: Blueprint) -> None:
    """Put in what the page asks for while it is filled in, and what comes after it."""
    services = desk.services

    @blueprint.post("/p/<token>/live")
    @program
    def live(token: str) -> ResponseReturnValue:
        opened, typed = _found(desk, token), _typed()
        if opened is None or typed is None or looks_too_much(services, request.remote_addr):
            return _closed(desk)
        given = as_typed(opened.form, typed)
        preview = preview_sending(services, opened, given)
        cut = desk.forms.cut(opened.public, preview)
        return _protected(jsonify(changes(services, desk.easel, _visit(opened), cut)))

    @blueprint.post("/p/<token>/opened")
    @program
    def look(token: str) -> ResponseReturnValue:
        opened = _found(desk, token)
        if opened is None:
            return _closed(desk)
        if not looks_too_much(services, request.remote_addr):
            count_look(services, opened.link)
        return _protected(make_response("", 204))

    @blueprint.get("/p/<token>/thanks")
    @program
    def thanks(token: str) -> ResponseReturnValue:
        opened = _found(desk, token)
        return _closed(desk) if opened is None else _thanked(desk, opened)


def _found(desk: Desk, token: str) -> Opened | None:
    """Return what a link opens now. Wrong, turned off, too old: all look alike."""
    keys = (wrong_key(request.remote_addr),)
    if desk.tries.wait(keys).total_seconds() > 0:
        return None
    opened = open_public(desk.services, token)
    if isinstance(opened, Missing):
        desk.tries.failed(keys)
        return None
    return opened


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
        given=submission, agreed=bool(typed.get(CONSENT)), locale=_locale(), key=key_of(typed)
    )
    match send_in(desk.services, sheet.opened, sending):
        case Saved():
            return _moved(f"/p/{sheet.token}/thanks")
        case Invalid(complaints=complaints):
            return _drawn(desk, replace(sheet, complaints=complaints))
        case TooMuch():
            return _drawn(desk, replace(sheet, complaints={"": (TOO_MUCH,)}), 429)
        case _:
            return _closed(desk)


def _drawn(desk: Desk, sheet: Sheet, status: int | None = None) -> ResponseReturnValue:
    opened = sheet.opened
    nothing = Submission(values={}, complaints={}, typed={})
    given = as_typed(opened.form, sheet.typed) if sheet.typed is not None else nothing
    preview = desk.forms.cut(opened.public, preview_sending(desk.services, opened, given))
    visit = _visit(opened)
    logic = form_logic(desk.services, visit, preview)
    live = Live(checks=logic.check_places(), unsaid=logic.unsaid())
    view = desk.easel.view(visit, preview, sheet.typed, sheet.complaints, live)
    typed = sheet.typed if sheet.typed is not None else MultiDict[str, str]()
    values = {
        "inputs": [one for section in view.sections for one in section.inputs],
        "summary": sorted(view.summary, key=lambda one: one.anchor == anchor(CONSENT)),
        "consent_error": bool((sheet.complaints or {}).get(CONSENT)),
        "logic": logic.text(),
        "auto": " ".join(typed.getlist(AUTO)) if sheet.typed else auto_names(logic, preview.given),
        "key": typed.get("_key") or uuid4().hex,
        "agreed": bool(typed.get(CONSENT)),
        "trap": TRAP,
        "token": sheet.token,
        **said_of(opened, visit.locale),
    }
    code = status or (UNPROCESSABLE if sheet.complaints else 200)
    if asked_by_module():
        html = show(desk.services, visit, "public/body.html", nav=None, **values)
        return _protected(make_response(part(html, code)))
    return _page(desk, visit, "public/page.html", code, **values)


def _thanked(desk: Desk, opened: Opened) -> ResponseReturnValue:
    visit = _visit(opened)
    return _page(desk, visit, "public/thanks.html", 200, **said_of(opened, visit.locale))


def _closed(desk: Desk) -> ResponseReturnValue:
    return _told(desk, GONE, 404)


def _told(desk: Desk, message: Message, status: int) -> ResponseReturnValue:
    return _page(desk, _stranger(), "public/closed.html", status, message=message)


def _moved(location: str) -> ResponseReturnValue:
    language = request.args.get(LANGUAGE)
    there = f"{location}?{LANGUAGE}={language}" if language in LOCALES else location
    return _protected(make_response(moved_on(there)))


def _visit(opened: Opened) -> Visit:
    locale = _locale()
    return Visit(request_id=request_id(request), locale=locale, actor=opened.act(locale).actor)


def _stranger() -> Visit:
    return Visit(request_id=request_id(request), locale=_locale())


def _locale() -> str:
    asked = request.args.get(LANGUAGE)
    if asked in LOCALES:
        return asked
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def _page(desk: Desk, visit: Visit, template: str, status: int, **values: Any) -> Response:
    other = next(one for one in LOCALES if one != visit.locale)
    html = show(desk.services, visit, template, nav=None, other=other, **values)
    return _protected(make_response(html, status))


def _protected(response: Response) -> Response:
    for name, value in OUTSIDE.items():
        response.headers[name] = value
    return response
