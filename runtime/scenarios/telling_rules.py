"""How does another program tell a rule something in a scenario?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from engine.app import Rule
from engine.definition.scenario_outside import TellStep
from engine.outcomes import Invalid
from runtime.scenarios.done import Done, Turn
from runtime.scenarios.passing import perform_due
from runtime.scenarios.values import Unplayable
from runtime.scenarios.world import Named, World
from runtime.store.ids import new_id
from runtime.use_cases.connectors.hearing import NotHeard, hear, rule_told

BODY = "body"


def _tell(turn: Turn, wish: TellStep) -> Done:
    world = turn.world
    rule = rule_told(world.services, world.app.id, wish.rule)
    if rule is None:
        raise Unplayable(wish.rule)
    key = new_id(world.clock.now)
    heard = hear(world.services, rule, (key,), msgspec.json.encode(wish.body))
    if isinstance(heard, NotHeard):
        return Done(Invalid({heard.where or BODY: (heard.message,)}))
    perform_due(world)
    record = _record(world, rule, heard.event)
    if record is not None and wish.name:
        world.names[wish.name] = record
    return Done(None, record)


def _record(world: World, rule: Rule, event: str) -> Named | None:
    """Return the record that the rule found or made."""
    with world.services.store.reading() as unit:
        run = unit.rule_runs.by_key(f"{rule.actor}:{event}")
    if run is None:
        return None
    if run.record is not None:
        return Named(world.app.forms[run.form], run.record)
    told = (step.get("told", {}) for step in run.steps if step["type"] == "create_record")
    made = next((one for one in told if "record" in one), None)
    return Named(world.app.forms[made["form"]], made["record"]) if made else None


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"tell": _tell}
