"""Who is this, and is it really them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pyotp

from engine.record import Actor
from engine.wording import Message
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.store.people import Credentials, Person
from runtime.store.sessions import needs_note

IDLE = timedelta(hours=8)
LASTS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Known:
    """The person behind a session."""

    actor: Actor
    session: str
    """The key under which the session is kept."""
    csrf: str


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What somebody typed to sign in, and from where."""

    login: str
    password: str
    code: str = ""
    proved: bool = False
    """The password was right a moment ago; only the one-time code is missing."""
    agent: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class SignedIn:
    """They are who they say; the secret goes into the cookie."""

    secret: str
    person: Person


@dataclass(frozen=True)
class NeedsCode:
    """The password is right; the one-time code is still to come."""


@dataclass(frozen=True)
class NotLetIn:
    """Not let in. The words are the same whatever was wrong."""

    message: Message


WRONG = NotLetIn(Message("账号或密码不正确"))
WRONG_CODE = NotLetIn(Message("动态码不正确或已过期"))


def who_is_it(services: Services, secret: str) -> Known | None:
    """Return the person behind a cookie, if the session lives and the person is active."""
    now = services.now()
    with services.store.reading() as unit:
        session = unit.sessions.of(secret, now, IDLE)
        actor = unit.people.actor(session.person) if session else None
    if session is None or actor is None:
        return None
    if needs_note(session, now):
        with services.store.unit() as unit:
            unit.sessions.seen(session, now)
    return Known(actor=actor, session=session.key, csrf=session.csrf)


def sign_in(
    services: Services, passwords: Passwords, attempt: Attempt
) -> SignedIn | NeedsCode | NotLetIn:
    """Check password and, where it is set up, the one-time code; begin a new session."""
    with services.store.reading() as unit:
        known = unit.people.credentials(attempt.login)
    right = attempt.proved or passwords.matches(
        known.password_hash if known else None, attempt.password
    )
    if known is None or not right or not known.active:
        return WRONG
    if known.totp_secret:
        if not attempt.proved:
            return NeedsCode()
        if not code_fits(services, known.totp_secret, attempt.code):
            return WRONG_CODE
    return _begin(services, known, attempt)


def _begin(services: Services, known: Credentials, attempt: Attempt) -> SignedIn | NotLetIn:
    now = services.now()
    with services.store.unit() as unit:
        unit.sessions.forget_expired(now)
        secret = unit.sessions.begin(
            known.person, now, LASTS, agent=attempt.agent, address=attempt.address
        )
        person = unit.people.one(known.person)
    return SignedIn(secret, person) if person else WRONG


def sign_out(services: Services, session: str) -> None:
    """End the session."""
    with services.store.unit() as unit:
        unit.sessions.end(session)


def code_fits(services: Services, secret: str, code: str) -> bool:
    """Tell whether a one-time code is the one of this half minute, or of its neighbours."""
    typed = "".join(code.split())
    return pyotp.TOTP(secret).verify(typed, for_time=services.now(), valid_window=1)
