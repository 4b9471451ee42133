from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import HOUSE, ROOT, files_in, name_of, tracked

ENDINGS = (".py", ".ts", ".css", ".html", ".po", ".j2", ".svg", ".typ", ".json", ".mjs")
# 'store', 'quote', 'order' and 'contract' have a meaning of their own in code; what is listed
# here has none but the one of selling.
SALES = re.compile(
    r"""
    (?<=["'`]) leads? (?=["'`])
    | (?<![a-z]) leads? _ (?!to|back|some|no|in) | (?-i: \b Leads? \s+ [A-Z])
    | \b (?:an?|the|new|each|every|this|my|all|of) \s+ leads? \b (?! \s+ to)
    | (?<![a-z]) (?:
        opportunit(?:y|ies) | quotations? | prospects? | salespersons? | salesm[ae]n | sales
      | commissions? | customers? | crm | shoppers? | cashiers? | resellers? | retail | upsell
      | deals? (?! \s+ with)
    ) (?![a-z])
    | 商机 | 线索 | 客户(?!端) | 报价 | 合同 | 门店 | 销售 | 提成 | 导购 | 回款 | 竞品 | 签约 | 会员
    """,
    re.VERBOSE | re.IGNORECASE,
)


def sales_words(text: str) -> list[str]:
    """Every sales word in the text, camelCase and snake_case taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [match.group().strip() for match in SALES.finditer(apart)]


def test_the_platform_knows_nothing_of_sales() -> None:
    found = {
        f"{name_of(path)}:{number}": words
        for path in files_in(*HOUSE, endings=ENDINGS)
        if path.name != "package-lock.json"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (words := sales_words(line))
    }

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "lead_id",
        "leads_of",
        "class LeadForm",
        "the lead",
        "opportunity",
        "CustomerPage",
        "商机名称",
    ],
)
def test_a_sales_word_is_noticed_however_it_is_written(text: str) -> None:
    assert sales_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "every name leads somewhere",
        "leads_to(x)",
        "where does a name lead, or",
        "misleading",
        "客户端",
        "it deals with",
        "pleads",
        "ideals",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert sales_words(text) == []


_LEFT_OVER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
_IGNORES = {
    "type: ignore": re.compile(r"#\s*type:\s*ignore(?!\[[a-z, -]+\]\s+#\s*\S)"),
    "noqa": re.compile(r"#\s*noqa(?!:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+[-#]\s*\S)"),
}


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{name_of(path)}:{number}"
        for path in files_in(*HOUSE, "tests", "tools", "bench", endings=(".py", ".ts", ".html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if _LEFT_OVER.search(line)
    ]

    assert left == []


@pytest.mark.parametrize("kind", _IGNORES)
def test_a_rule_is_set_aside_only_by_its_code_and_with_a_reason(kind: str) -> None:
    bare = [
        f"{name_of(path)}:{place}"
        for path in files_in(*HOUSE, "tests", "tools", "bench", endings=(".py",))
        if path.name != "test_words.py"
        for place in _without_reason(kind, path.read_text("utf-8").splitlines())
    ]

    assert bare == []


def _without_reason(kind: str, lines: list[str]) -> list[str]:
    """Where a rule is set aside without a reason, unless the same file gave it further up."""
    explained: set[str] = set()
    bare = []
    for number, line in enumerate(lines, 1):
        codes = set(re.findall(r"[A-Z]+\d+|(?<=[\[ ])[a-z]+(?:-[a-z]+)+", line.partition("#")[2]))
        if not _IGNORES[kind].search(line):
            explained |= codes
        elif not codes or not codes <= explained:
            bare.append(f"{number}: {line.strip()}")
    return bare


def test_a_reason_given_once_holds_for_the_rest_of_the_file() -> None:
    given = "import a  # noqa: PLC0415 - a second start should not wait for it"

    assert _without_reason("noqa", [given, "import b  # noqa: PLC0415"]) == []
    assert _without_reason("noqa", ["import b  # noqa: PLC0415", given]) != []
    assert _without_reason("noqa", [given, "import b  # noqa"]) != []
    assert _without_reason("type: ignore", ["x = y  # type: ignore[arg-type]"]) != []
    assert _without_reason("type: ignore", ["x = y  # type: ignore[arg-type]  # it is ours"]) == []


def test_lock_files_name_no_host() -> None:
    locks = [path for path in tracked() if path.suffix == ".lock"]

    assert locks
    assert [name_of(path) for path in locks if "://" in path.read_text("utf-8")] == []


def test_the_npm_lock_says_what_and_not_from_where() -> None:
    locks = [path for path in tracked() if path.name == "package-lock.json"]

    assert locks
    assert [name_of(path) for path in locks if '"resolved"' in path.read_text("utf-8")] == []


_SOURCES = re.compile(
    r"--(?:extra-)?index-url|--find-links|^\s*registry\s*=|/Users/\w", re.MULTILINE
)


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    here = (f"{ROOT}/", f"{Path.home()}/")

    found = {
        name_of(path): places
        for path in tracked()
        if (text := path.read_text("utf-8", "replace")) and path != Path(__file__)
        if (places := [*_SOURCES.findall(text), *(place for place in here if place in text)])
    }

    assert found == {}
