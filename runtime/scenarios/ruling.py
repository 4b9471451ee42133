"""How are the steps of a scenario played that are about rules?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.definition.scenario import PressStep
from runtime.scenarios.done import Done, Turn, named
from runtime.scenarios.values import submission
from runtime.use_cases.rules.press_button import press_button, press_for_each


def _press(turn: Turn, wish: PressStep) -> Done:
    record, services = named(turn, wish.record), turn.world.services
    given = submission(turn.world, turn.act, record.form, wish.values)
    if turn.in_bulk:
        results = press_for_each(services, turn.act, record.form, (record.id,), wish.button, given)
        return Done(results[0][1], record)
    outcome = press_button(services, turn.act, record.form, record.id, wish.button, given)
    return Done(outcome, record)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"press": _press}
