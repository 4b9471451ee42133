"""A cell of a decision table is typed and read in words, and means the same FEEL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.grid.cell_words import told, written
from designer.grid.columns import Column, Sort

OPTIONS = {"web": "官网", "call": "电话", "fair": "展会"}


def column(sort: Sort) -> Column:
    options = OPTIONS if sort == "options" else {}
    return Column(id="c", label="c", answers=sort == "answer", sort=sort, options=options)


@pytest.mark.parametrize(
    ("sort", "typed", "feel"),
    [
        ("number", "≥ 20 万", ">= 200000"),
        ("number", "至少1.5万", ">= 15000"),
        ("number", "100 到 200", "[100..200]"),
        ("number", "100-200", "[100..200]"),
        ("number", "-5", "-5"),
        ("number", "¥1,200 元", "1200"),
        ("number", "不限", "-"),
        ("number", "", "-"),
        ("number", "= amount * 2", "amount * 2"),
        ("date", "2026-01-01 到 2026-02-01", '[@"2026-01-01"..@"2026-02-01"]'),
        ("date", "早于 2026-01-01", '< @"2026-01-01"'),
        ("options", "官网、电话", '"web", "call"'),
        ("options", "web", '"web"'),
        ("options", "除了官网", 'not("web")'),
        ("options", '"web", "call"', '"web", "call"'),
        ("truth", "是", "true"),
        ("text", "甲、乙", '"甲", "乙"'),
        ("answer", "主管", '"主管"'),
        ("answer", "12.50", "12.50"),
        ("answer", "空", "null"),
        ("answer", "", "null"),
        ("answer", "否", "false"),
        ("answer", '= if a then "x" else "y"', 'if a then "x" else "y"'),
    ],
)
def test_what_people_type_is_feel(sort: Sort, typed: str, feel: str) -> None:
    assert written(typed, column(sort)) == feel


@pytest.mark.parametrize(
    ("sort", "feel", "said"),
    [
        ("number", ">= 10", "≥ 10"),
        ("number", "[1..5]", "1 到 5"),
        ("number", "[1..5)", "= [1..5)"),
        ("options", '"web", "fair"', "官网、展会"),
        ("options", 'not("web")', "除了官网"),
        ("options", "-", ""),
        ("truth", "true", "是"),
        ("answer", '"a"', "a"),
        ("answer", '"12"', '= "12"'),
        ("answer", "a + b", "= a + b"),
        ("answer", "null", ""),
        ("number", "null", "空"),
    ],
)
def test_a_cell_is_told_in_words(sort: Sort, feel: str, said: str) -> None:
    assert told(feel, column(sort), "zh") == said


@given(
    feel=st.one_of(
        st.text(st.sampled_from('-0123456789.<>=[]() ,"abweltrunot@:'), min_size=1).map(str.strip),
        st.sampled_from(["-", "null", "true", '"web"', 'not("web", "call")', "> 3", "[1..2]"]),
    ).filter(bool),
    sort=st.sampled_from(["options", "truth", "number", "date", "text", "other", "answer"]),
    locale=st.sampled_from(["zh", "en"]),
)
def test_typing_what_was_told_gives_the_same_cell(feel: str, sort: Sort, locale: str) -> None:
    assert written(told(feel, column(sort), locale), column(sort)) == feel
