from __future__ import annotations

import pytest

from engine.packages.versions import parts, satisfies


@pytest.mark.parametrize(
    ("version", "wanted", "does"),
    [
        ("1.2.3", ">=1.0", True),
        ("1.2.3", ">= 1.0, <2", True),
        ("2.0.0", ">=1.0,<2", False),
        ("0.9.9", ">=1.0", False),
        ("1.2.3", "1.2", True),
        ("1.1.9", "1.2", False),
        ("1.2.9", "==1.2", True),
        ("1.3.0", "==1.2", False),
        ("1.9.0", "~=1.2", True),
        ("2.0.0", "~=1.2", False),
        ("1.3.0", "~=1.2.3", False),
        ("1.10.0", ">=1.9", True),
    ],
)
def test_a_version_lies_in_a_range_or_not(version: str, wanted: str, does: bool) -> None:
    assert satisfies(version, wanted) is does


def test_versions_compare_by_their_numbers() -> None:
    assert parts("1.10.0") > parts("1.9.9")
