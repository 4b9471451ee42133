"""Every option of every type does something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.catalog import FIELD_TYPES
from engine.field import Field, NotAcceptable
from tests.builders import field_of
from tests.engine.fields.samples import NEEDED

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Acts:
    """With the option, the typed text is answered so; `plain` is the answer without it."""

    option: str
    value: Any
    typed: str
    answer: str
    plain: str
    around: dict[str, Any] | None = None


OPTIONS = [{"id": "a", "label": "甲"}, {"id": "b", "label": "乙"}, {"id": "c", "label": "丙"}]

READ: dict[str, list[Acts]] = {
    "text": [
        Acts("min_length", 3, "ab", "最少 3 个字", "ab"),
        Acts("max_length", 2, "abc", "最多 2 个字，现在有 3 个", "abc"),
        Acts("pattern", "[A-Z]{2}[0-9]+", "ab", "格式不符，应符合 [A-Z]{2}[0-9]+", "ab"),
        Acts(
            "pattern_message",
            "如 AB12",
            "ab",
            "如 AB12",
            "格式不符，应符合 [A-Z]+",
            {"pattern": "[A-Z]+"},
        ),
        Acts("uppercase", True, "ab", "AB", "ab"),
    ],
    "long_text": [
        Acts("min_length", 3, "ab", "最少 3 个字", "ab"),
        Acts("max_length", 2, "a\nb", "最多 2 个字，现在有 3 个", "a\nb"),
    ],
    "rich_text": [Acts("max_length", 2, "<b>abc</b>", "最多 2 个字，现在有 3 个", "abc")],
    "number": [
        Acts("places", 1, "1.25", "最多 1 位小数", "1.25"),
        Acts("min", 2, "1", "不能小于 2", "1"),
        Acts("max", 0.1, "1", "不能大于 0.1", "1"),
        Acts("unit", "米", "1", "1 米", "1"),
    ],
    "integer": [
        Acts("min", 2, "1", "不能小于 2", "1"),
        Acts("max", 1000, "1001", "不能大于 1,000", "1,001"),
        Acts("unit", "台", "1", "1 台", "1"),
    ],
    "money": [
        Acts("currency", "EUR", "1", "€1.00", "¥1.00"),
        Acts("places", 0, "1.5", "只能填整数", "¥1.50"),
        Acts("min", 10, "1", "不能小于 ¥10.00", "¥1.00"),
        Acts("max", 10, "11", "不能大于 ¥10.00", "¥11.00"),
        Acts("allow_negative", True, "-1", "-¥1.00", "不能小于 ¥0.00"),
    ],
    "percent": [
        Acts("places", 0, "1.5", "只能填整数", "1.5%"),
        Acts("min", 5, "1", "不能小于 5%", "1%"),
        Acts("max", 200, "150", "150%", "不能大于 100%"),
    ],
    "date": [
        Acts("min", "2026-01-01", "2025-12-31", "不能早于 2026-01-01", "2025-12-31"),
        Acts("max", "2026-01-01", "2026-01-02", "不能晚于 2026-01-01", "2026-01-02"),
    ],
    "datetime": [
        Acts(
            "precision", "second", "2026-01-01 08:00:30", "2026-01-01 08:00:30", "2026-01-01 08:00"
        ),
        Acts(
            "zone", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-01-01 01:00", "2026-01-01 08:00"
        ),
    ],
    "time": [
        Acts("precision", "second", "08:00:30", "08:00:30", "08:00"),
        Acts("min", "08:00:00", "07:59", "不能早于 08:00", "07:59"),
        Acts("max", "18:00:00", "18:01", "不能晚于 18:00", "18:01"),
    ],
    "duration": [
        Acts("min", "PT30M", "29分钟", "不能短于 30分钟", "29分钟"),
        Acts("max", "P2D", "3天", "不能长于 2天", "3天"),
    ],
    "yes_no": [
        Acts("yes", "有", "true", "有", "是"),
        Acts("no", "无", "false", "无", "否"),
        Acts("ask", "question", "", "", "否"),
    ],
    "select": [
        Acts("options", OPTIONS, "c", "丙", "没有“c”这个选项，可选：新的、用过"),
        Acts("allow_other", True, "别的", "别的", "没有“别的”这个选项，可选：新的、用过"),
    ],
    "multi_select": [
        Acts("options", OPTIONS, "a,c", "甲、丙", "没有“a”这个选项，可选：新的、用过"),
        Acts("min_items", 2, "new", "最少 2 项", "新的"),
        Acts("max_items", 1, "new,used", "最多 1 项", "新的、用过"),
    ],
    "tags": [
        Acts(
            "only_suggestions",
            True,
            "急",
            "没有“急”这个标签，可选：缓",
            "急",
            {"suggestions": ["缓"]},
        ),
        Acts("max_items", 1, "急,缓", "最多 1 项", "急、缓"),
        Acts("max_length", 1, "加急", "最多 1 个字，现在有 2 个", "加急"),
    ],
    "rating": [
        Acts("max", 3, "4", "应为 1 到 3 的整数", "4/5"),
        Acts("captions", ["差", "好"], "2", "2/5 好", "2/5"),
    ],
    "phone": [
        Acts("kind", "mobile", "021-62345678", "应为手机号码", "021 6234 5678"),
        Acts(
            "country",
            "US",
            "650-253-0000",
            "+1 650-253-0000",
            "“650-253-0000”不是有效的电话号码，请填如 13800138000 或 021-62345678",
        ),
    ],
    "email": [
        Acts(
            "domains",
            ["example.com"],
            "a@example.org",
            "只接受这些域名的邮箱：example.com",
            "a@example.org",
        )
    ],
    "url": [
        Acts("https_only", True, "http://a.example", "只接受 https:// 开头的网址", "a.example"),
        Acts(
            "domains",
            ["example.com"],
            "https://notexample.com",
            "只接受这些域名的网址：example.com",
            "notexample.com",
        ),
    ],
    "id_number": [
        Acts(
            "kind",
            "resident",
            "91110000600037341L",
            "“91110000600037341L”不是有效的身份证号，应为 18 位，请核对",
            "91110000600037341L",
        )
    ],
    "region": [
        Acts("level", "city", "3301", "浙江省杭州市", "请选择到区县"),
        Acts("within", "32", "330106", "应在江苏省之内", "浙江省杭州市西湖区"),
    ],
    "address": [
        Acts("level", "province", "浙江省 1 号", "浙江省1 号", "请选择到区县"),
        Acts("detail", "optional", "浙江省杭州市西湖区", "浙江省杭州市西湖区", "请填写详细地址"),
        Acts(
            "max_length",
            10,
            "浙江省杭州市西湖区 " + "路" * 11,
            "最多 10 个字，现在有 11 个",
            "浙江省杭州市西湖区" + "路" * 11,
        ),
    ],
    "geo": [Acts("accuracy_within", 50, "1,2", "请用设备定位", "1, 2")],
    "reference_list": [
        Acts("min_items", 2, "a", "最少 2 项", "1 条"),
        Acts("max_items", 1, "a,b", "最多 1 项", "2 条"),
    ],
    "lines": [
        Acts(
            "fields",
            [{"id": "x", "type": "text", "label": "甲"}],
            '[{"x":"a"}]',
            "1 行",
            "第 1 行没有“x”这一列，可有：item、count、price",
        ),
        Acts("max_rows", 1, "[{},{}]", "最多 1 项", "2 行"),
    ],
    "file": [Acts("max_files", 1, "a,b", "最多 1 项", "2 个文件")],
    "image": [Acts("max_files", 1, "a,b", "最多 1 项", "2 个文件")],
    "formula": [
        Acts("result", "text", "好", "好", "“好”不是数字，请填如 1280.50 的数字"),
        Acts("places", 0, "1.5", "只能填整数", "1.5"),
        Acts("currency", "USD", "1", "$1.00", "¥1.00", {"result": "money"}),
        Acts("unit", "天", "1", "1 天", "1"),
    ],
    "rollup": [
        Acts("measure", "sum", "1.5", "1.5", "只能填整数", {"of": "x"}),
        Acts("result", "money", "1", "¥1.00", "1", {"measure": "sum", "of": "x"}),
        Acts("places", 1, "1.25", "最多 1 位小数", "1.25", {"measure": "sum", "of": "x"}),
        Acts(
            "currency",
            "USD",
            "1",
            "$1.00",
            "¥1.00",
            {"measure": "sum", "of": "x", "result": "money"},
        ),
        Acts("unit", "件", "1", "1 件", "1"),
    ],
    "barcode": [
        Acts("kind", "ean13", "12", "“12”不是有效的 EAN 条码，应为 13 位数字，请核对", "12")
    ],
    "colour": [Acts("palette", ["#ffffff"], "#000", "请从这些颜色中选：#ffffff", "#000000")],
    "json": [
        Acts("shape", "object", "[1]", '应为 JSON 对象，如 {"a": 1}', "[1]"),
        Acts("max_length", 5, '"abcdef"', "JSON 最多 5 个字符", '"abcdef"'),
    ],
}

TESTED_BELOW = {
    "date": {"only"}, "datetime": {"only"}, "person": {"within"}, "department": {"within"},
    "reference": {"to", "where", "match"}, "reference_list": {"to", "where"},
    "file": {"types", "megabytes"},
    "image": {"types", "megabytes"}, "signature": {"megabytes"}, "lines": {"min_rows", "totals"},
    "auto_number": {"pattern", "resets", "start"}, "lookup": {"by", "field"}, "formula": {"feel"},
    "rollup": {"form", "by", "of", "where"},
}  # fmt: skip
"""Options that need more than a text: other tests of this folder, of forms and of the store."""

DRAWN = {
    "text": {"suggestions"}, "long_text": {"rows"}, "select": {"style"}, "multi_select": {"style"},
    "tags": {"suggestions"}, "rating": {"symbol"}, "reference": {"columns", "add"},
    "reference_list": {"columns", "add"}, "image": {"camera_only"}, "signature": {"statement"},
    "lines": {"row_label"},
}  # fmt: skip
"""Options that only the pages look at; a page must name each of them."""

CASES = [(type_, acts) for type_, several in READ.items() for acts in several]


def _answer(field: Field, text: str) -> str:
    try:
        return field.show(field.parse(text))
    except NotAcceptable as refused:
        return str(refused.message)


@pytest.mark.parametrize(("type_", "acts"), CASES, ids=lambda part: getattr(part, "option", part))
def test_an_option_changes_what_is_read_or_shown(type_: str, acts: Acts) -> None:
    around = {**NEEDED.get(type_, {}), **(acts.around or {})}

    without = field_of(type_, **around)
    with_it = field_of(type_, **{**around, acts.option: acts.value})

    assert _answer(with_it, acts.typed) == acts.answer
    assert _answer(without, acts.typed) == acts.plain


@pytest.mark.parametrize("type_", sorted(FIELD_TYPES))
def test_no_option_is_without_a_test(type_: str) -> None:
    own = set(FIELD_TYPES[type_].__struct_fields__) - set(Field.__struct_fields__)
    shown = {acts.option for acts in READ.get(type_, [])}

    assert own == shown | TESTED_BELOW.get(type_, set()) | DRAWN.get(type_, set())


@cache
def _pages() -> str:
    paths = (ROOT / "runtime" / "web").rglob("*.*")
    sources = (path for path in paths if path.suffix in (".py", ".html"))
    return "\n".join(
        path.read_text("utf-8") for path in sources if "node_modules" not in path.parts
    )


@pytest.mark.parametrize("option", sorted({one for several in DRAWN.values() for one in several}))
def test_a_page_looks_at_options_that_are_drawn(option: str) -> None:
    assert re.search(rf"""definition\.{option}\b|["']{option}["']|\.{option}\b""", _pages())
