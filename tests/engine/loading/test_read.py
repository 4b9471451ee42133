"""What a YAML file says, and what a harmless one does not have."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.loading.read import MAX_BYTES, read_bytes, read_text
from engine.problems import Location

_TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
    ),
    max_size=20,
)
_NUMBERS = st.integers(-(10**17), 10**17) | st.floats(
    min_value=-1e9, max_value=1e9, allow_subnormal=False
).map(lambda number: round(number, 4)).filter(lambda number: not number.is_integer())
_TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=25,
)


def data(text: str) -> Any:
    sources, problems = read_text("a.yaml", "form", text)
    assert problems == []
    return sources[0].data


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_text("a.yaml", "form", text)[1]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("True", "True"), ("12:30", "12:30"),
        ("0123", "0123"), ("2026-01-01", "2026-01-01"), ("0x1F", "0x1F"), (".5", ".5"),
        ("1_000", "1_000"), (".inf", ".inf"), ("+1", "+1"), ("1.", "1."), ("Null", "Null"),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("12", 12), ("-3", -3), ("0", 0), ("1.50", 1.5), ("-0.25", -0.25), ("2e3", 2000.0),
        ("'12'", "12"), ('"null"', "null"), ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"),
    ],
)  # fmt: skip
def test_unquoted_words_stand_for_what_json_says(written: str, meant: object) -> None:
    assert data(f"a: {written}") == {"a": meant}


@given(_TREES)
@settings(max_examples=400, deadline=None)
def test_reads_back_every_tree(tree: Any) -> None:
    assert data(json.dumps(tree, ensure_ascii=False)) == tree


def test_a_text_from_an_editor_of_windows_is_read_and_placed() -> None:
    sources, problems = read_bytes(
        "a.yaml", "form", b"\xef\xbb\xbfa: 1\r\nb:\r\n  c: [x, \xe5\xad\x97]\r\n"
    )

    assert problems == []
    assert sources[0].data == {"a": 1, "b": {"c": ["x", "字"]}}
    assert sources[0].at(("b", "c", 1)) == Location("a.yaml", 3, 10)
    assert sources[0].at_key(("b", "c")) == Location("a.yaml", 3, 3)


def test_the_place_of_what_is_missing_is_that_of_what_is_around_it() -> None:
    sources, _ = read_text("a.yaml", "form", "a:\n  - b: 1\n")

    assert sources[0].at(("a", 0, "z", 3)) == Location("a.yaml", 2, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 400_000, "yaml.depth"),
        ("{a: " * 100_000, "yaml.depth"),
        ("- " * 200_000, "yaml.depth"),
        ("a: [" + "1," * 100_001 + "]", "yaml.nodes"),
        ("a: " + "x" * MAX_BYTES, "yaml.size"),
        ("a: " + "汉" * (MAX_BYTES // 2), "yaml.size"),
        ("a: &a [x]\n" + "b: *a\n", "yaml.anchor"),
        ("a: !!python/object/apply:os.system ['id']", "yaml.tag"),
        ("a: !!binary aGVsbG8=", "yaml.tag"),
        ("!!set {a}", "yaml.tag"),
        ("a: {<<: {b: 1}}", "yaml.merge"),
        ("a: \ud800", "yaml.control"),
        ("a: \x85", "yaml.control"),
        ("a: \u2028", "yaml.control"),
        ("? {a: 1}\n: b", "yaml.key"),
        ("null: 1", "yaml.key"),
        ("a: 1e999", "yaml.number"),
        ("a: " + "9" * 5000, "yaml.number"),
        ("%YAML 9.9\n---\na: 1", "yaml.syntax"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
@pytest.mark.timeout(20)
def test_refuses_what_is_hostile_before_it_costs_anything(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_forty_levels_are_enough_and_allowed() -> None:
    assert codes("[" * 40 + "]" * 40) == []
    assert codes("[" * 41 + "]" * 41) == ["yaml.depth"]


def test_a_merge_sign_in_quotes_is_a_text() -> None:
    assert data('{"<<": 1}') == {"<<": 1}


def test_goes_on_after_a_key_that_stands_there_twice() -> None:
    assert codes("a: 1\na: 2\nb: 1\nb: 2\n") == ["yaml.duplicate_key", "yaml.duplicate_key"]


def test_numbers_are_finite() -> None:
    assert math.isfinite(data("a: 1.797693134862e308")["a"])


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    sources, problems = read_bytes("a.yaml", "form", content)

    assert sources or problems


@given(st.text("[]{}:,-&*!|>'\"#%@` \n\tab1?<", max_size=60))
@settings(max_examples=1500, deadline=None)
def test_any_signs_of_yaml_are_read_or_refused(text: str) -> None:
    sources, problems = read_text("a.yaml", "form", text)

    assert sources or problems
