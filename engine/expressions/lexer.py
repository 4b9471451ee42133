"""Of which words, numbers, texts and signs does an expression consist?"""

from __future__ import annotations

import re
from enum import Enum, auto
from unicodedata import east_asian_width, normalize

from msgspec import Struct

from engine.expressions.errors import FeelError, Span
from engine.expressions.escapes import unescape
from engine.expressions.limits import MAX_CHARACTERS
from engine.expressions.names import LONGEST_NAME, SPACED_BUILTINS, SPACED_FIRST
from engine.wording import Message


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()
    TEXT = auto()
    AT = auto()
    NAME = auto()
    QUOTED = auto()
    SIGN = auto()
    END = auto()


class Token(Struct, frozen=True, gc=False):
    """A token; the text of a string is unescaped, a name of several words is one token."""

    sort: Sort
    text: str
    span: Span


# Characters beyond the basic plane may stand in names as in the standard: 🐎 is a name there.
_FIRST = r"(?:[^\W\d]|[\U00010000-\U000EFFFF])"
_REST = r"(?:\w|[\u0300-\u036f\u200d\ufe0f]|[\U00010000-\U000EFFFF])"
_TOKEN = re.compile(
    rf"""
    (?:\s|//[^\n]*+|/\*.*?\*/)*+
    (?:
    (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<at>@"(?:[^"\\]|\\.)*")
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<ascii>[A-Za-z_][A-Za-z0-9_]*+(?!{_REST}))
  | (?P<name>{_FIRST}{_REST}*)
  | (?P<quoted>`[^`\n]+`)
  | (?P<sign>\*\*|\.\.|<=|>=|!=|->|/(?!\*)|[-+*=<>(){{}}\[\],:.?])
    )?
    """,
    re.VERBOSE | re.DOTALL,
)

_ASCII = {
    "（": "(", "）": ")", "，": ",", "：": ":", "＝": "=", "＞": ">", "＜": "<", "“": '"', "”": '"',
    "＂": '"', "‘": '"', "’": '"', "；": ",", "。": ".", "．": ".", "【": "[", "】": "]", "［": "[",
    "］": "]", "｛": "{", "｝": "}", "＋": "+", "－": "-", "＊": "*", "／": "/", "×": "*", "÷": "/",
    "≤": "<=", "≥": ">=", "≠": "!=", "、": ",", "！": "!", "–": "-", "—": "-",
}  # fmt: skip
_SLIPS = {"==": "=", "&": "and", "|": "or", "!": "not(…)", ";": ",", "'": '"'}


def tokens(text: str) -> list[Token]:
    """Return the tokens of an expression, END last; a character that has no place is an error."""
    if len(text) > MAX_CHARACTERS:
        message = Message("表达式太长：最多 {most} 个字符", most=MAX_CHARACTERS)
        raise FeelError("feel.too_long", message, (MAX_CHARACTERS, len(text)))
    found: list[Token] = []
    position, end = 0, len(text)
    while position < end:
        match = _TOKEN.match(text, position)
        assert match is not None  # it matches nothing at all, too
        position = match.end()
        group = match.lastgroup
        if group is None:
            if position < end:
                raise _stray(text, position)
        elif group in _PLAIN:
            found.append(Token(_PLAIN[group], match[group], match.span(group)))
        else:
            found.append(_token(match, group))
    found.append(Token(Sort.END, "", (end, end)))
    return _with_spaced_names(found)


def _token(match: re.Match[str], group: str) -> Token:
    raw, span = match.group(group), match.span(group)
    sort = _SORTS[group]
    if sort is Sort.NAME:
        return Token(sort, normalize("NFC", raw), span)
    if sort is Sort.QUOTED:
        return Token(sort, normalize("NFC", raw[1:-1]), span)
    opening = _OPENING[sort]
    return Token(sort, unescape(raw[opening:-1], span[0] + opening), span)


_PLAIN = {"ascii": Sort.NAME, "sign": Sort.SIGN, "number": Sort.NUMBER}
"""What stands in the text as it is meant: nothing to unescape or to normalise."""
_SORTS = {sort.name.lower(): sort for sort in Sort}
_OPENING = {Sort.TEXT: 1, Sort.AT: 2}


def _stray(text: str, position: int) -> FeelError:
    character = text[position]
    if character in "“‘＂":
        return _curly_text(text, position)
    if character in _ASCII or east_asian_width(character) == "F":
        plain = _ASCII.get(character) or normalize("NFKC", character)
        return _full_width(character, plain, position)
    if character == '"' or text.startswith('@"', position):
        message = Message("文字没有结束：缺少右引号")
        return FeelError("feel.open_text", message, (position, len(text)))
    return _unknown_sign(text, position)


def _unknown_sign(text: str, position: int) -> FeelError:
    character, span = text[position], (position, position + 1)
    if text.startswith("/*", position):
        return FeelError("feel.open_comment", Message("注释没有结束：缺少 */"), span)
    plain = _SLIPS.get(character)
    if plain is None:
        return FeelError("feel.stray", Message("这里不能用 {found}", found=repr(character)), span)
    message = Message("不认识“{found}”，是否想写 {plain}？", found=character, plain=plain)
    return FeelError("feel.stray", message, span, plain)


def _full_width(found: str, plain: str, position: int) -> FeelError:
    message = Message("文字之外请用半角符号：把 {found} 改为 {plain}", found=found, plain=plain)
    return FeelError("feel.full_width", message, (position, position + len(found)), plain)


def _curly_text(text: str, position: int) -> FeelError:
    end = next((i for i in range(position + 1, len(text)) if text[i] in "”’＂“"), None)
    if end is None:
        return _full_width(text[position], '"', position)
    found, plain = text[position : end + 1], f'"{text[position + 1 : end]}"'
    message = Message("文字要用半角引号：把 {found} 改为 {plain}", found=found, plain=plain)
    return FeelError("feel.full_width", message, (position, end + 1), plain)


def _with_spaced_names(found: list[Token]) -> list[Token]:
    if SPACED_FIRST.isdisjoint([token.text for token in found]):
        return found
    result: list[Token] = []
    position = 0
    while position < len(found):
        length = _spaced_name_length(found, position)
        first, last = found[position], found[position + length - 1]
        if length > 1:
            name = " ".join(token.text for token in found[position : position + length])
            first = Token(Sort.NAME, name, (first.span[0], last.span[1]))
        result.append(first)
        position += length
    return result


def _spaced_name_length(found: list[Token], position: int) -> int:
    if found[position].text not in SPACED_FIRST:
        return 1
    longest = min(LONGEST_NAME, len(found) - position - 1)
    for length in range(longest, 1, -1):
        words = found[position : position + length]
        if any(token.sort is not Sort.NAME for token in words):
            continue
        name = " ".join(token.text for token in words)
        if name in SPACED_BUILTINS and found[position + length].text == "(":
            return length
    return 1
