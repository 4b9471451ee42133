"""How are calls of other systems shown, and rules that other programs tell something?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace

from engine.app import Connector, Rule
from engine.rules.triggers.webhook import CalledIn
from engine.typed.exchanged import encoded
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.connectors import Call
from runtime.store.hooks import Hook
from runtime.web.showing import sayer

STATES: Mapping[str, tuple[Message, str]] = {
    "waiting": (Message("等待发送"), "grey"),
    "sending": (Message("正在发送"), "blue"),
    "answered": (Message("收到回答"), "blue"),
    "done": (Message("已办成"), "green"),
    "failed": (Message("没有办成"), "red"),
    "unknown": (Message("结果不明，等人处理"), "amber"),
}
SAMPLES = {
    "text": "…",
    "number": 1,
    "yes_no": True,
    "date": "2026-03-02",
    "datetime": "2026-03-02T09:00:00+08:00",
}


def shown_state(call: Call, locale: str) -> SimpleNamespace:
    """Return how a call stands, in a word and a colour."""
    text, tone = STATES[call.state]
    return SimpleNamespace(text=sayer(locale)(text.text), tone=tone)


def shown_calls(
    services: Services, connector: Connector, calls: Iterable[Call], locale: str
) -> list[SimpleNamespace]:
    """Return calls as a list shows them."""
    return [_call(services, connector, call, locale) for call in calls]


def _call(services: Services, connector: Connector, call: Call, locale: str) -> SimpleNamespace:
    operation = connector.operation(call.operation)
    rule = services.apps[connector.app].rules.get(call.rule)
    return SimpleNamespace(
        id=call.id,
        operation=words(operation.label, locale) if operation else call.operation,
        rule=words(rule.definition.label, locale) if rule else call.rule,
        run=f"/rules/{call.app}/runs/{call.run}",
        record=f"/a/{call.app}/{call.form}/{call.record}",
        at=_when(services, call.at),
        state=shown_state(call, locale),
        problem=call.problem,
        words=call.words,
        status=call.status,
        milliseconds=call.milliseconds,
        tries=call.tries,
        unknown=call.state == "unknown",
        again=call.state in ("failed", "unknown"),
    )


def shown_hooks(
    services: Services,
    known: Mapping[tuple[str, str], tuple[Rule, Hook | None]],
    locale: str,
) -> list[SimpleNamespace]:
    """Return rules that hear other programs as a list shows them."""
    return [_hook(services, rule, kept, locale) for rule, kept in known.values()]


def _hook(services: Services, rule: Rule, kept: Hook | None, locale: str) -> SimpleNamespace:
    app = services.apps[rule.app]
    old = kept.before_until if kept else None
    return SimpleNamespace(
        label=words(rule.definition.label, locale),
        app=words(app.definition.label, locale),
        url=f"/admin/hooks/{rule.app}/{rule.id}",
        path=f"/in/rules/{rule.app}/{rule.id}",
        address=f"{services.settings.public_url or ''}/in/rules/{rule.app}/{rule.id}",
        made=_when(services, kept.made_at) if kept else "",
        heard=_when(services, kept.heard_at) if kept and kept.heard_at else "",
        old=_when(services, old) if old and old > services.now() else "",
    )


def example(services: Services, rule: Rule) -> str:
    """Return the lines by which the address can be tried from a shell."""
    trigger = rule.definition.on
    assert isinstance(trigger, CalledIn)
    body = encoded({name: SAMPLES[kind] for name, kind in trigger.takes.items()}).decode()
    address = f"{services.settings.public_url or 'https://…'}/in/rules/{rule.app}/{rule.id}"
    return "\n".join(
        (
            f"BODY='{body}'",
            "TIME=$(date +%s)",
            'SIGNATURE=$(printf \'%s.%s\' "$TIME" "$BODY" \\',
            "  | openssl dgst -sha256 -hmac \"$SECRET\" -r | cut -d' ' -f1)",
            f"curl -i '{address}' -H 'Content-Type: application/json' \\",
            '  -H "X-Dougong-Timestamp: $TIME" -H "X-Dougong-Signature: sha256=$SIGNATURE" \\',
            '  -H "X-Dougong-Event: $(uuidgen)" -d "$BODY"',
        )
    )


def _when(services: Services, at: datetime) -> str:
    return f"{services.local(at):%Y-%m-%d %H:%M}"
