"""Is money in Chinese capitals what a bank would accept?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.documents.capitals import capitals

GOLDEN = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "1": "壹元整",
    "10.05": "壹拾元零伍分",
    "100.5": "壹佰元伍角整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "10001": "壹万零壹元整",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "20050000": "贰仟零伍万元整",
    "100010000": "壹亿零壹万元整",
    "120000001": "壹亿贰仟万零壹元整",
    "1234567890.12": "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分",
    "1000000000000": "壹万亿元整",
    "-12.3": "负壹拾贰元叁角整",
    "1.005": "壹元零壹分",
}


@pytest.mark.parametrize(("amount", "said"), GOLDEN.items())
def test_an_amount_in_capitals(amount: str, said: str) -> None:
    assert capitals(Decimal(amount)) == said


def test_what_is_too_large_for_words_stays_in_digits() -> None:
    assert capitals(Decimal(10) ** 16) == "10,000,000,000,000,000.00"
