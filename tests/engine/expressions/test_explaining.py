from __future__ import annotations

from decimal import Decimal

from engine.expressions import Explained, Slot, compile_expression
from tests.engine.expressions.places import ENV, ROW, SCOPE


def explained(text: str) -> Explained:
    return compile_expression(text, SCOPE, Slot.VALUE).explain(ROW, ENV)


def test_every_part_shows_its_text_and_the_value_it_had() -> None:
    found = explained('effort > 20 and owner.name = "王芳"')

    assert (found.text, found.value) == ('effort > 20 and owner.name = "王芳"', False)
    assert [(part.text, part.value) for part in found.children] == [
        ("effort > 20", False),
        ('owner.name = "王芳"', True),
    ]
    assert found.children[0].children[0] == Explained("effort", Decimal("12.50"), (), None, (0, 6))


def test_rows_are_shown_one_by_one() -> None:
    found = explained("every x in parts satisfies x.quantity > 0")

    looked_at = [(part.item, part.text, part.value) for part in found.children[1:]]
    assert looked_at == [(1, "x.quantity > 0", True), (2, "x.quantity > 0", False)]
    assert found.children[2].children[0].value == -1


def test_a_filter_shows_which_rows_it_kept() -> None:
    (kept,) = explained("count(parts[quantity > 0])").children

    assert [(part.item, part.value) for part in kept.children[1:]] == [(1, True), (2, False)]


def test_tests_of_a_value_show_what_it_was_compared_with() -> None:
    found = explained("effort in (count_of_parts, > pause.days)")

    assert [(part.text, part.value) for part in found.children] == [
        ("effort", Decimal("12.50")),
        ("count_of_parts", 5),
        ("pause.days", 1),
    ]


def test_a_between_shows_both_comparisons() -> None:
    found = explained("count_of_parts between 1 and 4")

    assert found.value is False
    assert [part.value for part in found.children] == [True, False]
