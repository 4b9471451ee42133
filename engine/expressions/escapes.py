"""Which character does an escape in a text stand for?"""

from __future__ import annotations

import re

from engine.expressions.errors import FeelError
from engine.wording import Message

_ESCAPE = re.compile(
    r"\\(?:U([0-9A-Fa-f]{6})|u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|u([0-9A-Fa-f]{4})|(.))",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def unescape(raw: str, offset: int = 0) -> str:
    """Return a text without escapes; an unknown one stays, so that patterns can be written."""
    if "\\" not in raw:
        return raw
    try:
        return _ESCAPE.sub(_character, raw)
    except ValueError:
        message = Message("文字中的 \\u 转义不是有效字符")
        raise FeelError("feel.escape", message, (offset, offset + len(raw))) from None


def _character(match: re.Match[str]) -> str:
    long, high, low, plain, simple = match.groups()
    if long:
        return _scalar(int(long, 16))
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if plain:
        return _scalar(int(plain, 16))
    return _SIMPLE.get(simple, match.group())


def _scalar(code: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise ValueError(code)
    return chr(code)
