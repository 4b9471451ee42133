from __future__ import annotations

import pytest

from runtime.sealing import Broken, Seal

KEY = "k" * 40


def test_what_is_sealed_comes_back_and_shows_nothing() -> None:
    sealed = Seal(KEY).close(b"a word", "mail")
    assert Seal(KEY).open(sealed, "mail") == b"a word"
    assert b"a word" not in sealed
    assert Seal(KEY).close(b"a word", "mail") != sealed


@pytest.mark.parametrize("place", [0, 1, 5, 13, 20, -1])
def test_a_changed_bit_is_noticed(place: int) -> None:
    sealed = bytearray(Seal(KEY).close(b"a word", "mail"))
    sealed[place] ^= 1
    with pytest.raises(Broken):
        Seal(KEY).open(bytes(sealed), "mail")


def test_it_opens_only_with_its_key_and_for_whom_it_is() -> None:
    sealed = Seal(KEY).close(b"a word", "mail")
    for key, whose in (("x" * 40, "mail"), (KEY, "wecom")):
        with pytest.raises(Broken):
            Seal(key).open(sealed, whose)
    with pytest.raises(Broken):
        Seal(KEY).open(b"", "mail")
