"""How does somebody open one task of theirs from a mail or a chat, without signing in?"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from runtime.services import Services
from runtime.store.notices import Notice
from runtime.store.signed_links import SignedLink

GOOD_FOR = timedelta(days=3)
BYTES = 32
KINDS = frozenset({"approve"})
"""The kinds of message that can be answered by a link."""


def link_for(services: Services, notice: Notice) -> str | None:
    """Return a new link by which the person may do the task of a message, once; None where there
    is nothing to do or nobody said at which address the workspace is. Only a digest of it is
    kept."""
    base = services.settings.public_url
    if base is None or notice.task is None or notice.kind not in KINDS:
        return None
    token, now = secrets.token_urlsafe(BYTES), services.now()
    with services.store.unit() as unit:
        unit.notices.links.add(
            SignedLink(
                key=key_of(token),
                person=notice.person,
                task=notice.task,
                made_at=now,
                expires_at=now + GOOD_FOR,
            )
        )
    return f"{base}/act/{token}"


def key_of(token: str) -> str:
    """Return under which key a link is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
