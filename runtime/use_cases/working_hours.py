"""When do people work, as somebody types it: `9:00-12:00 13:00-18:00`?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from engine.wording import Message
from engine.worktime import DAY, NOTHING, Window
from runtime.store.calendar_days import told

_BETWEEN = re.compile(r"[\s,;，；、]+")
_WINDOW = re.compile(r"(\d{1,2})[:：](\d\d)[-–—~～至到](\d{1,2})[:：](\d\d)")
_ROUND_THE_DASH = re.compile(r"\s*([-–—~～至到])\s*")


def read_hours(text: str) -> tuple[Window, ...] | Message:
    """Return the working hours that a text names, or say what is wrong with it."""
    parts = [part for part in _BETWEEN.split(_ROUND_THE_DASH.sub(r"\1", text.strip())) if part]
    found = [_WINDOW.fullmatch(part) for part in parts]
    wrong = next((part for part, one in zip(parts, found, strict=True) if one is None), None)
    if wrong is not None:
        return Message("“{part}”看不懂，请按 9:00-12:00 13:00-18:00 的样子写", part=wrong)
    windows = tuple(_window([int(number) for number in one.groups()]) for one in found if one)
    return windows if _in_order(windows) else Message("各段时间要从早到晚，不能重叠")


def write_hours(hours: Sequence[Window]) -> str:
    """Return working hours as a person would type them."""
    return " ".join(f"{opens}-{closes}" for opens, closes in told(hours))


def _window(numbers: list[int]) -> Window:
    opens, opens_minute, closes, closes_minute = numbers
    return (
        timedelta(hours=opens, minutes=opens_minute),
        timedelta(hours=closes, minutes=closes_minute),
    )


def _in_order(windows: Sequence[Window]) -> bool:
    moments = [moment for window in windows for moment in window]
    rising = all(one < other for one, other in windows) and moments == sorted(moments)
    return rising and all(NOTHING <= moment <= DAY for moment in moments)
