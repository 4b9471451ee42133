"""How does a test visit the pages as somebody, without a browser?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from runtime.services import Services
from runtime.use_cases.sign_in import LASTS
from runtime.workspace.accounts import new_token

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Visitor:
    """Somebody who is signed in, with a token for programs as well."""

    login: str
    http: FlaskClient
    csrf: str
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.http.get(path, headers=headers)

    def post(self, path: str, *, panel: bool = False, **typed: Any) -> TestResponse:
        """Send a form as the pages do, or as their modules do."""
        headers = {"X-CSRFToken": self.csrf, **({"X-Panel": "1"} if panel else {})}
        return self.http.post(path, data=typed, headers=headers)

    def call(
        self, method: str, path: str, body: Any = None, *, locale: str = "zh", **query: Any
    ) -> TestResponse:
        """Ask the API."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": locale}
        return self.http.open(
            f"/api/v1{path}", method=method, json=body, headers=headers, query_string=query
        )


def visitor(services: Services, app: Flask, login: str) -> Visitor:
    """Let somebody in; the session is begun as the sign-in page begins it."""
    token = new_token(services, login, "law")
    assert token is not None
    with services.store.unit() as unit:
        person = unit.people.by_login(login)
        assert person is not None
        secret = unit.sessions.begin(
            person.id, services.now(), LASTS, agent=None, address="127.0.0.1"
        )
        session = unit.sessions.of(secret, services.now(), LASTS)
    assert session is not None
    http = app.test_client()
    http.set_cookie("session", secret)
    return Visitor(login, http, session.csrf, token)


def json_of(answer: TestResponse) -> Any:
    """Return what an answer of the API says."""
    return answer.get_json()


class _Texts(HTMLParser):
    """Collects the text of every element that matches a path of `tag.class` steps."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = path
        self.open: list[tuple[str, frozenset[str]]] = []
        self.found: list[tuple[int, list[str]]] = []
        self.done: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        marks = {f".{name}" for name in (given.get("class") or "").split()}
        marks |= {f"[{name}={value}]" for name, value in attrs}
        self.open.append((tag, frozenset(marks)))
        if self._fits():
            self.found.append((len(self.open), []))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        if self.found and self.found[-1][0] == len(self.open):
            self.done.append(re.sub(r"\s+", " ", "".join(self.found.pop()[1])).strip())
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, texts in self.found:
            texts.append(data)

    def _fits(self) -> bool:
        steps = list(self.wanted)
        if not self._is(self.open[-1], steps.pop()):
            return False
        for element in reversed(self.open[:-1]):
            if steps and self._is(element, steps[-1]):
                steps.pop()
        return not steps

    @staticmethod
    def _is(element: tuple[str, frozenset[str]], step: str) -> bool:
        return step == element[0] or step in element[1]


def texts_in(page: str, *path: str) -> list[str]:
    """Return the text of each element at the end of a path of tags, `.class` or `[name=value]`."""
    reader = _Texts(path)
    reader.feed(page)
    return reader.done
