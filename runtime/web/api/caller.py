"""Which person does a program act for?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from flask import Request, Response

from engine.app import Form
from engine.record import Actor, Record
from engine.wording import LOCALES, Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.as_seen import as_seen
from runtime.web.api.answers import Say, problem, say_in
from runtime.web.api.bodies import MULTIPART
from runtime.web.language import translate

LONGEST_KEY = 200
BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The person behind a token, and how to speak to the program."""

    services: Services
    actor: Actor
    say: Say
    act: Act

    def seen(self, form: Form, record: Record) -> Record:
        """Leave of a record what the person may see."""
        return as_seen(self.services, self.actor, form, record)

    def because(self, reason: str | None) -> Act:
        """Return the act with a reason."""
        return replace(self.act, reason=reason)


def caller_of(services: Services, asked: Request) -> Caller | Response:
    """Return who calls, or the answer that turns the program away."""
    locale = asked.accept_languages.best_match(LOCALES) or LOCALES[0]
    say = partial(say_in, translate(locale), locale)
    actor = _actor_of(services, asked)
    if actor is None:
        return problem(401, say(Message("访问令牌缺失、无效或已停用")))
    key = asked.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        return problem(400, say(Message("Idempotency-Key 最长 {n} 个字符", n=LONGEST_KEY)))
    act = Act(actor=actor, door="api", key=key, request=_digest(asked) if key else None)
    return Caller(services=services, actor=actor, say=say, act=act)


def _digest(asked: Request) -> str:
    content = _parts(asked) if asked.mimetype == MULTIPART else asked.get_data(cache=True)
    return sha256(b"\0".join((asked.method.encode(), asked.path.encode(), content))).hexdigest()


def _parts(asked: Request) -> bytes:
    """Return what a body in parts holds; the line between its parts is another each time."""
    told = sha256(repr(sorted(asked.form.items(multi=True))).encode())
    for name, sent in sorted(asked.files.items(multi=True), key=lambda part: part[0]):
        told.update(repr((name, sent.filename)).encode())
        while block := sent.stream.read(BLOCK):
            told.update(block)
        sent.stream.seek(0)
    return told.digest()


def _actor_of(services: Services, asked: Request) -> Actor | None:
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with services.store.reading() as unit:
        known = unit.tokens.of(token.strip(), services.now())
        return unit.people.actor(known.person) if known else None
