"""What does the menu beside a field offer, and in which words does a filter say it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.filters import TAKES
from engine.wording import Message
from runtime.web.showing import sayer

PERIODS: Mapping[str, Message] = {
    "today": Message("今天"),
    "yesterday": Message("昨天"),
    "tomorrow": Message("明天"),
    "this_week": Message("本周"),
    "last_week": Message("上周"),
    "next_week": Message("下周"),
    "this_month": Message("本月"),
    "last_month": Message("上月"),
    "next_month": Message("下月"),
    "this_quarter": Message("本季度"),
    "last_quarter": Message("上季度"),
    "next_quarter": Message("下季度"),
    "this_year": Message("今年"),
    "last_year": Message("去年"),
    "next_year": Message("明年"),
}
NEAR: Mapping[str, Message] = {
    "last_days": Message("最近 {n} 天", n="N"),
    "next_days": Message("未来 {n} 天", n="N"),
    "older_than": Message("{n} 天以前", n="N"),
    "later_than": Message("{n} 天以后", n="N"),
}
TODAY: Mapping[str, Message] = {
    "<:today": Message("早于今天"),
    "<=:today": Message("不晚于今天"),
    ">=:today": Message("不早于今天"),
    ">:today": Message("晚于今天"),
}
"""Comparisons with today: together with the operator, as a menu offers them."""
PLAIN: Mapping[str, Message] = {
    "=": Message("等于"),
    "!=": Message("不等于"),
    ">": Message("大于"),
    ">=": Message("不小于"),
    "<": Message("小于"),
    "<=": Message("不大于"),
    "between": Message("介于"),
    "in": Message("是 {values}", values=""),
    "not_in": Message("不是"),
    "contains": Message("包含"),
    "not_contains": Message("不包含"),
    "starts_with": Message("开头是"),
    "has_any": Message("包含任一"),
    "has_all": Message("同时包含"),
    "has_none": Message("都不包含"),
    "filled": Message("已填写"),
    "empty": Message("未填写"),
    "mine": Message("是我"),
}
OTHERWISE: Mapping[str, Mapping[str, Message]] = {
    "date": {
        ">": Message("晚于"),
        ">=": Message("不早于"),
        "<": Message("早于"),
        "<=": Message("不晚于"),
    },
    "region": {"starts_with": Message("位于")},
    "department": {"mine": Message("是我的部门"), "mine_under": Message("是我的部门及下级")},
}
"""Where a kind of field says an operator in words of its own."""
TRUTH: Mapping[str, Message] = {"=:true": Message("是"), "=:false": Message("否")}
CHOSEN = frozenset({"choice", "person", "department", "reference"})
"""Kinds whose values are chosen: being equal to one is being one of one."""
ONE_OF = {"=": "in", "!=": "not_in"}
FILLED = ("filled", "empty")
_CHOSEN = ("in", "not_in", *FILLED)
MANY = ("has_any", "has_all", "has_none", *FILLED)
DAYS = ("=", "<", ">", "<=", ">=", "between")
MENUS: Mapping[str, tuple[str, ...]] = {
    "text": ("contains", "not_contains", "=", "!=", "starts_with", *FILLED),
    "number": ("=", "!=", ">", ">=", "<", "<=", "between", *FILLED),
    "time": ("=", ">", "<", "between", *FILLED),
    "region": ("starts_with", *FILLED),
    "address": ("contains", *FILLED),
    "choice": _CHOSEN,
    "person": ("mine", *_CHOSEN),
    "department": ("mine_under", "mine", *_CHOSEN),
    "reference": _CHOSEN,
    "many": MANY,
    "tags": MANY,
    "yes_no": (*TRUTH, *FILLED),
    "none": FILLED,
}
"""What is offered for each kind of field but dates, which have groups."""


def words_of(kind: str, op: str) -> str:
    """Return the words of an operator, to be translated; the operator itself if it has none."""
    message = OTHERWISE.get(kind, {}).get(op) or PLAIN.get(op)
    return message.text if message else op


def menu_of(kind: str, locale: str) -> Iterator[dict[str, Any]]:
    """Yield the entries of the menu for a kind of field."""
    say = sayer(locale)
    if kind == "date":
        yield from _menu_of_dates(locale)
        return
    for op in MENUS[kind]:
        text = TRUTH[op].text if op in TRUTH else words_of(kind, op)
        yield {"op": op, "label": say(text, values="").strip(), "shape": shape_of(op)}


def shape_of(op: str) -> str:
    """Return what stands behind an operator: none, one, two, days or several values."""
    if ":" in op:
        return "none"
    takes = TAKES[op]
    return "none" if takes == "nothing" else takes


def _menu_of_dates(locale: str) -> Iterator[dict[str, Any]]:
    say = sayer(locale)
    near = {**{f"in_period:{id_}": text for id_, text in PERIODS.items()}, **NEAR, **TODAY}
    usual = ("last_days", "next_days", "in_period:today", "in_period:this_week",
             "in_period:this_month", "<:today")  # fmt: skip
    groups = (
        (say("常用"), [(op, near[op].text) for op in usual]),
        (say("具体日期"), [(op, words_of("date", op)) for op in DAYS]),
        (say("更多时间"), [(op, text.text) for op, text in near.items() if op not in usual]),
        (say("是否填写"), [(op, words_of("date", op)) for op in FILLED]),
    )
    for group, entries in groups:
        for op, text in entries:
            label = say(text, n="N") if op in NEAR else say(text)
            yield {"op": op, "label": label, "shape": shape_of(op), "group": group}
