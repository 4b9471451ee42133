"""Who sent this request?"""

from __future__ import annotations

import secrets

from flask import Request

from runtime.services import Services
from runtime.use_cases.sign_in import Known, who_is_it
from runtime.web.cookies import kept
from runtime.web.csrf import csrf_for
from runtime.web.language import known_locale
from runtime.web.visit import THEMES, Visit

SESSION = "session"
GUEST = "guest"
LOCALE = "locale"
THEME = "theme"


def arrive(services: Services, request: Request) -> Visit:
    """Return the visit: the person behind the session, or a guest."""
    https = services.settings.https
    token = kept(request, SESSION, https=https)
    known = who_is_it(services, token) if token else None
    theme = kept(request, THEME, https=https)
    return Visit(
        request_id=request_id(request),
        theme=theme if theme in THEMES else THEMES[0],
        locale=_locale(request, known, https=https),
        actor=known.actor if known else None,
        session=known.session if known else None,
        csrf=_csrf(services, request, known, https=https),
    )


def request_id(request: Request) -> str:
    """Return the id under which the logs know this request; the same for the whole request."""
    if "dougong.request_id" not in request.environ:
        request.environ["dougong.request_id"] = secrets.token_hex(8)
    return str(request.environ["dougong.request_id"])


def _locale(request: Request, known: Known | None, *, https: bool) -> str:
    if known:
        return known_locale(known.actor.locale)
    return known_locale(kept(request, LOCALE, https=https))


def _csrf(services: Services, request: Request, known: Known | None, *, https: bool) -> str:
    if known:
        return known.csrf
    guest = kept(request, GUEST, https=https)
    return csrf_for(services.settings.secret_key, guest) if guest else ""
