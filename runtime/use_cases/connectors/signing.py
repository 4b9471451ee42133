"""By which signature is it known who tells a rule something, and who makes the secret for it?"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from engine.app import Rule
from runtime.sealing import Broken, Seal
from runtime.services import Services
from runtime.store import Event
from runtime.store.hooks import Hook
from runtime.store.ids import new_id
from runtime.use_cases.act import Act

WINDOW = timedelta(minutes=5)
"""How far the signed moment may lie from ours."""
OVERLAP = timedelta(hours=24)
"""How long a secret still holds that was renewed."""
NOBODYS = "0" * 43
"""Compared with where there is no secret, so that it takes as long."""
MOST_DIGITS = 12


def make_secret(services: Services, act: Act, rule: Rule) -> str:
    """Make the secret of a rule, or renew it, and return it: nobody sees it again. The one before
    holds a while longer."""
    secret, now = secrets.token_urlsafe(32), services.now()
    seal = Seal(services.settings.secret_key)
    with services.store.unit() as unit:
        before = unit.hooks.one(rule.app, rule.id)
        unit.hooks.keep(
            Hook(
                app=rule.app,
                rule=rule.id,
                secret=seal.close(secret.encode(), _whose(rule.app, rule.id)),
                before=before.secret if before else None,
                before_until=now + OVERLAP if before else None,
                made_at=now,
                made_by=act.actor.id,
                heard_at=before.heard_at if before else None,
            )
        )
        unit.events.add(
            Event(
                id=new_id(now),
                at=now,
                kind="hook_secret_made",
                actor=act.actor.id,
                door=act.door,
                data={"app": rule.app, "rule": rule.id},
            )
        )
    return secret


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of what is told at a moment, in seconds since 1970."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()


def is_signed(
    services: Services, address: tuple[str, str], timestamp: str, given: str, body: bytes
) -> bool:
    """Tell whether it was signed lately with a secret of that rule. It takes as long whether there
    is such a rule or not."""
    known = _secrets(services, *address)
    right = [
        hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode())
        for secret in known or (NOBODYS,)
    ]
    return bool(known) and any(right) and _lately(services, timestamp)


def _secrets(services: Services, app: str, rule: str) -> tuple[str, ...]:
    with services.store.reading() as unit:
        kept = unit.hooks.one(app, rule)
    if kept is None:
        return ()
    sealed = [kept.secret]
    if kept.before and kept.before_until and services.now() < kept.before_until:
        sealed.append(kept.before)
    seal = Seal(services.settings.secret_key)
    found = []
    for one in sealed:
        try:
            found.append(seal.open(one, _whose(app, rule)).decode())
        except Broken:
            continue
    return tuple(found)


def _lately(services: Services, timestamp: str) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal()) or len(timestamp) > MOST_DIGITS:
        return False
    return abs(services.now().timestamp() - int(timestamp)) <= WINDOW.total_seconds()


def _whose(app: str, rule: str) -> str:
    return f"hook:{app}.{rule}"
