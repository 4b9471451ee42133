"""How does the server ask other programs by HTTP, without being led where it must not go?"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from runtime.effects.net.guard import Guard, NotAllowed, NotFound

CONNECT, READ, ALTOGETHER = 5.0, 15.0, 30.0
"""Seconds."""
LARGEST = 5 * 1_048_576
PIECE = 65_536
HTTP_PORT = 80


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of another program."""

    url: str
    method: str = "POST"
    json: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    largest: int = LARGEST
    """Bytes that the answer may have."""
    seconds: float = ALTOGETHER


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What another program said."""

    status: int
    body: bytes
    milliseconds: int

    @property
    def ok(self) -> bool:
        """Whether it says that all is well, as far as HTTP goes."""
        return 200 <= self.status < 300

    def json(self) -> Mapping[str, Any]:
        """Return the body as JSON; empty if it is none."""
        try:
            found = msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}
        return found if isinstance(found, dict) else {}

    def text(self) -> str:
        """Return the beginning of the body, for a log."""
        return self.body[:300].decode("utf-8", "replace")


@dataclass(frozen=True, kw_only=True)
class NoAnswer:
    """Why nothing came back."""

    code: str
    """One of `refused`, `not_found`, `timeout`, `too_large`, `network`, `address`."""
    detail: str
    again: bool = True
    """Whether it may go better another time."""
    sent: bool = True
    """Whether it may have reached the other program; False if it certainly did not."""


class Outbound:
    """The one client for HTTP: no proxies or passwords of the machine, no redirects, limited in
    time and size, and guarded at the moment of connecting."""

    def __init__(self, guard: Guard) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        # What one provider asks to remember is nothing for the next request.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(guard))

    def ask(self, wanted: Request) -> Answer | NoAnswer:
        """Ask, and return what came back or why nothing did; never inside a transaction."""
        wrong = _wrong_address(wanted.url)
        if wrong:
            return NoAnswer(code="address", detail=wrong, again=False, sent=False)
        begun = time.monotonic()
        try:
            with self._sent(wanted) as response:
                body = _read(response, begun, wanted.largest, wanted.seconds)
                status = response.status_code
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            return no_answer(error)
        if body is None:
            detail = f"> {wanted.largest} bytes or {wanted.seconds} s"
            return NoAnswer(code="too_large", detail=detail)
        took = int((time.monotonic() - begun) * 1000)
        return Answer(status=status, body=body, milliseconds=took)

    def ask_for_library(
        self, method: str, url: str, options: Mapping[str, Any]
    ) -> tuple[requests.Response, Answer]:
        """Ask in the place of a library that speaks to `requests` itself, within our own limits.
        Raises RequestException."""
        wrong = _wrong_address(url)
        if wrong:
            raise requests.exceptions.InvalidURL(wrong)
        begun = time.monotonic()
        with self._session.request(
            method, url, timeout=(CONNECT, READ), allow_redirects=False, stream=True, **options
        ) as response:
            body = _read(response, begun)
        if body is None:
            raise requests.exceptions.ContentDecodingError("too large")
        response._content = body
        took = int((time.monotonic() - begun) * 1000)
        return response, Answer(status=response.status_code, body=body, milliseconds=took)

    def _sent(self, wanted: Request) -> requests.Response:
        data, headers = wanted.body, {"User-Agent": "Dougong", **wanted.headers}
        if wanted.json is not None:
            data = msgspec.json.encode(wanted.json)
            headers.setdefault("Content-Type", "application/json; charset=utf-8")
        return self._session.request(
            wanted.method,
            wanted.url,
            params=dict(wanted.params) or None,
            data=data,
            headers=headers,
            timeout=(CONNECT, READ),
            allow_redirects=False,
            stream=True,
        )


def _wrong_address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return "only http:// and https:// addresses"
    return "no names or passwords in addresses" if parts.username or parts.password else None


def _read(
    response: requests.Response, begun: float, largest: int = LARGEST, seconds: float = ALTOGETHER
) -> bytes | None:
    body = bytearray()
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > largest or time.monotonic() - begun > seconds:
            return None
    return bytes(body)


def no_answer(error: BaseException) -> NoAnswer:
    """Return what it means that asking ended in an error."""
    causes = _causes(error)
    sent = not any(isinstance(each, NewConnectionError | SSLError) for each in causes)
    for cause in causes:
        if isinstance(cause, NotAllowed):
            return NoAnswer(code="refused", detail=str(cause), again=False, sent=False)
        if isinstance(cause, NotFound):
            return NoAnswer(code="not_found", detail=str(cause), sent=False)
        if isinstance(cause, requests.Timeout | TimeoutError):
            return NoAnswer(code="timeout", detail=type(cause).__name__, sent=sent)
    return NoAnswer(code="network", detail=type(error).__name__, sent=sent)


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error with all that it was raised from or holds, innermost last."""
    found, waiting = [], [error]
    while waiting:
        each = waiting.pop(0)
        if each in found:
            continue
        found.append(each)
        within = [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]
        waiting += [one for one in within if isinstance(one, BaseException)]
    return found


class _Adapter(HTTPAdapter):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pools(self._guard)


def _pools(guard: Guard) -> dict[str, Any]:
    def connect(connection: HTTPConnection) -> socket.socket:
        timeout = connection.timeout
        seconds = float(timeout) if isinstance(timeout, int | float) else CONNECT
        try:
            return guard.connect(connection.host, connection.port or HTTP_PORT, seconds)
        except OSError as error:
            raise NewConnectionError(connection, "not connected") from error

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self)

    class Safe(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    return {"http": PlainPool, "https": SafePool}
