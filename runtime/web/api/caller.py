"""Which person does a program act for?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from flask import Request, Response, request

from engine.app import Form
from engine.record import Actor
from engine.wording import LOCALES, Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.as_seen import as_seen
from runtime.web.api.answers import Say, Seen, missing, problem, say_in
from runtime.web.language import translate

LONGEST_KEY = 200


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The person behind a token, and how to speak to the program."""

    actor: Actor
    say: Say
    seen: Seen
    act: Act


View = Callable[..., Response]


def called(services: Services) -> Callable[[View], View]:
    """Return the decorator of API views: it checks the token and hands the Caller over."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**path: Any) -> Response:
            locale = spoken(request)
            say = say_in(translate(locale), locale)
            actor = actor_of(services, request)
            if actor is None:
                return problem(401, say(Message("访问令牌缺失、无效或已停用")))
            key = request.headers.get("Idempotency-Key")
            if key is not None and not 0 < len(key) <= LONGEST_KEY:
                return problem(400, say(Message("Idempotency-Key 最长 {n} 个字符", n=LONGEST_KEY)))
            act = Act(actor=actor, door="api", key=key)
            caller = Caller(actor=actor, say=say, seen=partial(as_seen, services, actor), act=act)
            return view(caller, **path)

        return checked

    return decorate


def with_form(services: Services) -> Callable[[View], View]:
    """Return the decorator that turns the path's app and form into the Form."""

    def decorate(view: View) -> View:
        @wraps(view)
        def found(caller: Caller, app: str, form: str, **path: Any) -> Response:
            definition: Form | None = services.form(app, form)
            return view(caller, definition, **path) if definition else missing(caller.say)

        return found

    return decorate


def spoken(asked: Request) -> str:
    """Return the language that the program asks for; Chinese if it does not say."""
    return asked.accept_languages.best_match(LOCALES) or LOCALES[0]


def actor_of(services: Services, asked: Request) -> Actor | None:
    """Return the person that the bearer token belongs to, if it is good."""
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with services.store.reading() as unit:
        known = unit.tokens.of(token.strip(), services.now())
        return unit.people.actor(known.person) if known else None
