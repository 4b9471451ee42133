"""Which Python pattern means the same as a pattern of the language, which is XPath's?"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE}
_BLOCKS = {
    "BasicLatin": r"\x00-\x7f",
    "Latin-1Supplement": r"\x80-\xff",
    "LatinExtended-A": r"\u0100-\u017f",
    "LatinExtended-B": r"\u0180-\u024f",
    "Greek": r"\u0370-\u03ff",
    "GreekandCoptic": r"\u0370-\u03ff",
    "Cyrillic": r"\u0400-\u04ff",
    "GeneralPunctuation": r"\u2000-\u206f",
    "CJKSymbolsandPunctuation": r"\u3000-\u303f",
    "Hiragana": r"\u3040-\u309f",
    "Katakana": r"\u30a0-\u30ff",
    "HangulSyllables": r"\uac00-\ud7af",
    "CJKUnifiedIdeographs": r"\u4e00-\u9fff",
    "HalfwidthandFullwidthForms": r"\uff00-\uffef",
}
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfon]?")
_NAME_FIRST, _NAME = r"A-Za-z_:\u00c0-\uffff", r"-.\w:\u00b7"
_NAMES = {"i": _NAME_FIRST, "I": "^" + _NAME_FIRST, "c": _NAME, "C": "^" + _NAME}
_MAX_PATTERN = 1_000


class _Unreadable(Exception):
    """The pattern is not one of the language."""


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    """Return a pattern ready for use, or None if it or its flags mean nothing."""
    if set(flags) - set("smixq") or len(pattern) > _MAX_PATTERN:
        return None
    options = 0
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    try:
        source = re.escape(pattern) if "q" in flags else _Translation(pattern, flags).run()
        return re.compile(source, options)
    except (_Unreadable, re.error, RecursionError, OverflowError):
        return None


def template(replacement: str, groups: int, literal: bool) -> list[str | int] | None:
    """Return a replacement as texts and group numbers, or None if it can't be read."""
    if literal:
        return [replacement]
    parts: list[str | int] = []
    position = 0
    while position < len(replacement):
        character = replacement[position]
        following = replacement[position + 1 : position + 2]
        if character == "\\" and following in ("\\", "$") and following:
            parts.append(following)
            position += 2
        elif character == "$" and following.isdigit():
            position = _group(replacement, position + 1, groups, parts)
        elif character in "\\$":
            return None
        else:
            parts.append(character)
            position += 1
    return parts


