"""How does somebody sign in and out?"""

from __future__ import annotations

import secrets
from urllib.parse import quote

from flask import Blueprint, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from engine.wording import LOCALES, Message
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.use_cases.sign_in import (
    Attempt,
    NeedsCode,
    NotLetIn,
    SignedIn,
    sign_in,
    sign_out,
    who_is_it,
)
from runtime.use_cases.tries import Tries
from runtime.web.arriving import GUEST, LOCALE, SESSION, THEME
from runtime.web.cookies import YEAR, forget, keep, kept
from runtime.web.csrf import FIELD, csrf_for
from runtime.web.guard import open_to_all, signed_in, wants_a_part
from runtime.web.security import safe_next
from runtime.web.showing import show
from runtime.web.visit import THEMES, Visit

PROVED_FOR = 300
"""Seconds between the password and the one-time code."""
MOST_KEPT = 300
"""Typed fields that are carried through signing in again."""


def pages(services: Services, passwords: Passwords) -> Blueprint:
    """Return the pages for signing in and out."""
    blueprint = Blueprint("sign_in", __name__)
    tries = Tries(services)

    @blueprint.get("/sign-in")
    @open_to_all
    def ask(visit: Visit) -> ResponseReturnValue:
        if visit.actor is not None:
            return redirect(safe_next(request.args.get("next")), 303)
        return _form(services, visit, request.args.get("next", ""))

    @blueprint.get("/sign-in/again")
    @open_to_all
    def again(visit: Visit) -> ResponseReturnValue:
        return _form(services, visit, "", template="sign_in/again.html")

    @blueprint.post("/sign-in")
    @open_to_all
    def enter(visit: Visit) -> ResponseReturnValue:
        return _entered(services, visit, _tried(services, passwords, tries))

    @blueprint.post("/sign-out")
    @signed_in
    def leave(visit: Visit) -> ResponseReturnValue:
        sign_out(services, visit.session or "")
        response = make_response(redirect("/sign-in", 303))
        forget(response, SESSION, https=services.settings.https)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    @blueprint.post("/sign-in/language")
    @open_to_all
    def language(visit: Visit) -> ResponseReturnValue:
        response = make_response(redirect(f"/sign-in?next={_next_quoted()}", 303))
        if request.form.get("locale") in LOCALES:
            chosen = request.form["locale"]
            keep(response, LOCALE, chosen, https=services.settings.https, age=YEAR)
        return response

    return blueprint


def sign_in_first(services: Services, visit: Visit) -> ResponseReturnValue:
    """Answer a request that only a signed-in person may send: parts of pages get a plain 401,
    a sent form gets the sign-in page with everything that was typed."""
    if wants_a_part(request):
        return "", 401
    typed = [(name, text) for name, text in request.form.items(multi=True) if name != FIELD]
    response = _form(services, visit, request.full_path.rstrip("?"), typed=typed[:MOST_KEPT])
    response.status_code = 401
    return response


def _next_quoted() -> str:
    return quote(safe_next(request.form.get("next")), safe="")


def _tried(
    services: Services, passwords: Passwords, tries: Tries
) -> SignedIn | NeedsCode | NotLetIn:
    proved = _proved(services, request.form.get("proved", ""))
    login = proved or request.form.get("login", "").strip()[:200]
    keys = (f"login:{login.lower()}", f"address:{request.remote_addr}")
    wait = tries.wait(keys)
    if wait.total_seconds() > 0:
        seconds = max(1, round(wait.total_seconds()))
        return NotLetIn(Message("尝试次数过多，请 {n} 秒后再试", n=seconds))
    attempt = Attempt(
        login=login,
        password=request.form.get("password", "")[:1000],
        code=request.form.get("code", "")[:20],
        proved=proved is not None,
        agent=request.user_agent.string[:300],
        address=request.remote_addr,
    )
    outcome = sign_in(services, passwords, attempt)
    if isinstance(outcome, NotLetIn):
        tries.failed(keys)
    elif isinstance(outcome, SignedIn):
        tries.succeeded(keys)
    return outcome


def _entered(
    services: Services, visit: Visit, outcome: SignedIn | NeedsCode | NotLetIn
) -> ResponseReturnValue:
    match outcome:
        case SignedIn():
            return _let_in(services, visit, outcome)
        case NeedsCode():
            proved = _proofs(services).dumps(request.form.get("login", "").strip())
            return _form(services, visit, request.form.get("next", ""), proved=proved)
        case NotLetIn(message=message):
            again = request.form.get("proved", "")
            proved = again if _proved(services, again) else ""
            answer = _form(
                services, visit, request.form.get("next", ""), proved=proved, error=message
            )
            answer.status_code = 422
            return answer


def _proofs(services: Services) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services.settings.secret_key, salt="password was right")


def _proved(services: Services, text: str) -> str | None:
    """Return the login whose password was right a moment ago."""
    try:
        return str(_proofs(services).loads(text, max_age=PROVED_FOR)) if text else None
    except BadSignature:
        return None


def _let_in(services: Services, visit: Visit, outcome: SignedIn) -> ResponseReturnValue:
    https = services.settings.https
    known = who_is_it(services, outcome.secret)
    assert known is not None
    response: Response
    if wants_a_part(request):
        response = jsonify(csrf=known.csrf)
    elif "_typed" in request.form:
        page = show(
            services,
            Visit(request_id=visit.request_id, locale=known.actor.locale, csrf=known.csrf),
            "sign_in/replay.html",
            action=safe_next(request.form.get("next")),
            typed=_carried(),
        )
        response = make_response(page)
    else:
        response = make_response(redirect(safe_next(request.form.get("next")), 303))
    old = kept(request, SESSION, https=https)
    if old and (before := who_is_it(services, old)):
        sign_out(services, before.session)
    keep(response, SESSION, outcome.secret, https=https)
    keep(response, LOCALE, outcome.person.locale, https=https, age=YEAR)
    if outcome.person.theme in THEMES:
        keep(response, THEME, outcome.person.theme, https=https, age=YEAR)
    forget(response, GUEST, https=https)
    return response


def _carried() -> list[tuple[str, str]]:
    return [
        (name.removeprefix("_typed:"), text)
        for name, text in request.form.items(multi=True)
        if name.startswith("_typed:")
    ]


def _form(
    services: Services,
    visit: Visit,
    next_: str,
    *,
    template: str = "sign_in/sign_in.html",
    **values: object,
) -> Response:
    https = services.settings.https
    guest = kept(request, GUEST, https=https) or secrets.token_urlsafe(18)
    known = Visit(
        request_id=visit.request_id,
        locale=visit.locale,
        theme=visit.theme,
        csrf=csrf_for(services.settings.secret_key, guest),
    )
    if wants_a_part(request):
        template = "sign_in/again.html"
    typed = values.pop("typed", None) or _carried()
    shown = {
        "next": safe_next(next_),
        "login": request.form.get("login", "") if request.path == "/sign-in" else "",
        "typed": typed,
        **values,
    }
    response = make_response(show(services, known, template, **shown))
    keep(response, GUEST, guest, https=https)
    return response
