"""How are the pages of a workspace that is only tried shown beneath an address of another one?"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from flask import Flask, Request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from runtime.services import Services
from runtime.web.visit import Visit

HOME = re.compile(r'((?:href|action)=")/(?=")')
OUTSIDE = frozenset({"static", "manifest.webmanifest", "favicon.ico"})
"""What is the same everywhere, and fetched once."""
SHUT = frozenset({"admin", "api", "in", "act", "me", "sign-in", "sign-out", "rules"})
"""What belongs to the workspace outside, or would reach other systems."""
TEXTS = frozenset({"text/html", "application/json"})
NOTES = "notes_inside"
LASTS = timedelta(days=366)


@dataclass(frozen=True)
class Where:
    """What an address inside opens."""

    endpoint: str
    names: dict[str, str]


@dataclass(frozen=True)
class Inside:
    """All pages of a workspace, beneath a prefix such as `/tried/x`, without its settings."""

    app: Flask
    """The web application over the services of that workspace."""
    services: Services
    prefix: str

    def __post_init__(self) -> None:
        self.app.config.update(
            SESSION_COOKIE_NAME=NOTES, SESSION_COOKIE_PATH=self.prefix, TRUSTED_HOSTS=None
        )

    def where(self, path: str, method: str = "GET") -> Where | None:
        """Return what a path inside opens; None is nowhere, or what is shut in here."""
        if path.strip("/").partition("/")[0] in SHUT:
            return None
        try:
            found = self.app.url_map.bind("inside").match(path, method)
        except HTTPException:
            return None
        return Where(str(found[0]), dict(found[1]))

    def answer(self, visit: Visit, person: str, asked: Request, path: str) -> Response:
        """Answer a request as the workspace inside does, to one of its people: the session of
        the visitor outside is theirs in there. What was sent must not have been read away: call
        `asked.get_data()` before anything reads a form."""
        self._let_in(visit, person)
        environ = {
            **{key: value for key, value in asked.environ.items() if _plain(key)},
            "PATH_INFO": path if self.where(path, asked.method) else "/nowhere",
            "SCRIPT_NAME": "",
            "wsgi.input": io.BytesIO(asked.get_data()),
        }
        return self._beneath(Response.from_app(self.app.wsgi_app, environ, buffered=True))

    def _let_in(self, visit: Visit, person: str) -> None:
        assert visit.session is not None
        now = self.services.now()
        with self.services.store.unit() as unit:
            unit.sessions.let_in(visit.session, visit.csrf, person, now, now + LASTS)

    def _beneath(self, answer: Response) -> Response:
        kept = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(NOTES)]
        answer.headers.setlist("Set-Cookie", kept)
        if "Location" in answer.headers:
            answer.headers["Location"] = self._moved(answer.headers["Location"])
        if answer.mimetype in TEXTS:
            text = HOME.sub(rf"\1{self.prefix}/", answer.get_data(as_text=True))
            answer.set_data(self._links.sub(rf"{self.prefix}\g<0>", text))
        return answer

    def _moved(self, address: str) -> str:
        inside = address.startswith("/") and address.split("/")[1] not in OUTSIDE
        return f"{self.prefix}{address}" if inside else address

    @cached_property
    def _links(self) -> re.Pattern[str]:
        """How addresses of ours begin where a page or an answer for a module quotes them."""
        roots = {str(rule).split("/")[1] for rule in self.app.url_map.iter_rules()}
        names = "|".join(re.escape(one) for one in sorted(roots - OUTSIDE - {""}))
        return re.compile(rf"""(?<=["'=;(])/(?:{names})(?=[/?#"'&)])""")


def _plain(key: str) -> bool:
    return not key.startswith(("werkzeug.", "flask.", "dougong."))
