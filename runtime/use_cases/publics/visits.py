"""Which visit to a public page is this, though nobody there is signed in and no cookie is set?"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import new as sign

from runtime.limits import PUBLIC_VISIT_HOURS
from runtime.services import Services
from runtime.store.public_links import PublicLink

HELD = timedelta(hours=PUBLIC_VISIT_HOURS)
_VISITOR, _UNTIL, _MARK = 16, 8, 32
"""Bytes of the parts of a ticket."""


def new_ticket(services: Services, link: PublicLink) -> str:
    """Return what makes a visit known again: whose it is and how long it counts, signed for this
    link alone."""
    until = int((services.now() + HELD).timestamp()).to_bytes(_UNTIL)
    body = secrets.token_bytes(_VISITOR) + until
    return base64.urlsafe_b64encode(body + _mark(services, link, body)).decode()


def visitor_of(services: Services, link: PublicLink, ticket: str) -> str | None:
    """Return whose visit a ticket stands for; None if it is too old, of another link, or made
    up."""
    try:
        whole = base64.b64decode(ticket.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    body, mark = whole[:-_MARK], whole[-_MARK:]
    if len(body) != _VISITOR + _UNTIL or not compare_digest(mark, _mark(services, link, body)):
        return None
    until = datetime.fromtimestamp(int.from_bytes(body[_VISITOR:]), services.now().tzinfo)
    return body[:_VISITOR].hex() if services.now() < until else None


def _mark(services: Services, link: PublicLink, body: bytes) -> bytes:
    said = b"public visit " + link.id.encode() + b" " + body
    return sign(services.settings.secret_key.encode(), said, sha256).digest()
