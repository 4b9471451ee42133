from __future__ import annotations

from engine.expressions.scope import Slot
from tests.engine.expressions.conformance_page import PAGE
from tests.engine.expressions.slots_table import PLACES, slots_table


def test_the_page_says_of_every_slot_where_it_stands_and_runs() -> None:
    assert PLACES.keys() == set(Slot)
    assert slots_table() in PAGE.read_text(encoding="utf-8")