def _group(replacement: str, start: int, groups: int, parts: list[str | int]) -> int:
    # As many digits as still name a group; one that does not exist stands for nothing.
    end = start + 1
    while replacement[end : end + 1].isdigit() and int(replacement[start : end + 1]) <= groups:
        end += 1
    number = int(replacement[start:end])
    if number <= groups:
        parts.append(number)
    return end


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = _without_spaces(pattern) if "x" in flags else pattern
        self.dot_all, self.multiline = "s" in flags, "m" in flags
        self.position = 0
        self.opened = 0
        self.closed: set[int] = set()
        self.open: list[int] = []
        self._special: dict[str, Callable[[], str]] = {
            "\\": self._escape, "[": self._class, "(": self._open, ")": self._close,
            ".": self._dot, "^": self._start, "$": self._end, "{": self._repeat, "]": self._stray,
            "}": self._stray,
        }  # fmt: skip

    def run(self) -> str:
        out = []
        while self.position < len(self.pattern):
            out.append(self._piece())
        if self.open:
            raise _Unreadable
        return "".join(out)

    def _take(self) -> str:
        if self.position >= len(self.pattern):
            raise _Unreadable
        self.position += 1
        return self.pattern[self.position - 1]

    def _piece(self) -> str:
        character = self._take()
        special = self._special.get(character)
        return special() if special is not None else character

    def _dot(self) -> str:
        # Python's dot only stops at \n, XPath's at \r too.
        return "." if self.dot_all else r"(?:(?!\r).)"

    def _start(self) -> str:
        # With m, no line starts behind a last \n.
        return r"(?:\A|(?<=\n)(?!\Z))" if self.multiline else "^"

    def _end(self) -> str:
        # Without m, Python's $ also matches before a last \n.
        return "$" if self.multiline else r"\Z"

    def _stray(self) -> str:
        raise _Unreadable

    def _repeat(self) -> str:
        found = re.compile(r"[0-9]+(,[0-9]*)?\}").match(self.pattern, self.position)
        if found is None:
            raise _Unreadable
        self.position = found.end()
        return "{" + found.group()

    def _open(self) -> str:
        if self.pattern.startswith("?:", self.position):
            self.position += 2
            self.open.append(0)
            return "(?:"
        if self.pattern.startswith("?", self.position):
            raise _Unreadable
        self.opened += 1
        self.open.append(self.opened)
        return "("

    def _close(self) -> str:
        if not self.open:
            raise _Unreadable
        self.closed.add(self.open.pop())
        return ")"

    def _escape(self) -> str:
        character = self._take()
        if character in "123456789":
            return self._back_reference(character)
        return self._set(character) or self._literal(character)

    def _set(self, character: str) -> str | None:
        if character in "dDwWsS":
            return "\\" + character
        if character in "pP":
            return self._property()
        members = _NAMES.get(character)
        return None if members is None else f"[{members}]"

    def _back_reference(self, digits: str) -> str:
        while (following := self.pattern[self.position : self.position + 1]).isdigit():
            if int(digits + following) not in self.closed:
                break
            digits += self._take()
        if int(digits) not in self.closed:
            raise _Unreadable
        return f"(?:\\{digits})"

    def _literal(self, character: str) -> str:
        if character in "nrt":
            return "\\" + character
        if character in "\\|.-^?*+{}()[]$ ":
            return re.escape(character)
        raise _Unreadable

    def _property(self) -> str:
        # The flag i leaves properties alone: `\p{Lu}` never matches a small letter.
        found = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.pattern, self.position)
        if found is None:
            raise _Unreadable
        negated = "^" if self.pattern[self.position - 1] == "P" else ""
        self.position = found.end()
        name = found[1]
        if name.startswith("Is"):
            members = _BLOCKS.get(name[2:])
        else:
            members = _members_of(name) if _CATEGORY.fullmatch(name) else None
        if members is None:
            raise _Unreadable
        return f"(?-i:[{negated}{members}])"

    def _class(self) -> str:
        negated = self.pattern.startswith("^", self.position)
        self.position += negated
        members: list[str] = []
        sets: list[str] = []
        without = ""
        while (character := self._take()) != "]":
            if character == "[":
                raise _Unreadable
            if character == "-" and self.pattern.startswith("[", self.position):
                without = self._subtracted()
                break
            self._member(character, members, sets)
        if not members and not sets:
            raise _Unreadable
        return _class_source(members, sets, negated, without)

    def _subtracted(self) -> str:
        self.position += 1
        without = self._class()
        if self._take() != "]":
            raise _Unreadable
        return without

    def _member(self, character: str, members: list[str], sets: list[str]) -> None:
        if character != "\\":
            # Python warns of two hyphens in a row.
            plain = character == "-" and members[-1:] != ["-"]
            members.append(character if plain else re.escape(character))
            return
        escaped = self._take()
        found = self._set(escaped)
        if found is None:
            members.append(self._literal(escaped))
        else:
            sets.append(found)


def _class_source(members: list[str], sets: list[str], negated: bool, without: str) -> str:
    kinds = ([f"[{''.join(members)}]"] if members else []) + sets
    source = kinds[0] if len(kinds) == 1 else f"(?:{'|'.join(kinds)})"
    if negated:
        source = f"(?:(?!{source})(?s:.))"
    return f"(?:(?!{without}){source})" if without else source


@lru_cache(maxsize=64)
def _members_of(category: str) -> str:
    """Return the characters of a Unicode category as the inside of a class."""
    spans: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if not unicodedata.category(chr(code)).startswith(category):
            continue
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


_SPACED_ESCAPE = re.compile(r"\\\s*(?:[pP]\s*\{[^}]*\}|(?s:.))")


def _without_spaces(pattern: str) -> str:
    # White space means nothing with the flag x, except in a class in brackets.
    out, inside, position = [], 0, 0
    while position < len(pattern):
        escape = _SPACED_ESCAPE.match(pattern, position)
        if escape is not None:
            out.append(re.sub(r"\s", "", escape.group()))
            position = escape.end()
            continue
        character = pattern[position]
        inside += (character == "[") - (character == "]")
        if inside or not character.isspace():
            out.append(character)
        position += 1
    return "".join(out)
