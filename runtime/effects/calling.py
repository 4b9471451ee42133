"""How is another system asked, so that nothing is lost and nothing is done twice?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from engine.connectors.answering import LONGEST, answered
from engine.typed.exchanged import plain
from engine.wording import Message
from runtime.effects.net.http import Answer, NoAnswer, Request
from runtime.effects.opening import doors_of
from runtime.effects.preparing import Prepared, prepared_call
from runtime.services import Services
from runtime.store.connectors import Call
from runtime.use_cases.connectors.going_on import ended

MOST_TRIES = 8
NOT_TAKEN = frozenset({425, 429, 503})
"""Answers that say that nothing was done, and ask to try again."""
NOT_KNOWN = 408
FAILED = 500

Ask: TypeAlias = Callable[[Services, Prepared], Answer | NoAnswer]
"""Who asks: the network, or in a scenario what the story says."""


def ask(services: Services, prepared: Prepared) -> Answer | NoAnswer:
    """Ask by the one guarded client; never inside a transaction."""
    sent = prepared.request
    headers = {"Idempotency-Key": prepared.key, "Accept": "application/json", **sent.headers}
    if sent.body is not None:
        headers.setdefault("Content-Type", "application/json; charset=utf-8")
    request = Request(
        url=prepared.url.rstrip("/") + sent.path,
        method=sent.method,
        body=sent.body,
        headers=headers,
        params=sent.query,
    )
    return doors_of(services.settings).outbound.ask(request)


def carry_on(services: Services, id_: str, ask: Ask) -> int | None:
    """Ask, unless that is over; returns how often it was tried if it is to be tried again. What
    was sent before somebody died over it is asked again only where that does no harm."""
    with services.store.reading() as unit:
        call = unit.connectors.call(id_)
    if call is None or call.state not in ("waiting", "sending"):
        return None
    prepared = prepared_call(services, call)
    if isinstance(prepared, Message):
        return _end(services, call, replace(call, state="failed", problem=prepared))
    if call.state == "sending" and not prepared.repeatable:
        problem = Message("发出之后程序中断，不知道对方是否办了")
        return _end(services, call, replace(call, state="unknown", problem=problem))
    sending = replace(call, state="sending", tries=call.tries + 1)
    if not _changed(services, call, sending):
        return None
    return _came(services, sending, prepared, ask(services, prepared))


def _came(
    services: Services, call: Call, prepared: Prepared, came: Answer | NoAnswer
) -> int | None:
    if isinstance(came, NoAnswer):
        return _without_answer(services, call, prepared, came)
    call = replace(call, status=came.status, milliseconds=came.milliseconds)
    if came.status in NOT_TAKEN:
        return _again(services, call, Message("对方暂时不收，状态码 {status}", status=came.status))
    if came.status >= FAILED or came.status == NOT_KNOWN:
        problem = Message("对方出错，状态码 {status}", status=came.status)
        words = prepared.hidden(came.text())
        return _unsure(services, call, prepared, problem, words)
    zone = services.calendar.zone
    read = answered(
        prepared.connector, prepared.operation, came.status, came.body, prepared.env, zone
    )
    if read.problem is not None:
        words = prepared.hidden(read.words)[:LONGEST]
        failed = replace(call, state="failed", words=words or None, problem=read.problem)
        return _end(services, call, failed)
    values = {name: plain(value) for name, value in read.values.items()}
    good = replace(call, state="answered", answer=values, words=None, problem=None)
    _changed(services, call, good)
    return None


def _without_answer(
    services: Services, call: Call, prepared: Prepared, came: NoAnswer
) -> int | None:
    problem = WHY.get(came.code, Message("网络出错"))
    if not came.again:
        return _end(services, call, replace(call, state="failed", problem=problem))
    if not came.sent:
        return _again(services, call, problem)
    return _unsure(services, call, prepared, problem)


def _unsure(
    services: Services, call: Call, prepared: Prepared, problem: Message, words: str | None = None
) -> int | None:
    """Go on where it may have been done over there."""
    if prepared.repeatable:
        return _again(services, call, problem, words)
    unknown = replace(call, state="unknown", problem=problem, words=words)
    return _end(services, call, unknown)


def _again(
    services: Services, call: Call, problem: Message, words: str | None = None
) -> int | None:
    call_so_far = replace(call, problem=problem, words=words)
    if call.tries % MOST_TRIES == 0:
        return _end(services, call, replace(call_so_far, state="failed"))
    waiting = replace(call_so_far, state="waiting")
    return call.tries % MOST_TRIES if _changed(services, call, waiting) else None


def _end(services: Services, before: Call, after: Call) -> int | None:
    with services.store.unit() as unit:
        ended(services, unit, before, after)
    return None


def _changed(services: Services, before: Call, after: Call) -> bool:
    with services.store.unit() as unit:
        return unit.connectors.change(before, after)


WHY: Mapping[str, Message] = {
    "refused": Message("地址在内网，运维没有放行"),
    "address": Message("地址不对"),
    "not_found": Message("找不到这个主机"),
    "timeout": Message("对方没有及时回答"),
    "too_large": Message("回答太大或太慢"),
    "network": Message("网络出错"),
}
