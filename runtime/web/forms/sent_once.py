"""Which sending of a form is this, so that a second click does nothing twice?"""

from __future__ import annotations

from hashlib import sha256

from werkzeug.datastructures import MultiDict

NAME = "_key"
NOT_TYPED = frozenset({NAME, "csrf_token"})


def key_of(sent: MultiDict[str, str]) -> str | None:
    """Return the key of what a page sent: that of the page with all that was typed into it.

    The same once more is the same act; a page that somebody goes back to, changes and sends
    again is another one, and nothing of it is lost.
    """
    page = sent.get(NAME)
    if not page:
        return None
    typed = sorted((name, text) for name, text in sent.items(multi=True) if name not in NOT_TYPED)
    return sha256(repr((page, typed)).encode()).hexdigest()
