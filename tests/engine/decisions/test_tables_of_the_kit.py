from __future__ import annotations

import pytest

from tests.engine.decisions.tck_tables import TABLES, outcomes

pytestmark = pytest.mark.skipif(
    not TABLES.exists(), reason=f"the decision tables are not there: {TABLES}; nothing was measured"
)


def test_the_decision_tables_of_the_kit_pass_as_far_as_we_promise() -> None:
    found = list(outcomes())

    assert sum(one.passed for one in found) / len(found) >= 0.98
