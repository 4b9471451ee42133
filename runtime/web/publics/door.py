"""Who is let in to the pages for people outside, and how are those pages shut off?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.publics.opening import Opened, open_public
from runtime.use_cases.publics.pace import wrong_key
from runtime.use_cases.tries import Tries
from runtime.web.arriving import request_id
from runtime.web.forms.view import Easel
from runtime.web.publics.asked_form import AskedForms
from runtime.web.showing import show
from runtime.web.visit import Visit

LANGUAGE = "lang"
LOCALES = ("zh", "en")
GONE = Message("这个二维码或链接已停用，请联系工作人员")
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
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all pages for people outside are made with."""

    services: Services
    tries: Tries
    easel: Easel
    forms: AskedForms


def found(desk: Desk, token: str) -> Opened | None:
    """Return what a link opens now. Wrong, turned off, too old: all look alike."""
    keys = (wrong_key(request.remote_addr),)
    if desk.tries.wait(keys).total_seconds() > 0:
        return None
    opened = open_public(desk.services, token)
    if isinstance(opened, Missing):
        desk.tries.failed(keys)
        return None
    return opened


def closed(desk: Desk) -> ResponseReturnValue:
    """Answer that nothing is open here, in one way whatever the reason is."""
    return told(desk, GONE, 404)


def told(desk: Desk, message: Message, status: int) -> ResponseReturnValue:
    """Answer with a page that says one thing."""
    return page(desk, _stranger(), "public/closed.html", status, message=message)


def visit_of(opened: Opened) -> Visit:
    """Return who looks at a page: whoever came by the link."""
    locale = locale_asked()
    return Visit(request_id=request_id(request), locale=locale, actor=opened.act(locale).actor)


def _stranger() -> Visit:
    return Visit(request_id=request_id(request), locale=locale_asked())


def locale_asked() -> str:
    """Return in which language the page is to be."""
    asked = request.args.get(LANGUAGE)
    if asked in LOCALES:
        return asked
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def page(desk: Desk, visit: Visit, template: str, status: int, **values: Any) -> Response:
    """Answer with a page that can be read in the other language as well."""
    other = next(one for one in LOCALES if one != visit.locale)
    html = show(desk.services, visit, template, nav=None, other=other, **values)
    return protected(make_response(html, status))


def protected(response: Response) -> Response:
    """Shut a page off from other sites, from caches, and from whoever looks for pages."""
    for name, value in OUTSIDE.items():
        response.headers[name] = value
    return response
