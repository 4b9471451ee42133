"""Does each app that comes along do what its scenarios tell?"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest

from engine.loading.load import load_app
from runtime.scenarios.run import Result, run_scenarios
from runtime.scenarios.telling import tell

APPS = Path(__file__).parents[2] / "apps"
TOLD = {
    name: tuple(one.scenario for one in load_app(APPS / name).scenarios)
    for name in ("sales_crm", "store_sales")
}


@cache
def _played(app: str) -> tuple[dict[str, Result], float]:
    """Return the results by their sentences, and the processor seconds that it took."""
    began = time.process_time()
    results = {result.scenario: result for result in run_scenarios(APPS / app)}
    return results, time.process_time() - began


@pytest.mark.parametrize(
    ("app", "scenario"), [(app, one) for app, told in TOLD.items() for one in told]
)
def test_a_scenario_comes_out_as_told(app: str, scenario: str) -> None:
    result = _played(app)[0][scenario]
    assert result.passed, "\n".join(tell([result]))


def test_the_sales_app_tells_enough_stories_quickly() -> None:
    assert len(TOLD["sales_crm"]) >= 60
    assert _played("sales_crm")[1] < 60
