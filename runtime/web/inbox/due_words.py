"""How long is it until something must be done, or since it should have been?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG = 2 * DAY
"""From here on days say it better than hours."""


@dataclass(frozen=True)
class Due:
    """What is said about it, and in which colour."""

    text: str
    tone: str


def due_words(due: datetime, now: datetime, zone: ZoneInfo, say: Callable[..., str]) -> Due:
    """Return until when it is to be done, or by how much it is late."""
    if due <= now:
        return Due(say("已超时 {span}", span=span_words(now - due, say)), "red")
    there, here = due.astimezone(zone), now.astimezone(zone)
    time = there.strftime("%H:%M")
    days = (there.date() - here.date()).days
    if days == 0:
        return Due(say("今天 {time} 前", time=time), "amber")
    if days == 1:
        return Due(say("明天 {time} 前", time=time), "blue")
    day = there.strftime("%m-%d" if there.year == here.year else "%Y-%m-%d")
    return Due(say("{day} 前", day=day), "grey")


def span_words(span: timedelta, say: Callable[..., str]) -> str:
    """Return a length of time in minutes, hours or days."""
    if span < HOUR:
        return say("{n} 分钟", n=max(1, span // timedelta(minutes=1)))
    if span < LONG:
        return say("{n} 小时", n=span // HOUR)
    return say("{n} 天", n=span // DAY)
