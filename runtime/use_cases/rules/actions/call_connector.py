"""How does a rule ask another system?"""

from __future__ import annotations

from engine.rules.actions.call_connector import CallConnector
from engine.typed.exchanged import plain
from runtime.store.connectors import Call
from runtime.store.ids import new_id
from runtime.use_cases.connectors.going_on import ask_later
from runtime.use_cases.rules.acting import Came, Did, Doing


def perform(doing: Doing, action: CallConnector) -> Came:
    """Leave the call as work, in the transaction of the rule; nothing goes out of it."""
    work = doing.work
    call = Call(
        id=new_id(work.now),
        key=doing.key,
        app=work.form.app,
        connector=action.connector,
        operation=action.operation,
        rule=doing.rule.id,
        run=doing.run.id,
        number=doing.number,
        form=work.form.id,
        record=doing.record.id,
        inputs={name: plain(doing.value(f"send/{name}")) for name in action.send},
        at=work.now,
    )
    if work.unit.connectors.begin(call):
        ask_later(work.unit, call, work.now)
    return Did(told={"connector": action.connector, "operation": action.operation})
