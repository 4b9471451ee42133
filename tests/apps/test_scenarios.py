"""Does each app that comes along do what its scenarios tell?"""

from __future__ import annotations

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
def _played(app: str) -> dict[str, Result]:
    """Return the results by their sentences."""
    return {result.scenario: result for result in run_scenarios(APPS / app)}


@pytest.mark.timeout(600)  # the first that is asked for plays them all
@pytest.mark.parametrize(
    ("app", "scenario"), [(app, one) for app, told in TOLD.items() for one in told]
)
def test_a_scenario_comes_out_as_told(app: str, scenario: str) -> None:
    result = _played(app)[scenario]
    assert result.passed, "\n".join(tell([result]))


def test_the_sales_app_tells_enough_stories() -> None:
    assert len(TOLD["sales_crm"]) >= 60
