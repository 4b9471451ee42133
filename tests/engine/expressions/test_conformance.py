from __future__ import annotations

import pytest

from tests.engine.expressions.browser_tck import in_node
from tests.engine.expressions.conformance_page import MEASURED, PAGE, PROFILES, databases, page
from tests.engine.expressions.misses import reason_for
from tests.engine.expressions.node_target import NodeTarget
from tests.engine.expressions.tck import KIT, Outcome, kit, outcomes
from tests.runtime.store.feel.kit import in_database

pytestmark = pytest.mark.skipif(
    not KIT.exists(), reason=f"the conformance kit is not there: {KIT}; nothing was measured"
)
_LEAST = {"core": 0.993, "host": 0.993, "later": 0.92}


@pytest.fixture(scope="module")
def results() -> list[Outcome]:
    return list(outcomes(kit(), frozenset(PROFILES)))


@pytest.mark.parametrize("profile", _LEAST)
def test_the_kit_passes_as_far_as_we_promise(results: list[Outcome], profile: str) -> None:
    ours = [result for result in results if result.case["profile"] == profile]

    rate = sum(result.passed for result in ours) / len(ours)

    assert rate >= _LEAST[profile]


def test_every_miss_of_what_must_pass_has_a_documented_reason(results: list[Outcome]) -> None:
    missed = [
        result
        for result in results
        if not result.passed and result.case["profile"] in ("core", "host")
    ]

    unexplained = [result.key for result in missed if reason_for(result.case) is None]

    assert unexplained == []


def test_the_page_shows_what_was_measured(results: list[Outcome], node: NodeTarget) -> None:
    shown = PAGE.read_text(encoding="utf-8")
    if f"measured with {len(results)} cases" not in shown:
        pytest.skip(f"the page was measured with another kit than this one of {len(results)} cases")

    browser = list(outcomes(kit(), frozenset(MEASURED["browser"]), in_node(node)))

    found = {"Python": results, "browser": browser}
    with databases() as stores:
        found |= {name: in_database(store, kit()) for name, store in stores.items()}
    assert shown == page(found)
