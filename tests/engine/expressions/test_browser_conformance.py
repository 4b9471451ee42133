from __future__ import annotations

import pytest

from tests.engine.expressions.browser_tck import in_node
from tests.engine.expressions.misses import reason_for, reason_in_browser
from tests.engine.expressions.node_target import NodeTarget
from tests.engine.expressions.tck import KIT, Outcome, kit, outcomes

pytestmark = pytest.mark.skipif(
    not KIT.exists(), reason=f"the conformance kit is not there: {KIT}; nothing was measured"
)
_LEAST = {"core": 0.99, "host": 0.98}


@pytest.fixture(scope="module")
def results(node: NodeTarget) -> list[Outcome]:
    return list(outcomes(kit(), frozenset(_LEAST), in_node(node)))


@pytest.mark.parametrize("profile", _LEAST)
def test_the_kit_passes_in_the_browser_as_far_as_we_promise(
    results: list[Outcome], profile: str
) -> None:
    ours = [result for result in results if result.case["profile"] == profile]

    rate = sum(result.passed for result in ours) / len(ours)

    assert rate >= _LEAST[profile]


def test_every_miss_in_the_browser_has_a_documented_reason(results: list[Outcome]) -> None:
    missed = [result for result in results if not result.passed]

    unexplained = [
        result.key
        for result in missed
        if reason_for(result.case) is None and reason_in_browser(result.case) is None
    ]

    assert unexplained == []
