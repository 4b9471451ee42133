from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.store.naming import LONGEST, joined
from runtime.store.types import from_json, to_json
from runtime.store.wordlist import asked_words, spelled, words_of

TEXT = "无锡先导ABC-12 重庆13812345678"


def _found(asked: str, text: str) -> bool:
    words = set(words_of(text))
    return all(any(word.startswith(part) for word in words) for part in asked_words(asked))


@pytest.mark.parametrize(
    "asked",
    ["无锡", "锡先", "导", "wxxd", "xxd", "wuxi", "abc", "12", "cq", "chongq", "138", "5678"],
)
def test_a_text_is_found_by_any_two_of_its_characters_and_by_initials(asked: str) -> None:
    assert _found(asked, TEXT)


@pytest.mark.parametrize("asked", ["无先", "xw", "bc", "2345", "庆重", "uxi"])
def test_a_text_is_not_found_by_what_it_does_not_say(asked: str) -> None:
    assert not _found(asked, TEXT)


@given(text=st.text(alphabet="无锡先导重庆abc12 -_，", min_size=1, max_size=12), data=st.data())
def test_every_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    at_word = start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())

    assert not at_word or _found(part, text)


@given(text=st.text(max_size=60))
def test_words_are_plain_whatever_the_text_is(text: str) -> None:
    for word in (*words_of(text), *asked_words(text)):
        assert word
        assert not set(word) & set(" '\"*&|:()\\\0")


def test_short_texts_are_spelled_in_pinyin_too() -> None:
    assert spelled("王建国") == ("王建国", "wangjianguo", "wjg")
    assert spelled("Ann") == ("ann",)


ids = st.from_regex(r"[a-z][a-z0-9_]{0,47}", fullmatch=True)


@given(one=st.lists(ids, min_size=1, max_size=3), two=st.lists(ids, min_size=1, max_size=3))
def test_different_things_have_different_names_that_fit(one: list[str], two: list[str]) -> None:
    assert len(joined(*one)) <= LONGEST
    assert not joined(*one).startswith(("sqlite_", "pg_"))
    assert (joined(*one) == joined(*two)) == (one == two)


decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8) | decimals,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(value=values)
def test_json_comes_back_as_it_was_decimals_included(value: object) -> None:
    back = from_json(to_json(value))

    assert back == value
    assert type(back) is type(value)
