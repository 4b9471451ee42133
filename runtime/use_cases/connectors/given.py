"""What has another system answered, as the expressions of a rule read it?"""

from __future__ import annotations

from engine.app import Rule
from engine.rules.actions.call_connector import CallConnector
from engine.typed.exchanged import value_in
from runtime.services import Services
from runtime.store import Unit
from runtime.store.connectors import Call
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.connectors.going_on import connector_of

ANSWER = "answer"


def values_of(services: Services, call: Call) -> dict[str, object]:
    """Return an answer as values of the types that the operation names now."""
    connector = connector_of(services, call.app, call.connector)
    operation = connector.operation(call.operation) if connector else None
    zone, found = services.calendar.zone, call.answer or {}
    return {
        one.id: value_in(one.type, found.get(one.id), zone)
        for one in (operation.answers if operation else ())
    }


def latest_answer(
    services: Services, unit: Unit, rule: Rule, run: RuleRun
) -> dict[str, dict[str, object]]:
    """Return the answer that the actions still to be done see: that of the last call before them;
    nothing if there was none."""
    if not any(isinstance(action, CallConnector) for action in rule.definition.do):
        return {}
    calls = unit.connectors.of_run(run.id)
    done = [number for number, call in calls.items() if call.state == "done"]
    return {ANSWER: values_of(services, calls[max(done)])} if done else {}
