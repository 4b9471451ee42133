"""A form with something of everything that forms do, for the tests beside it."""

from __future__ import annotations

from functools import cache
from typing import Any

from engine.app import Form
from tests.builders import form_of, form_spec

SITE = form_spec(
    "site",
    [
        {"id": "title", "type": "text", "label": "站点"},
        {"id": "city", "type": "text", "label": "城市"},
        {"id": "rate", "type": "percent", "label": "费率"},
    ],
)

KINDS = [{"id": "water", "label": "水"}, {"id": "oil", "label": {"zh": "油", "en": "Oil"}}]

FIELDS: list[dict[str, Any]] = [
    {"id": "name", "type": "text", "label": {"zh": "名称", "en": "Name"}, "required": True},
    {"id": "kind", "type": "select", "label": "介质", "options": KINDS, "default": "water"},
    {"id": "amount", "type": "money", "label": "预算"},
    {"id": "begins", "type": "date", "label": "开始", "default": {"feel": "today()"}},
    {"id": "ends", "type": "date", "label": "结束"},
    {
        "id": "permit",
        "type": "text",
        "label": "许可证",
        "visible": 'kind = "oil"',
        "required": {"when": "amount > 1000", "message": "超过 1000 须有许可证"},
    },
    {"id": "reason", "type": "long_text", "label": "原因", "required": "amount > 5000"},
    {"id": "locked", "type": "text", "label": "锁定", "readonly": 'kind = "oil"'},
    {"id": "urgent", "type": "yes_no", "label": "加急"},
    {"id": "marks", "type": "multi_select", "label": "标记", "options": KINDS},
    {"id": "site", "type": "reference", "to": "site", "label": "站点"},
    {"id": "city", "type": "lookup", "by": "site", "field": "city", "label": "城市"},
    {
        "id": "items",
        "type": "lines",
        "label": "明细",
        "max_rows": 5,
        "totals": ["cost"],
        "fields": [
            {"id": "item", "type": "text", "label": "物料", "required": True},
            {"id": "count", "type": "integer", "label": "数量", "default": 1, "min": 1},
            {"id": "price", "type": "money", "label": "单价"},
            {"id": "spare", "type": "yes_no", "label": "备用"},
            {"id": "why", "type": "text", "label": "缘由", "visible": "spare", "required": True},
            {
                "id": "cost",
                "type": "formula",
                "label": "小计",
                "feel": "count * price * (1 + record.factor)",
                "result": "money",
            },
        ],
    },
    {"id": "factor", "type": "formula", "label": "系数", "feel": "if urgent then 0.5 else 0"},
    {
        "id": "total",
        "type": "formula",
        "label": "合计",
        "feel": "sum(items.cost)",
        "result": "money",
    },
    {"id": "double", "type": "formula", "label": "两倍", "feel": "total * 2", "result": "money"},
    {"id": "secret", "type": "text", "label": "内部", "required": True},
]

SECTIONS = [
    {"id": "main", "label": "基本", "fields": FIELDS[:-1]},
    {"id": "inner", "label": "内部", "visible": "urgent", "fields": FIELDS[-1:]},
]

CHECKS = [
    {
        "id": "in_order",
        "that": "ends = null or begins = null or ends >= begins",
        "message": {"zh": "结束不能早于开始", "en": "It can't end before it begins"},
    },
    {"id": "affordable", "that": "amount = null or amount < 100000", "message": "预算过高"},
]


@cache
def device() -> Form:
    """Return the form, loaded once."""
    return form_of(FIELDS, SITE, form="device", sections=SECTIONS, checks=CHECKS)
