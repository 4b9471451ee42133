"""How does a rule tell another program?"""

from __future__ import annotations

from engine.rules.actions.webhook import Webhook
from runtime.use_cases.rules.acting import Came, Did, Doing
from runtime.use_cases.rules.reading import plain

CALL = "call_webhook"


def perform(doing: Doing, action: Webhook) -> Came:
    """Leave the call as work, in the transaction of the rule; nothing goes out of it."""
    work = doing.work
    body = {
        "key": doing.key,
        "app": work.form.app,
        "rule": doing.rule.id,
        "form": work.form.id,
        "record": doing.record.id,
        "at": work.now.isoformat(),
        "values": {name: plain(doing.value(name)) for name in action.send},
    }
    work.unit.jobs.save(CALL, {"url": action.url, "body": body}, work.now, key=f"call:{doing.key}")
    return Did(told={"url": action.url})
