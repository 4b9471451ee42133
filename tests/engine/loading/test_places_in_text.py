"""Where in a file stands the n-th character of a text that was read from it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.loading.read import read_text
from engine.loading.scalar_places import place_in_text
from engine.loading.source import Spot
from engine.problems import Location


def spot_of(text: str) -> Spot:
    sources, problems = read_text("a.yaml", "form", text)
    assert problems == []
    return Spot(sources[0]) / "a"


def value_of(spot: Spot) -> str:
    return str(spot.source.data["a"])


def character_at(text: str, at: Location) -> str:
    return text.split("\n")[at.line - 1][at.column - 1]


@pytest.mark.parametrize(
    "text",
    [
        "a: amount > 5 and dew = 1\n",
        "a: 'amount > 5 and dew = \"it''s\"'\n",
        'a: "amount > 5 and \\"x\\" = dew"\n',
        'a: "amount \\u003e 5 and dew = 1"\n',
        "a: |\n  amount > 5 and\n    dew = 1\n",
        "a: >\n  amount > 5 and\n  dew = 1\n",
        "a: >-\n\n  amount > 5\n\n  and dew = 1\n",
        "a: amount > 5\n  and\n  dew = 1\n",
        "a: 'amount > 5\n\n  and dew = 1'\n",
        'a: "amount > 5 \\\n   and dew = 1"\n',
        "a: |-  # why\n     amount > 5 and dew = 1\n",
        "a: |\r\n  amount > 5 and\r\n  dew = 1\r\n",
    ],
)
def test_finds_a_word_however_it_is_written(text: str) -> None:
    spot = spot_of(text)
    offset = value_of(spot).index("dew")

    at = place_in_text(spot, offset)

    lines = text.splitlines()
    assert lines[at.line - 1][at.column - 1 :].startswith("dew")


@given(
    st.text("ab >=(),\"'\n\\é汉", min_size=1, max_size=40).filter(lambda text: text.strip()),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.integers(0, 40),
)
@settings(max_examples=1000, deadline=None)
def test_a_visible_character_is_found_where_it_stands(
    value: str, style: str | None, offset: int
) -> None:
    text = yaml.safe_dump({"a": value}, default_style=style, allow_unicode=True, width=20)
    text = text.replace('"a":', "a:").replace("'a':", "a:").replace("!!str ", "")
    if text.startswith(("?", "|", ">")):
        return
    spot = spot_of(text)
    offset = min(offset, len(value_of(spot)) - 1)
    wanted = value_of(spot)[offset]

    at = place_in_text(spot, offset)

    if not wanted.isspace():
        assert character_at(text, at) in (wanted, "\\")


def test_what_is_no_text_stands_where_it_stands() -> None:
    spot = spot_of("a: [1, 2]\n")

    assert place_in_text(spot, 3) == spot.at


def test_an_end_beyond_the_text_is_still_a_place() -> None:
    assert place_in_text(spot_of("a: cost >\n"), 6).line == 1
