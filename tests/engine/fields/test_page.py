"""The page about the field types says what the types do."""

from __future__ import annotations

from tools.field_docs import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"
