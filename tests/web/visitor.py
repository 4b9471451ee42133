"""How does a test open pages without a browser, as somebody with cookies and a token?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from runtime.app import build_app
from tests.desk import PASSWORD, Desk


@dataclass
class Visitor:
    """One browser without scripts."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page and remember the token that it carries."""
        answer = self.client.get(path, **more)
        found = re.search(r'name="csrf-token" content="([^"]*)"', answer.text)
        if found:
            self.csrf = found[1]
        return answer

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form with the token of the page opened last."""
        headers = fields.pop("headers", None)
        data = {"csrf_token": self.csrf, **fields}
        return self.client.post(path, data=data, headers=headers)

    def sign_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        """Sign in; the token is the new session's afterwards."""
        self.get("/sign-in")
        answer = self.post("/sign-in", login=login, password=password)
        if answer.status_code == 303:
            self.get("/todo")
        return answer


def visitor(desk: Desk, login: str | None = None) -> Visitor:
    """Return somebody who opens the pages of a workspace, signed in if a login is given."""
    made = Visitor(build_app(desk.services).test_client())
    if login:
        made.sign_in(login)
    return made
