from __future__ import annotations

import pytest

from engine.expressions import FeelErrors, Slot, compile_expression
from tests.engine.expressions.places import ENV, ROW, SCOPE, errors, value

_DEEP = 5_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * _DEEP, "feel.too_long"),
        ("(" * 3000 + "1" + ")" * 900, "feel.too_deep"),
        ("-" * 3900 + "1", "feel.too_deep"),
        ("[" * 1900, "feel.too_deep"),
        ("{a:" * 1300, "feel.too_deep"),
        ("not(" * 990, "feel.too_deep"),
        ("if " * 1300, "feel.too_deep"),
        ("1" + "+1" * 1900, "feel.too_many_parts"),
        ("1" + "+1" * 200, "feel.too_deep"),
        ("effort" + ".a" * 500, "feel.too_deep"),
        ("[" + "-1," * 1300 + "1]", "feel.too_many_parts"),
        ("x instance of " + "list<" * 700, "feel.too_deep"),
        ("]" * 3900, "feel.too_deep"),
        ("effort in (" * 350, "feel.too_deep"),
    ],
)
def test_an_expression_beyond_the_limits_is_refused_at_once(text: str, code: str) -> None:
    found = errors(text)

    assert found[0].code == code


def test_the_deepest_allowed_expression_runs() -> None:
    nested = "effort"
    for _ in range(30):
        nested = f"(if {nested} > 1 then effort else 1)"

    assert value(nested) == ROW["effort"]


def test_many_conditions_side_by_side_do_not_nest() -> None:
    text = " and ".join(f"effort != {number}" for number in range(150))

    assert value(text) is True


@pytest.mark.parametrize(
    "text",
    [
        '__import__("os")',
        "extra.__class__",
        "`__builtins__`",
        "r",
        "e.user",
        "K1",
        "user.__class__",
        "title.upper()",
    ],
)
def test_python_is_out_of_reach(text: str) -> None:
    try:
        compiled = compile_expression(text, SCOPE, Slot.VALUE)
    except FeelErrors:
        return

    assert compiled.value({**ROW, "extra": {"a": 1}}, ENV) is None


def test_text_in_an_expression_never_becomes_code() -> None:
    hostile = "'); raise SystemExit ('\\\\"

    assert value(f'"{hostile}"') == hostile.replace("\\\\", "\\")
    assert value('{"a\'] = 1": 2}') == {"a'] = 1": 2}


def test_a_loop_over_a_huge_range_gives_nothing() -> None:
    assert value("for i in 1..1000000000 return i") is None


def test_a_number_too_large_gives_nothing() -> None:
    assert value("9 ** 9999") is None
    assert value("1e6000 * 1e6000") is None
    assert value('duration("P1D") * 1e30') is None


@pytest.mark.parametrize("text", ["effort > 1e999999999", "1e-999999999", "0 * 1e7000"])
def test_a_literal_beyond_the_decimals_is_refused(text: str) -> None:
    assert [error.code for error in errors(text)] == ["feel.number"]


@pytest.mark.timeout(30)
def test_a_pattern_that_would_try_everything_takes_linear_time() -> None:
    assert value(f'matches("{"a" * 2000}b", "^(a+)+$")') is False
    assert value(f'matches("{"a" * 2000}b", "^(a|aa)+$")') is False


def test_a_pattern_that_can_not_be_read_gives_nothing() -> None:
    assert value('matches(title, "(")') is None
    assert value('matches(title, "a{2,1}")') is None
