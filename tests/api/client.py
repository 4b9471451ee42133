"""How does a test call the API as somebody?"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from runtime.app import build_app
from runtime.workspace.accounts import new_token
from tests.desk import Desk


@dataclass(frozen=True)
class Answer:
    """What came back; `json` is None where there is none."""

    response: TestResponse

    @property
    def status_code(self) -> int:
        return self.response.status_code

    @property
    def json(self) -> Any:
        return self.response.get_json(silent=True)

    @property
    def content_type(self) -> str | None:
        return self.response.content_type

    @property
    def headers(self) -> Headers:
        return self.response.headers

    @property
    def request(self) -> Request:
        return self.response.request

    def get_data(self) -> bytes:
        return self.response.get_data()


@dataclass
class Client:
    """A caller with a token of each person, in an app of the desk."""

    desk: Desk
    http: FlaskClient
    tokens: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **how: Any) -> Answer:
        return self.raw("GET", f"/api/v1/apps/desk{path}", **how)

    def post(self, path: str, body: Any, **how: Any) -> Answer:
        return self.raw("POST", f"/api/v1/apps/desk{path}", body, **how)

    def patch(self, path: str, body: Any, **how: Any) -> Answer:
        return self.raw("PATCH", f"/api/v1/apps/desk{path}", body, **how)

    def delete(self, path: str, **how: Any) -> Answer:
        return self.raw("DELETE", f"/api/v1/apps/desk{path}", **how)

    def raw(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str | None = "ann",
        key: str | None = None,
        locale: str = "zh",
    ) -> Answer:
        """Send a body as JSON, or bytes as a file."""
        headers = {"Accept-Language": locale}
        if who is not None:
            headers["Authorization"] = f"Bearer {self._token(who)}"
        if key is not None:
            headers["Idempotency-Key"] = key
        sent: dict[str, Any] = {"json": body}
        if isinstance(body, bytes):
            sent = {"data": {"file": (io.BytesIO(body), "纪要.pdf")}}
        return Answer(self.http.open(path, method=method, headers=headers, **sent))

    def _token(self, who: str) -> str:
        if who not in self.tokens:
            made = new_token(self.desk.services, who, "test")
            assert made is not None
            self.tokens[who] = made
        return self.tokens[who]


def client_of(desk: Desk) -> Client:
    """Return a client of the desk's web application."""
    return Client(desk, build_app(desk.services).test_client())
