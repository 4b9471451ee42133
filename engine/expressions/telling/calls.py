"""What is a call of a built-in called?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.wording import Message

ONE_LIST: Mapping[str, Callable[[Message], Message]] = {
    "rows": lambda items: Message("{items}的行数", items=items),
    "count": lambda items: Message("{items}的个数", items=items),
    "sum": lambda items: Message("{items}的合计", items=items),
    "mean": lambda items: Message("{items}的平均值", items=items),
    "max": lambda items: Message("{items}的最大值", items=items),
    "min": lambda items: Message("{items}的最小值", items=items),
}
"""What is asked of a list; `rows` is the count of one whose items are rows."""

CALLS: Mapping[tuple[str, int], Callable[..., Message]] = {
    ("today", 0): lambda: Message("今天"),
    ("now", 0): lambda: Message("现在"),
    ("start of day", 1): lambda day: Message("{day}零点", day=day),
    ("end of day", 1): lambda day: Message("{day}结束时", day=day),
    ("start of week", 1): lambda day: Message("{day}所在周的周一", day=day),
    ("end of week", 1): lambda day: Message("{day}所在周的周日", day=day),
    ("start of month", 1): lambda day: Message("{day}所在月的第一天", day=day),
    ("end of month", 1): lambda day: Message("{day}所在月的最后一天", day=day),
    ("start of quarter", 1): lambda day: Message("{day}所在季度的第一天", day=day),
    ("end of quarter", 1): lambda day: Message("{day}所在季度的最后一天", day=day),
    ("start of year", 1): lambda day: Message("{day}所在年的第一天", day=day),
    ("end of year", 1): lambda day: Message("{day}所在年的最后一天", day=day),
    ("date", 1): lambda moment: Message("{moment}的日期", moment=moment),
    ("string length", 1): lambda text: Message("{text}的字数", text=text),
    ("upper case", 1): lambda text: Message("{text}的大写", text=text),
    ("lower case", 1): lambda text: Message("{text}的小写", text=text),
    ("string", 1): lambda text: Message("{text}", text=text),
    ("abs", 1): lambda number: Message("{number}的绝对值", number=number),
    ("floor", 1): lambda number: Message("{number}（向下取整）", number=number),
    ("ceiling", 1): lambda number: Message("{number}（向上取整）", number=number),
    ("decimal", 2): lambda number, n: Message("{number}（保留{n} 位小数）", number=number, n=n),
    ("round half up", 2): lambda number, n: Message(
        "{number}（保留{n} 位小数）", number=number, n=n
    ),
    ("substring", 2): lambda text, first: Message(
        "{text}从第{first} 个字起的部分", text=text, first=first
    ),
    ("substring", 3): lambda text, first, n: Message(
        "{text}从第{first} 个字起的{n} 个字", text=text, first=first, n=n
    ),
    ("max", 2): lambda one, other: Message("{one}和{other}中较大的", one=one, other=other),
    ("min", 2): lambda one, other: Message("{one}和{other}中较小的", one=one, other=other),
}
"""By name and number of arguments."""
