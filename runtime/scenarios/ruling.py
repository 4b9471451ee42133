"""How are the steps of a scenario played that are about rules?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.definition.scenario import LiftStep, PressStep
from engine.outcomes import Missing
from runtime.scenarios.done import Done, Turn, named
from runtime.scenarios.values import submission
from runtime.store.freezes import Frozen
from runtime.use_cases.rules.freezing import lift_freeze
from runtime.use_cases.rules.press_button import press_button, press_for_each


def _press(turn: Turn, wish: PressStep) -> Done:
    record, services = named(turn, wish.record), turn.world.services
    given = submission(turn.world, turn.act, record.form, wish.values)
    if turn.in_bulk:
        results = press_for_each(services, turn.act, record.form, (record.id,), wish.button, given)
        return Done(results[0][1], record)
    outcome = press_button(services, turn.act, record.form, record.id, wish.button, given)
    return Done(outcome, record)


def _lift(turn: Turn, wish: LiftStep) -> Done:
    record, services = named(turn, wish.record), turn.world.services
    with services.store.reading() as unit:
        frozen = unit.freezes.of_subject(record.id)
    outcome: object = Missing()
    for one in frozen:
        outcome = lift_freeze(services, turn.act, one.id, wish.reason)
        if not isinstance(outcome, Frozen):
            break
    return Done(outcome, record)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"press": _press, "lift": _lift}
