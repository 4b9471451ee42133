"""Expressions are said in words, with the names of fields, options and stages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    Scope,
    Slot,
    choice,
    compile_expression,
    lines,
    list_of,
    reference,
)
from engine.expressions.telling.names import Where, Words
from engine.expressions.telling.tell import tell_condition, tell_conditions, tell_value
from engine.expressions.values import Value

FORMS = {
    "ticket": {
        "cost": NUMBER,
        "due": DATE,
        "begun": DATE,
        "closed": BOOLEAN,
        "level": choice(("low", "high")),
        "site": reference("site"),
        "parts": lines("ticket.parts"),
        "words": list_of(TEXT),
        "id": TEXT,
        "owner": reference("person"),
        "created_at": DATETIME,
    },
    "site": {"city": TEXT},
    "ticket.parts": {"price": NUMBER, "kind": choice(("new", "old"))},
    "person": {"name": TEXT},
}
SCOPE = Scope(FORMS["ticket"], FORMS)
LABELS: dict[Where, Words] = {
    ("cost",): {"zh": "费用", "en": "Cost"},
    ("due",): {"zh": "截止日期", "en": "Due"},
    ("begun",): {"zh": "开始日期", "en": "Begun"},
    ("closed",): {"zh": "已关闭", "en": "Closed"},
    ("level",): {"zh": "级别", "en": "Level"},
    ("site",): {"zh": "站点", "en": "Site"},
    ("site", "city"): {"zh": "城市", "en": "City"},
    ("parts",): {"zh": "配件", "en": "Parts"},
    ("parts", "price"): {"zh": "单价", "en": "Price"},
    ("parts", "kind"): {"zh": "新旧", "en": "Kind"},
    ("words",): {"zh": "关键词", "en": "Words"},
    ("owner",): {"zh": "负责人", "en": "Owner"},
    ("created_at",): {"zh": "创建时间", "en": "Created"},
}
OPTIONS = {"high": "高", "low": "低", "new": "新", "old": "旧"}


class Ticket:
    def field(self, where: Where) -> Words | None:
        return LABELS.get(where)

    def value(self, where: Where, value: Value) -> Words | None:
        if where == ("cost",) and isinstance(value, Decimal):
            return f"¥{value}"
        return OPTIONS.get(str(value))


CONDITIONS = [
    ("cost >= 500", "“费用”不小于 ¥500"),
    ("500 < cost", "“费用”大于 ¥500"),
    ("cost != null", "“费用”已填写"),
    ("null = cost", "“费用”未填写"),
    ("due > begun", "“截止日期”晚于“开始日期”"),
    ("due <= today()", "“截止日期”不晚于今天"),
    ('due < begun + duration("P3D")', "“截止日期”早于“开始日期”之后 3 天"),
    ('created_at > now() - duration("PT2H")', "“创建时间”晚于 2 小时前"),
    ('level = "high"', "“级别”是“高”"),
    ('level in ("high", "low")', "“级别”是“高”、“低”之一"),
    ('not(level in ("high", "low"))', "“级别”不是“高”、“低”中的任何一个"),
    ('not(level in ("high"))', "“级别”不是“高”"),
    ("cost in [10..20)", "“费用”不小于 ¥10，且“费用”小于 ¥20"),
    ("cost between 10 and 20", "“费用”不小于 ¥10，且“费用”不大于 ¥20"),
    ("closed", "“已关闭”为“是”"),
    ("closed = false", "“已关闭”为“否”"),
    ("not(closed)", "“已关闭”为“否”"),
    ('closed or cost > 1 and level = "low"', "“已关闭”为“是”，或（“费用”大于 ¥1，且“级别”是“低”）"),
    ("cost = null or due = null or closed", "“费用”未填写，或“截止日期”未填写，或“已关闭”为“是”"),
    (
        "(cost = null) = (due = null)",
        "（“费用”未填写）与（“截止日期”未填写）同时成立，或同时不成立",
    ),
    ('site.city = "上海"', "“站点”的“城市”是“上海”"),
    ("owner = user.id", "“负责人”是本人"),
    ("id != null", "记录已保存过"),
    ("count(parts) > 0", "“配件”的行数大于 0"),
    ('count(parts[kind = "new"]) = 1', "“配件”中“新旧”是“新”的行数等于 1"),
    ("sum(parts.price) > 2", "“配件”的“单价”的合计大于 2"),
    ('list contains(words, "急")', "“关键词”里有“急”"),
    (
        'contains(lower case(site.city), lower case("Shang"))',
        "“站点”的“城市”含有“Shang”（不分大小写）",
    ),
    (
        'due in [start of month(today())..end of month(today() + duration("P1M"))]',
        "“截止日期”不小于今天所在月的第一天，且“截止日期”不大于（1 个月后）所在月的最后一天",
    ),
    (
        "some word in words satisfies string length(word) > 3",
        "“关键词”中至少有一个满足：它的字数大于 3",
    ),
]


@pytest.mark.parametrize(("feel", "words"), CONDITIONS)
def test_a_condition_is_said_with_names(feel: str, words: str) -> None:
    told = tell_condition(compile_expression(feel, SCOPE, Slot.CHECK).tree, Ticket())

    assert told is not None
    assert told.fill() == words


@pytest.mark.parametrize(
    ("feel", "words"),
    [
        ("cost * (1 - 0.1)", "“费用” × （1 − 0.1）"),
        ("1 - (cost - 2)", "1 − （“费用” − 2）"),
        ("cost / 2 + 1", "“费用” ÷ 2 + 1"),
        ("if cost = null then 0 else cost", "如果“费用”未填写，则为 ¥0；否则“费用”"),
        ("decimal(cost / 3, 2)", "（“费用” ÷ 3）（保留 2 位小数）"),
        ("sum(for part in parts return part.price * 2)", "“配件”每一行的（“单价” × 2）的合计"),
        ("words[1]", "“关键词”的第 1 个"),
        ("closed and cost > 1", "“已关闭”为“是”，且“费用”大于 1"),
    ],
)
def test_a_value_is_said_as_it_is_worked_out(feel: str, words: str) -> None:
    told = tell_value(compile_expression(feel, SCOPE, Slot.VALUE).tree, Ticket())

    assert told is not None
    assert told.fill().replace("¥", "").replace("  ", " ") == words.replace("¥", "")


def test_conditions_that_hold_together_are_said_one_by_one() -> None:
    tree = compile_expression('closed and cost > 1 and level = "low"', SCOPE, Slot.CHECK).tree

    assert [each.fill() for each in tell_conditions(tree, Ticket())] == [
        "“已关闭”为“是”",
        "“费用”大于 ¥1",
        "“级别”是“低”",
    ]


@pytest.mark.parametrize(
    "feel", ['matches(site.city, "a+")', "cost ** 2 > 1", 'replace(site.city, "a", "b") = "c"']
)
def test_what_has_no_words_is_not_half_said(feel: str) -> None:
    tree = compile_expression(feel, SCOPE, Slot.CHECK).tree

    assert tell_condition(tree, Ticket()) is None
    assert tell_conditions(tree, Ticket()) == ()


def test_a_name_that_nobody_knows_makes_it_unsayable() -> None:
    tree = compile_expression("version > 1", Scope({"version": NUMBER}), Slot.CHECK).tree

    assert tell_condition(tree, Ticket()) is None
