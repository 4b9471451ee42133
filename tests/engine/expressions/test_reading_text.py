from __future__ import annotations

import pytest

from engine.expressions import FeelError, parse
from tests.engine.expressions.places import errors, holds, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("10 - 4 - 3", 3),
        ("2 ** 3 ** 2", 64),
        ("-3 ** 2", 9),
        ("10--5", 15),
        ("(1 + 2) * 3", 9),
        (".5 + 1.5e1", 15.5),
        ("if false or true and true then 1 else 2", 1),
        ("1 + 1 = 2", True),
        ("5 between 1 and 3 or true", True),
        ("1 /* one */ + // and\n 2", 3),
    ],
)
def test_operators_bind_as_the_standard_says(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\"b"', 'a"b'),
        (r'"\u597d"', "好"),
        (r'"\U01F40E"', "🐎"),
        (r'"\uD83D\uDCA9"', "💩"),
        (r'"\d+\\n"', r"\d+\n"),
        ('"（全角）：“”"', "（全角）：“”"),
    ],
)
def test_texts_keep_what_stands_in_them(text: str, expected: str) -> None:
    assert value(text) == expected


def test_names_may_be_chinese() -> None:
    assert holds('等级 = "A"')
    assert value("for 行 in parts return 行.quantity") == [2, -1]


def test_a_name_in_back_quotes_is_the_same_name() -> None:
    assert holds('`等级` = "A"')


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("effort ＞ 5", "feel.full_width", ">"),
        ('contains（title，"x"）', "feel.full_width", "("),
        ("title = “纸”", "feel.full_width", '"纸"'),
        ("effort ＝ ５", "feel.full_width", "="),
        ("effort > １", "feel.full_width", "1"),
        ("effort == 5", "feel.double_equals", ""),
        ("urgent && true", "feel.stray", "and"),
        ("state = 'open'", "feel.stray", '"'),
        ("not urgent", "feel.not_without_brackets", "not(…)"),
        ("serial number > 1", "feel.spaced_name", None),
        ('title = "open', "feel.open_text", None),
        ("effort > ", "feel.unfinished", None),
        ("effort > 5 5", "feel.trailing", None),
        ("round up(n: 1, 2)", "feel.mixed_arguments", None),
        (r'"\uD83D"', "feel.escape", None),
        ("1 /* x", "feel.open_comment", None),
        ("then > 1", "feel.unexpected", None),
    ],
)
def test_what_can_not_be_read_is_refused_with_the_fix(
    text: str, code: str, suggestion: str | None
) -> None:
    (error,) = errors(text)

    assert (error.code, error.suggestion) == (code, suggestion)
    assert 0 <= error.start <= error.end <= len(text)


def test_a_mistake_covers_the_characters_that_are_wrong() -> None:
    text = "effort > 5 and stat = 1"

    (error,) = errors(text)

    assert text[error.start : error.end] == "stat"


def test_full_width_signs_are_found_where_they_stand() -> None:
    text = 'title = "（" and effort ＞ 5'

    (error,) = errors(text)

    assert text[error.start : error.end] == "＞"


def test_words_of_built_in_functions_are_joined_only_before_a_bracket() -> None:
    with pytest.raises(FeelError) as caught:
        parse("string length > 5")

    assert caught.value.code == "feel.spaced_name"
    assert value("string length(title) > 5") is True
    assert value('starts_with(title, "打印")') is True


@pytest.mark.parametrize(
    "text",
    ["5 in [1..10]", "5 in (1..10)", "5 in ]1..10[", "5 in (>1, <3)", "5 in [[1..6], [8..9]]"],
)
def test_ranges_open_and_close_with_every_bracket(text: str) -> None:
    assert value(text) is True


def test_brackets_after_a_range_do_not_filter_it() -> None:
    assert value("[1..10[.end included") is False
    assert value("[1..10].start") == 1
