"""How do the chat programs of companies answer: by a code in a body that HTTP calls fine?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.wording import Message
from runtime.effects.channel import Doors, Failed, Setting
from runtime.effects.net.http import NoAnswer, Request

OWN_HOST = Setting(
    id="host",
    label=Message("接口地址"),
    required=False,
    help=Message("私有化部署时填写，不填用官方地址"),
)
"""Where a company runs the chat program itself."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a provider answered when all went well."""

    body: Mapping[str, Any]
    milliseconds: int


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a provider says whether it took something: where its code stands, and which codes mean
    that one may come again."""

    code: str
    detail: str
    fine: frozenset[str]
    again: frozenset[str]


def ask(doors: Doors, dialect: Dialect, wanted: Request) -> Said | Failed:
    """Ask a provider. An answer without its code of success has failed, whatever HTTP says."""
    answer = doors.outbound.ask(wanted)
    if isinstance(answer, NoAnswer):
        return Failed.without(answer)
    body = answer.json()
    code = str(body.get(dialect.code, ""))
    if answer.ok and code in dialect.fine:
        return Said(body=body, milliseconds=answer.milliseconds)
    busy = answer.status == 429 or answer.status >= 500
    return Failed(
        code=code or f"HTTP {answer.status}",
        detail=str(body.get(dialect.detail) or answer.text())[:300],
        again=code in dialect.again or (not code and busy),
        milliseconds=answer.milliseconds,
    )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A pass by which one may ask a provider, and what it says when the pass is no good."""

    key: tuple[str, ...]
    fetch: Callable[[], tuple[str, float] | Failed]
    stale: frozenset[str]


def ask_with_pass(doors: Doors, entry: Entry, do: Callable[[str], Said | Failed]) -> Said | Failed:
    """Do something with a pass; with a new one if the provider does not take the old."""
    for last in (False, True):
        held = doors.passes.use(entry.key, entry.fetch)
        if isinstance(held, Failed):
            return held
        outcome = do(held)
        if last or not isinstance(outcome, Failed) or outcome.code not in entry.stale:
            return outcome
        doors.passes.forget(entry.key)
    raise AssertionError("the second try returns")


@dataclass(frozen=True, kw_only=True)
class Account:
    """How an app of a company asks for its pass and shows it, where both stand in the address."""

    dialect: Dialect
    base: str
    wanted: Mapping[str, str]
    """What the app says of itself to get its pass."""
    stale: frozenset[str]
    lasts: float = 0
    """Seconds that a pass is good for where the provider does not say."""


def call(doors: Doors, account: Account, path: str, content: Mapping[str, Any]) -> Said | Failed:
    """Post something in the name of an app, with its pass."""
    url = f"{account.base}/{path}"

    def do(held: str) -> Said | Failed:
        params = {"access_token": held}
        return ask(doors, account.dialect, Request(url=url, params=params, json=content))

    return call_with(doors, account, do)


def call_with(
    doors: Doors,
    account: Account,
    do: Callable[[str], Said | Failed],
    stale: frozenset[str] = frozenset(),
) -> Said | Failed:
    """Do something with the pass of an app, where it is shown in another way; `stale` are further
    codes that say that it is no good."""

    def fetch() -> tuple[str, float] | Failed:
        url = f"{account.base}/gettoken"
        said = ask(doors, account.dialect, Request(method="GET", url=url, params=account.wanted))
        if isinstance(said, Failed):
            return said
        lasts = float(said.body.get("expires_in", account.lasts))
        return str(said.body.get("access_token", "")), lasts

    key = (account.base, *account.wanted.values())
    return ask_with_pass(doors, Entry(key=key, fetch=fetch, stale=account.stale | stale), do)
