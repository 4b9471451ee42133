"""Which texts does a list hold, are they few enough, and how are they shown?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.field import NotAcceptable
from engine.typed.text import as_text
from engine.wording import Message

MOST = 2000
"""Items that any list may have."""


def sent_texts(data: object) -> list[str]:
    """Return the texts of a JSON list; nothing is an empty list. Raises NotAcceptable."""
    if data is None:
        return []
    if not isinstance(data, list | tuple):
        raise NotAcceptable(Message("应为列表"))
    if len(data) > MOST:
        raise NotAcceptable(Message("最多 {most} 项", most=MOST))
    return [as_text(item) for item in data]


def without_repeats(items: Iterable[str]) -> tuple[str, ...]:
    """Return the items in their order, each once."""
    return tuple(dict.fromkeys(items))


def counted(count: int, least: int | None, most: int | None) -> Message | None:
    """Return the complaint about too few or too many items; none at all is another matter."""
    if count and least is not None and count < least:
        return Message("最少 {least} 项", least=least)
    if count > (MOST if most is None else most):
        return Message("最多 {most} 项", most=MOST if most is None else most)
    return None


def joined(texts: Iterable[str], locale: str) -> str:
    """Return texts as one, as the language lists things."""
    return ("、" if locale == "zh" else ", ").join(texts)
