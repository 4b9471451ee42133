"""What are days, months and holidays called on the page of the calendar?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.wording import Message

WEEKDAYS = (
    Message("周一"), Message("周二"), Message("周三"), Message("周四"), Message("周五"),
    Message("周六"), Message("周日"),
)  # fmt: skip
MONTHS = (
    Message("1 月"), Message("2 月"), Message("3 月"), Message("4 月"), Message("5 月"),
    Message("6 月"), Message("7 月"), Message("8 月"), Message("9 月"), Message("10 月"),
    Message("11 月"), Message("12 月"),
)  # fmt: skip
HOLIDAYS = {
    "元旦": Message("元旦"),
    "春节": Message("春节"),
    "农历除夕": Message("除夕"),
    "清明节": Message("清明节"),
    "清明": Message("清明节"),
    "劳动节": Message("劳动节"),
    "端午节": Message("端午节"),
    "中秋节": Message("中秋节"),
    "国庆节": Message("国庆节"),
}
"""By the names in the announcements."""


def holiday(say: Callable[..., str], names: Sequence[str]) -> str:
    """Return what a day off is called; of holidays that we do not know, their own name."""
    said = [say(HOLIDAYS[name].text) if name in HOLIDAYS else name for name in names]
    return "、".join(said) or say("调休")
