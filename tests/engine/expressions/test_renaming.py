"""An expression follows when a field gets another id, and nothing else in it changes."""

from __future__ import annotations

import pytest

from engine.expressions.renaming import with_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code = 1", "mark = 1"),
        ('code = "code" or site.code = code', 'mark = "code" or site.code = mark'),
        ("count(items[code > 1]) > 0", "count(items[mark > 1]) > 0"),
        ("`code` != null // code", "mark != null // code"),
        ('"🙂" = code and code in (code, 2)', '"🙂" = mark and mark in (mark, 2)'),
        ("codes > 1", "codes > 1"),
        ("code = = 1", "code = = 1"),
    ],
)
def test_a_field_is_read_by_its_new_name(text: str, expected: str) -> None:
    assert with_names(text, {"code": "mark"}) == expected
