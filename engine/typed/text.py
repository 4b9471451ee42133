"""How is a text that came from outside made clean, or refused?"""

from __future__ import annotations

import re
import unicodedata

from engine.field import NotAcceptable
from engine.wording import Message

_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t]*[\r\n\v\f\u0085\u2028\u2029]+[ \t]*")
_NEWLINES = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")


def cut(text: str, length: int = 40) -> str:
    """Return the beginning of a text, fit to be quoted in a complaint."""
    short = text[:length].encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")
    return short + "…" if len(text) > length else short


def as_text(data: object) -> str:
    """Return the data if it is a text. Raises NotAcceptable."""
    if type(data) is not str:
        raise NotAcceptable(Message("应为文字"))
    return data


def tidy(text: str, at_most: int) -> str:
    """Return one line without blanks around it. Raises NotAcceptable."""
    if len(text) > at_most * 4 + 64:
        raise _too_long(text, at_most)
    if not (text.isascii() and text.isprintable()):
        text = _SPACES.sub(" ", _storable(text))
    return _within(text.strip(), at_most)


def tidy_lines(text: str, at_most: int) -> str:
    """Return a text of several lines, without blanks around it. Raises NotAcceptable."""
    if len(text) > at_most * 4 + 64:
        raise _too_long(text, at_most)
    if not (text.isascii() and text.isprintable()):
        text = _NEWLINES.sub("\n", _storable(text))
    return _within(text.strip(), at_most)


def narrow(text: str, at_most: int = 100) -> str:
    """Return a short text with full-width signs made plain, as numbers and dates need it."""
    if len(text) > at_most:
        raise NotAcceptable(Message("“{text}”太长了", text=cut(text)))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _storable(text))
    elif not text.isprintable():
        _storable(text)
    return text.strip()


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise NotAcceptable(Message("含有无法保存的字符，请删除后重新输入"))
    return unicodedata.normalize("NFC", text)


def _within(text: str, at_most: int) -> str:
    if len(text) > at_most:
        raise _too_long(text, at_most)
    return text


def _too_long(text: str, at_most: int) -> NotAcceptable:
    message = Message("最多 {most} 个字，现在有 {now} 个", most=at_most, now=len(text))
    return NotAcceptable(message)
