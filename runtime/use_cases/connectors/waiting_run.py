"""What becomes of the firing of a rule that waits for the answer to a call?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from runtime.store import Unit
from runtime.store.connectors import Call
from runtime.store.rule_runs import RuleRun

CALL = "call_connector"
"""The action that asks."""


def waits_at(run: RuleRun, number: int) -> bool:
    """Tell whether a firing waits for the answer to its action of that number."""
    return run.state == "waiting" and len(run.steps) == number + 1


def fails(unit: Unit, call: Call) -> None:
    """Note that a firing failed because its call did: a person may let it go on from there."""
    run = unit.rule_runs.one(call.run, hold=True)
    if run is not None and waits_at(run, call.number):
        steps = (*run.steps[:-1], {**run.steps[-1], "state": "failed"})
        unit.rule_runs.end(replace(run, state="failed", steps=steps, problem=call.problem))


def waits_again(unit: Unit, call: Call) -> None:
    """Note that a firing which failed because of its call waits for it once more."""
    run = unit.rule_runs.one(call.run, hold=True)
    if run is None or run.state != "failed" or len(run.steps) != call.number + 1:
        return
    steps = (*run.steps[:-1], {**run.steps[-1], "state": "waiting"})
    again = replace(run, state="waiting", steps=steps, problem=None, tries=run.tries + 1)
    unit.rule_runs.end(again)


def answered(run: RuleRun, told: Mapping[str, Any]) -> RuleRun:
    """Return a firing that waited as it goes on from its call, with what came of the answer."""
    last = run.steps[-1]
    done = {**last, "state": "done", "told": {**last.get("told", {}), **told}}
    return replace(run, steps=(*run.steps[:-1], done))
