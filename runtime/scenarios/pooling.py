"""How are the steps of a scenario played that are about pools?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.definition.scenario import RecordStep, ReleaseStep
from runtime.scenarios.done import Done, Turn, named
from runtime.use_cases.pools.claim_record import claim_record
from runtime.use_cases.pools.release_record import release_record


def _claim(turn: Turn, wish: RecordStep) -> Done:
    record = named(turn, wish.record)
    outcome = claim_record(turn.world.services, turn.act, record.form, record.id)
    return Done(outcome, record)


def _release(turn: Turn, wish: ReleaseStep) -> Done:
    record = named(turn, wish.record)
    outcome = release_record(turn.world.services, turn.act, record.form, record.id)
    return Done(outcome, record)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"claim": _claim, "release": _release}
