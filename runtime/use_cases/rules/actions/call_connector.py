"""How does a rule ask another system?"""

from __future__ import annotations

from typing import Any

from engine.rules.actions.call_connector import CallConnector
from engine.typed.exchanged import plain
from runtime.store.connectors import Call
from runtime.store.ids import new_id
from runtime.use_cases.connectors.going_on import ask_later, ask_once_more
from runtime.use_cases.rules.acting import Came, Doing, Waits


def perform(doing: Doing, action: CallConnector) -> Came:
    """Leave the call as work, in the transaction of the rule; nothing goes out of it. A call that
    failed goes on under its key, unless something else is to be sent now."""
    unit, now = doing.work.unit, doing.work.now
    inputs = {name: plain(doing.value(f"send/{name}")) for name in action.send}
    before = unit.connectors.of_run(doing.run.id).get(doing.number)
    if before is None:
        _begin(doing, action, inputs, doing.key)
    elif before.answer is not None or before.inputs == inputs:
        ask_once_more(unit, before, now)
    else:
        _begin(doing, action, inputs, f"{doing.key}:{doing.run.tries}")
    return Waits(told={"connector": action.connector, "operation": action.operation})


def _begin(doing: Doing, action: CallConnector, inputs: dict[str, Any], key: str) -> None:
    work = doing.work
    call = Call(
        id=new_id(work.now),
        key=key,
        app=work.form.app,
        connector=action.connector,
        operation=action.operation,
        rule=doing.rule.id,
        run=doing.run.id,
        number=doing.number,
        form=work.form.id,
        record=doing.record.id,
        inputs=inputs,
        at=work.now,
    )
    if work.unit.connectors.begin(call):
        ask_later(work.unit, call, work.now)
