"""A pattern means in the browser what it means on the server, or it is refused there."""

from __future__ import annotations

import json

import pytest

from engine.expressions import TEXT, FeelErrors, Scope, Slot, compile_expression
from tests.engine.expressions.node_target import NodeTarget
from tests.engine.expressions.places import ENV

SCOPE = Scope({"s": TEXT, "pattern": TEXT})
TEXTS = (
    "", "abc", "ABC", "aXbXc", "a.b", "a\nb", "a\rb", "line\n", "😀好", "ſ", "K", "1٣x", "é-_ß",
    "a  b", "[x]", "foo@bar.cn", "13800138000", "zz--", "\u2028", "aab", "ÅÄ",
)  # fmt: skip
PATTERNS = (
    "b", "^a", "c$", "^$", "a.b", ".", "[a-c]+", "[^a-c]", "[A-Z-[BX]]", "[^\\d-[b]]", "\\d+",
    "\\D", "\\w", "\\W+", "\\s", "\\S", "\\i\\c*", "\\I", "\\C", "\\p{Lu}", "\\P{L}",
    "\\p{IsHiragana}|b", "\\p{IsBasicLatin}+", "(a|b)+c", "(?:ab)?c", "a{2}", "a{1,}b", "a*?b",
    "x|", "(a)(b)?", "\\.", "\\[", "[\\[\\]]", "[-a]", "[a-]", "\\-", "[\\-_]", "é", "/",
    "[\\w.]+@[\\w.]+\\.\\w+", "1[3-9]\\d{9}", "^(?:)*a", "\\n", "[\\n\\r]", "(a*)b", " ", "#", "&",
    "[&~#]", "a\\$", "(?:^a|c$)", "(", "a**", "[z-a]", "\\q", "{", "]", "\\2",
)  # fmt: skip
REFUSED = (
    ("matches(s, pattern)", "feel.not_in_browser.pattern"),
    ('matches(s, "a", s)', "feel.not_in_browser.pattern"),
    ('replace(s, "a", pattern)', "feel.not_in_browser.pattern"),
    ('matches(s, "(a)\\1")', "feel.not_in_browser.pattern"),
    ('matches(s, "^a", "m")', "feel.not_in_browser.pattern"),
    ('matches(s, "\\p{Lu}", "i")', "feel.not_in_browser.pattern"),
    ('replace(s, "((a)|b)+", "$2")', "feel.not_in_browser.pattern"),
)


def _written(pattern: str) -> str:
    return json.dumps(pattern, ensure_ascii=False)


@pytest.mark.parametrize("flags", ["", "i", "s", "m", "x", "q", "iq"])
def test_a_pattern_matches_the_same_texts(node: NodeTarget, flags: str) -> None:
    rows = [{"s": text} for text in (*TEXTS, None)]
    asked = 0
    for pattern in PATTERNS:
        for text in (
            f'matches(s, {_written(pattern)}, "{flags}")',
            f'replace(s, {_written(pattern)}, "<$1|$0>", "{flags}")',
            f"split(s, {_written(pattern)})",
        ):
            try:
                compiled = compile_expression(text, SCOPE, Slot.LIVE)
            except FeelErrors:
                continue
            asked += 1
            expected = [compiled.value(row, ENV) for row in rows]
            assert node.values(compiled.tree, rows, ENV) == expected, text

    assert asked > 100


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_a_browser_reads_otherwise_is_refused_for_it(text: str, code: str) -> None:
    slot = Slot.FORM if text.startswith("matches") else Slot.LIVE

    with pytest.raises(FeelErrors) as refused:
        compile_expression(text, SCOPE, slot)

    assert [error.code for error in refused.value.errors] == [code]
    on_the_server = compile_expression(text, SCOPE, Slot.VALUE)
    assert on_the_server.value({"s": "s", "pattern": "a"}, ENV) is not None
