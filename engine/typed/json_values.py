"""Which JSON value does a text hold, and is a value one that can be kept?"""

from __future__ import annotations

import math
from typing import Any

import msgspec

from engine.field import NotAcceptable
from engine.typed.text import as_text, cut
from engine.wording import Message

MAX_DEPTH = 20

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def json_in(text: str, at_most: int) -> Any:
    """Return the JSON value of a text. Raises NotAcceptable."""
    if len(text) > at_most:
        raise NotAcceptable(_too_large(at_most))
    try:
        return checked(msgspec.json.decode(text), at_most)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise NotAcceptable(Message("不是有效的 JSON")) from None


def checked(data: Any, at_most: int) -> Any:
    """Return a JSON value as plain lists, objects, texts and numbers. Raises NotAcceptable."""
    _look(data, MAX_DEPTH)
    try:
        encoded = _ENCODER.encode(data)
        if len(encoded) > at_most * 4:
            raise NotAcceptable(_too_large(at_most))
        return msgspec.json.decode(encoded)
    except (msgspec.DecodeError, UnicodeError, TypeError, ValueError, OverflowError):
        raise NotAcceptable(Message("不是有效的 JSON")) from None


def frozen(data: Any) -> Any:
    """Return a JSON value with tuples for lists, as values are kept in memory."""
    if isinstance(data, list | tuple):
        return tuple(map(frozen, data))
    if isinstance(data, dict):
        return {key: frozen(item) for key, item in data.items()}
    return data


def thawed(value: Any) -> Any:
    """Return a value with lists for tuples, as JSON knows them."""
    if isinstance(value, tuple | list):
        return list(map(thawed, value))
    if isinstance(value, dict):
        return {key: thawed(item) for key, item in value.items()}
    return value


def object_in(text: str) -> dict[str, Any] | None:
    """Return the JSON object that a text is, or None if it does not look like one.

    Raises NotAcceptable.
    """
    typed = text.strip()
    if not typed.startswith("{"):
        return None
    found = json_in(typed, 5000)
    return found if isinstance(found, dict) else None


def parts_in(data: Any, known: frozenset[str]) -> dict[str, Any]:
    """Return a JSON object that has known parts only. Raises NotAcceptable."""
    if not isinstance(data, dict):
        raise NotAcceptable(Message("应为对象，有 {parts}", parts=sorted(known)))
    strange = [key for key in data if key not in known]
    if strange:
        part = cut(as_text(strange[0]))
        raise NotAcceptable(Message("不认识 {part}，可有 {parts}", part=part, parts=sorted(known)))
    return data


def _look(data: Any, deeper: int) -> None:
    if deeper < 0:
        raise NotAcceptable(Message("JSON 嵌套最多 {most} 层", most=MAX_DEPTH))
    if isinstance(data, dict):
        for key, value in data.items():
            _look(as_text(key), deeper)
            _look(value, deeper - 1)
    elif isinstance(data, list | tuple):
        for item in data:
            _look(item, deeper - 1)
    else:
        _look_at_one(data)


def _look_at_one(data: Any) -> None:
    if isinstance(data, str) and "\x00" in data:
        raise NotAcceptable(Message("含有无法保存的字符，请删除后重新输入"))
    if isinstance(data, float) and not math.isfinite(data):
        raise NotAcceptable(Message("不是有效的 JSON"))


def _too_large(at_most: int) -> Message:
    return Message("JSON 最多 {most} 个字符", most=at_most)
