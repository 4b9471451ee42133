"""Does a change really come from one of our own pages?"""

from __future__ import annotations

import hashlib
import hmac

from flask import Request
from werkzeug.exceptions import BadRequest

from runtime.web.visit import Visit

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER = "X-CSRFToken"
FIELD = "csrf_token"


class NotFromHere(BadRequest):
    """The page that sent this is too old, or not ours."""


def csrf_for(secret: str, guest: str) -> str:
    """Return the token that belongs to a browser in which nobody is signed in yet; a session has
    its own."""
    return hmac.new(secret.encode(), f"csrf:{guest}".encode(), hashlib.sha256).hexdigest()


def check_csrf(visit: Visit, request: Request) -> None:
    """Raise NotFromHere for a change without the right token, or from another site."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotFromHere
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not visit.csrf or not hmac.compare_digest(given.encode(), visit.csrf.encode()):
        raise NotFromHere
