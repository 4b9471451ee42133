"""What those see who may only know that something is there."""

from __future__ import annotations

from typing import get_args

import pytest

from engine.field import Mask
from engine.masking import MASKS, mask_for, masked


@pytest.mark.parametrize(
    ("mask", "shown", "seen"),
    [
        ("phone", "+8613800000000", "138****0000"),
        ("phone", "138 0000 0000", "138****0000"),
        ("phone", "021 6234 5678-801", "021****8801"),
        ("phone", "12345", "1***5"),
        ("id_number", "11010519491231002X", "110***********002X"),
        ("id_number", "12345", "1***5"),
        ("name", "张三", "张*"),
        ("name", "欧阳小明", "欧***"),
        ("name", "王", "王*"),
        ("name", "Ada Lovelace", "A** L***"),
        ("email", "zhang.san@example.com", "z***@example.com"),
        ("email", "broken", "b****n"),
        ("ends", "ABCDEFGHIJ", "A******J"),
        ("ends", "AB", "A*"),
        ("ends", "A", "*"),
        ("all", "¥1,280,000.00", "******"),
        ("all", "", ""),
    ],
)
def test_a_mask_shows_this_much(mask: str, shown: str, seen: str) -> None:
    assert masked(shown, mask) == seen


def test_a_type_has_a_mask_of_its_own() -> None:
    assert mask_for("phone", None) == "phone"
    assert mask_for("person", None) == "name"
    assert mask_for("money", None) == "all"
    assert mask_for("phone", "all") == "all"


def test_a_field_can_name_every_mask() -> None:
    assert get_args(Mask) == MASKS
