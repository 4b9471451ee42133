from __future__ import annotations

import pytest

from engine.wording import Message


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 days left"), (1, "1 day left"), ("1", "1 day left"), (21, "21 days left")],
)
def test_a_language_with_plurals_gets_the_word_for_the_number(n: object, words: str) -> None:
    message = Message("还剩 {n} 天", n=n)

    assert message.fill(lambda text: "{n} {n:day|days} left", "en") == words
    assert message.fill() == f"还剩 {n} 天"


def test_other_ways_to_write_a_blank_stay_as_they_are() -> None:
    assert Message("{share:.1f}%", share=12.34).fill() == "12.3%"
