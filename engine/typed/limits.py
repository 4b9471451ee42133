"""Is a date or moment on the side of today where it must be?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from engine.wording import Message

Side = Literal["past", "past_or_today", "today_or_future", "future"]
"""Where a date must lie, seen from the day on which it is saved."""


def wrong_side(day: date, side: Side | None, today: date) -> Message | None:
    """Return the complaint about a date that is on the wrong side of today."""
    match side:
        case "past" if day >= today:
            return Message("应早于今天（{today}）", today=today.isoformat())
        case "past_or_today" if day > today:
            return Message("不能晚于今天（{today}）", today=today.isoformat())
        case "today_or_future" if day < today:
            return Message("不能早于今天（{today}）", today=today.isoformat())
        case "future" if day <= today:
            return Message("应晚于今天（{today}）", today=today.isoformat())
    return None


def wrong_moment(moment: datetime, side: Literal["past", "future"] | None, now: datetime) -> bool:
    """Tell if a moment is on the wrong side of now."""
    return (side == "past" and moment > now) or (side == "future" and moment < now)
