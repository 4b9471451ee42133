"""How do people set up their own account: language, light, password, one-time codes, sessions?"""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response

from engine.wording import LOCALES
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.use_cases.own_account import (
    change_password,
    choose,
    end_session,
    new_code_secret,
    own_account,
    own_sessions,
    switch_codes_off,
    switch_codes_on,
)
from runtime.web.arriving import LOCALE, THEME
from runtime.web.browsers import device_of
from runtime.web.cookies import YEAR, keep
from runtime.web.guard import open_to_all, signed_in, wants_a_part
from runtime.web.security import safe_next
from runtime.web.showing import note, sayer, show
from runtime.web.visit import THEMES, Visit

SECRET_FOR = 900
"""Seconds in which a new secret for one-time codes has to be confirmed."""


def pages(services: Services, passwords: Passwords) -> Blueprint:
    """Return the pages of one's own account."""
    blueprint = Blueprint("me", __name__)
    _add_settings(blueprint, services)
    _add_safety(blueprint, services, passwords)
    return blueprint


def _add_settings(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/me")
    @signed_in
    def show_me(visit: Visit) -> ResponseReturnValue:
        return _page(services, visit)

    @blueprint.post("/me/language")
    @signed_in
    def choose_language(visit: Visit) -> ResponseReturnValue:
        wanted = request.form.get("locale")
        response = _back(visit)
        if wanted in LOCALES:
            choose(services, visit.person.id, locale=wanted)
            keep(response, LOCALE, wanted, https=services.settings.https, age=YEAR)
        return response

    @blueprint.post("/theme")
    @open_to_all
    def choose_theme(visit: Visit) -> ResponseReturnValue:
        theme = request.form.get("theme")
        response = make_response("", 204) if wants_a_part(request) else _back(visit)
        if theme in THEMES:
            keep(response, THEME, theme, https=services.settings.https, age=YEAR)
            if visit.actor is not None:
                choose(services, visit.actor.id, theme=theme)
        return response


def _add_safety(blueprint: Blueprint, services: Services, passwords: Passwords) -> None:
    @blueprint.post("/me/password")
    @signed_in
    def new_password(visit: Visit) -> ResponseReturnValue:
        return _password_changed(services, passwords, visit)

    @blueprint.post("/me/codes/on")
    @signed_in
    def codes_on(visit: Visit) -> ResponseReturnValue:
        return _codes_switched_on(services, visit)

    @blueprint.post("/me/codes/off")
    @signed_in
    def codes_off(visit: Visit) -> ResponseReturnValue:
        password = request.form.get("password", "")
        wrong = switch_codes_off(services, passwords, visit.person.id, password)
        if wrong:
            return _page(services, visit, off_error=wrong), 422
        say = sayer(visit.locale)
        note(say("两步验证已关闭"))
        return redirect("/me", 303)

    @blueprint.post("/me/sessions/end")
    @signed_in
    def leave_elsewhere(visit: Visit) -> ResponseReturnValue:
        key = request.form.get("key", "")
        if key != visit.session:
            end_session(services, visit.person.id, key)
            say = sayer(visit.locale)
            note(say("已退出该设备"))
        return redirect("/me", 303)


def _back(visit: Visit) -> Response:
    origin = request.headers.get("Referer", "")
    path = "/" + origin.split("/", 3)[3] if origin.startswith(request.host_url) else "/"
    return make_response(redirect(safe_next(path), 303))


def _password_changed(
    services: Services, passwords: Passwords, visit: Visit
) -> ResponseReturnValue:
    old, new = request.form.get("old", ""), request.form.get("new", "")
    say = sayer(visit.locale)
    if new != request.form.get("again", ""):
        return _page(services, visit, password_error=say("两次输入的新密码不一样")), 422
    wrong = change_password(services, passwords, visit.person.id, visit.session, (old, new))
    if wrong:
        return _page(services, visit, password_error=say(wrong.text, **wrong.args)), 422
    note(say("密码已修改，其他设备已退出登录"))
    return redirect("/me", 303)


def _codes_switched_on(services: Services, visit: Visit) -> ResponseReturnValue:
    say = sayer(visit.locale)
    try:
        secret = str(_seal(services).loads(request.form.get("secret", ""), max_age=SECRET_FOR))
    except BadSignature:
        note(say("二维码已过期，请重新扫描"), "red")
        return redirect("/me", 303)
    code = request.form.get("code", "")
    wrong = switch_codes_on(services, visit.person.id, secret, code)
    if wrong:
        return _page(services, visit, secret=secret, code_error=wrong), 422
    note(say("两步验证已开启"))
    return redirect("/me", 303)


def _seal(services: Services) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services.settings.secret_key, salt="one-time codes")


def _page(services: Services, visit: Visit, *, secret: str | None = None, **values: Any) -> str:
    person, has_codes = own_account(services, visit.person.id)
    if not has_codes:
        values |= _new_codes(services, person, secret)
    sessions = own_sessions(services, visit.person.id)
    return show(
        services,
        visit,
        "me/me.html",
        active="me",
        person=person,
        has_codes=has_codes,
        sessions=[
            {
                "key": each.key,
                "here": each.key == visit.session,
                "device": device_of(each.agent or ""),
                "address": each.address,
                "seen_at": each.seen_at,
            }
            for each in sessions
        ],
        **values,
    )


def _new_codes(services: Services, person: Any, secret: str | None) -> dict[str, Any]:
    made, address = new_code_secret(person, secret)
    picture = segno.make(address, error="m").svg_inline(scale=4, border=0, omitsize=True)
    return {
        "secret": _seal(services).dumps(made),
        "spelled": " ".join(made[n : n + 4] for n in range(0, len(made), 4)),
        "qr": Markup(picture),  # noqa: S704 - drawn by us
    }
