"""The databases answer the cases of the conformance kit as Python does."""

from __future__ import annotations

import pytest

from runtime.store import Store
from tests.engine.expressions.misses import reason_for, reason_in_database
from tests.engine.expressions.tck import KIT, Outcome, kit
from tests.runtime.store.feel.kit import in_database

pytestmark = pytest.mark.skipif(
    not KIT.exists(), reason=f"the conformance kit is not there: {KIT}; nothing was measured"
)
_LEAST = {True: 0.99, False: 0.98}
"""With what Python works out before the database is asked, and without."""


@pytest.fixture(scope="module", params=[True, False], ids=["as it runs", "all in the database"])
def folding(request: pytest.FixtureRequest) -> bool:
    """Whether Python works out what is the same for every row."""
    return bool(request.param)


@pytest.fixture(scope="module")
def results(shared_store: Store, folding: bool) -> list[Outcome]:
    """What every case of the core profile gave."""
    return in_database(shared_store, kit(), folding=folding)


def test_the_kit_passes_in_the_database(results: list[Outcome], folding: bool) -> None:
    rate = sum(result.passed for result in results) / len(results)

    assert rate >= _LEAST[folding]


def test_every_miss_in_the_database_has_a_documented_reason(results: list[Outcome]) -> None:
    missed = [result for result in results if not result.passed]

    unexplained = [
        (result.key, result.case["expression"], result.answer)
        for result in missed
        if reason_for(result.case) is None and reason_in_database(result.case) is None
    ]

    assert unexplained == []
