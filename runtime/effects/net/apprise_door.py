"""How does the library Apprise reach other services, without being sent where it must not go?"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import requests

from runtime.effects.net.http import Answer, NoAnswer, Outbound, no_answer

MODULES: Mapping[str, str] = {
    "bark": "bark",
    "barks": "bark",
    "chanify": "chanify",
    "discord": "discord",
    "gotify": "gotify",
    "gotifys": "gotify",
    "line": "line",
    "mmost": "mattermost",
    "mmosts": "mattermost",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "pbul": "pushbullet",
    "pover": "pushover",
    "pushdeer": "pushdeer",
    "pushdeers": "pushdeer",
    "pushme": "pushme",
    "pushplus": "pushplus",
    "rocket": "rocketchat",
    "rockets": "rocketchat",
    "schan": "serverchan",
    "slack": "slack",
    "tgram": "telegram",
    "wxpusher": "wxpusher",
    "zulip": "zulip",
}
"""Services that speak plain HTTP through one name, behind which we put our door, by how their
addresses begin. Not among them: those for which we have channels of our own, and all that reach
for sockets, mail or programs. Of the library only these modules are ever loaded."""
FILES = frozenset({"template", "attach", "image_path"})
"""What makes a service read a file of this machine, or another address."""
FINE = frozenset({0, 200, 1000})
CODES = ("code", "errno", "errcode", "error_code")


class _Talk(threading.local):
    """By which client this thread may ask just now, and what it heard."""

    outbound: Outbound | None = None
    heard: Answer | NoAnswer | None = None


_talk = _Talk()


class _Door:
    """Stands where the modules of services look for `requests`: they get our client, not theirs."""

    RequestException = requests.RequestException
    exceptions = requests.exceptions
    codes = requests.codes

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """Ask by the guarded client; how long, how often and by whom it is checked is not theirs
        to say. Raises RequestException."""
        if _talk.outbound is None:
            raise requests.ConnectionError("no client")
        known = ("params", "data", "json", "headers", "auth")
        wanted = {name: options[name] for name in known if options.get(name) is not None}
        try:
            response, _talk.heard = _talk.outbound.ask_for_library(method, url, wanted)
        except requests.RequestException as error:
            _talk.heard = no_answer(error)
            raise
        return response

    def post(self, url: str, **options: Any) -> requests.Response:
        """Ask by POST."""
        return self.request("POST", url, **options)

    def get(self, url: str, **options: Any) -> requests.Response:
        """Ask by GET."""
        return self.request("GET", url, **options)


_DOOR = _Door()


def service_of(address: str) -> Any:
    """Return the service that an address names; None if it is none, or none that may be used."""
    schema = address.partition("://")[0].lower()
    if schema not in MODULES:
        return None
    module = import_module(f"apprise.plugins.{MODULES[schema]}")
    kind = next(each for each in vars(module).values() if schema in _schemas(each))
    parsed = kind.parse_url(address)
    if not parsed or any(parsed.get(name) or name in parsed.get("qsd", {}) for name in FILES):
        return None
    # The module looks up `requests` by its own name whenever it asks.
    module.requests = _DOOR  # type: ignore[attr-defined]  # that name
    asset = import_module("apprise.asset").AppriseAsset(async_mode=False, storage_mode="memory")
    try:
        return kind(**{**parsed, "asset": asset})
    except TypeError:
        # So they say that something is missing in an address.
        return None


def _schemas(kind: Any) -> tuple[str, ...]:
    if not isinstance(kind, type) or not hasattr(kind, "parse_url"):
        return ()
    named = (getattr(kind, "protocol", None), getattr(kind, "secure_protocol", None))
    found: list[str] = []
    for each in named:
        found += [each] if isinstance(each, str) else list(each or ())
    return tuple(found)


def tell(outbound: Outbound, address: str, title: str, body: str) -> Answer | NoAnswer:
    """Let a service tell something, and return what it answered last. An answer that says itself
    that it failed has the status 502, whatever HTTP says."""
    service = service_of(address)
    if service is None:
        return NoAnswer(code="address", detail="not a service that may be used", again=False)
    with _talking(outbound):
        done = bool(service.notify(body=body, title=title))
        heard = _talk.heard
    if heard is None:
        return NoAnswer(code="network", detail="nothing was sent", again=False)
    if isinstance(heard, NoAnswer) or not heard.ok:
        return heard
    failed = not done or _says_no(heard.json())
    return Answer(
        status=502 if failed else heard.status, body=heard.body, milliseconds=heard.milliseconds
    )


def _says_no(body: Mapping[str, Any]) -> bool:
    if body.get("ok") is False or body.get("success") is False or body.get("result") == "error":
        return True
    found = [body[name] for name in CODES if isinstance(body.get(name), int)]
    return any(code not in FINE for code in found)


@contextmanager
def _talking(outbound: Outbound) -> Iterator[None]:
    _talk.outbound, _talk.heard = outbound, None
    try:
        yield
    finally:
        _talk.outbound = None
