"""Which Python pattern means the same as a pattern of the language, which is XPath's?"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

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
CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfon]?")
_NAME_FIRST, _NAME = r"A-Za-z_:\u00c0-\uffff", r"-.\w:\u00b7"
_NAMES = {"i": _NAME_FIRST, "I": "^" + _NAME_FIRST, "c": _NAME, "C": "^" + _NAME}


class Unreadable(Exception):
    """The pattern is not one of the language."""


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


class Translation:
    """A pattern on its way into Python's own syntax; `run` gives it."""

    any_character = "(?s:.)"
    text_end = r"\Z"
    sets: Mapping[str, str] = {
        "d": r"\d", "D": r"\D", "w": r"\w", "W": r"\W", "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]",
    }  # fmt: skip

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = _without_spaces(pattern) if "x" in flags else pattern
        self.dot_all, self.multiline = "s" in flags, "m" in flags
        self.position = 0
        self.opened = 0
        self.closed: set[int] = set()
        self.open: list[int] = []
        self._special: dict[str, Callable[[], str]] = {
            "\\": self._escape, "[": self._class, "(": self._open, ")": self._close,
            ".": self._dot, "^": self.start, "$": self._end, "{": self._repeat, "]": self._stray,
            "}": self._stray,
        }  # fmt: skip

    def run(self) -> str:
        """Return the pattern; raise Unreadable if it is none."""
        out = []
        while self.position < len(self.pattern):
            out.append(self._piece())
        if self.open:
            raise Unreadable
        return "".join(out)

    def _take(self) -> str:
        if self.position >= len(self.pattern):
            raise Unreadable
        self.position += 1
        return self.pattern[self.position - 1]

    def _piece(self) -> str:
        character = self._take()
        special = self._special.get(character)
        return special() if special is not None else character

    def _dot(self) -> str:
        # Python's dot only stops at \n, XPath's at \r too.
        return self.any_character if self.dot_all else r"[^\n\r]"

    def start(self) -> str:
        """Return the sign for the start of the text or of a line."""
        # With m, no line starts behind a last \n.
        return r"(?:\A|(?<=\n)(?!\Z))" if self.multiline else "^"

    def _end(self) -> str:
        # Without m, Python's $ also matches before a last \n.
        return "$" if self.multiline else self.text_end

    def _stray(self) -> str:
        raise Unreadable

    def _repeat(self) -> str:
        found = re.compile(r"[0-9]+(,[0-9]*)?\}").match(self.pattern, self.position)
        if found is None:
            raise Unreadable
        self.position = found.end()
        return "{" + found.group()

    def _open(self) -> str:
        if self.pattern.startswith("?:", self.position):
            self.position += 2
            self.open.append(0)
            return "(?:"
        if self.pattern.startswith("?", self.position):
            raise Unreadable
        self.opened += 1
        self.open.append(self.opened)
        return "("

    def _close(self) -> str:
        if not self.open:
            raise Unreadable
        self.closed.add(self.open.pop())
        return ")"

    def _escape(self) -> str:
        character = self._take()
        if character in "123456789":
            return self.back_reference(character)
        return self._set(character) or self._literal(character)

    def _set(self, character: str) -> str | None:
        if character in self.sets:
            return self.sets[character]
        if character in "pP":
            return self._property()
        members = _NAMES.get(character)
        return None if members is None else f"[{members}]"

    def back_reference(self, digits: str) -> str:
        """Return a reference to a group that is closed already."""
        while (following := self.pattern[self.position : self.position + 1]).isdigit():
            if int(digits + following) not in self.closed:
                break
            digits += self._take()
        if int(digits) not in self.closed:
            raise Unreadable
        return f"(?:\\{digits})"

    def _literal(self, character: str) -> str:
        if character in "nrt":
            return "\\" + character
        if character in "\\|.-^?*+{}()[]$ ":
            return re.escape(character)
        raise Unreadable

    def _property(self) -> str:
        # The flag i leaves properties alone: `\p{Lu}` never matches a small letter.
        found = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.pattern, self.position)
        if found is None:
            raise Unreadable
        negated = "^" if self.pattern[self.position - 1] == "P" else ""
        self.position = found.end()
        name = found[1]
        members = self.block(name[2:]) if name.startswith("Is") else self.category(name)
        return f"(?-i:[{negated}{members}])"

    def block(self, name: str) -> str:
        """Return the inside of a class for a block of Unicode."""
        if name not in _BLOCKS:
            raise Unreadable
        return _BLOCKS[name]

    def category(self, name: str) -> str:
        """Return the inside of a class for a category of Unicode."""
        if not CATEGORY.fullmatch(name):
            raise Unreadable
        return _members_of(name)

    def _class(self) -> str:
        negated = self.pattern.startswith("^", self.position)
        self.position += negated
        members: list[str] = []
        sets: list[str] = []
        without = ""
        while (character := self._take()) != "]":
            if character == "[":
                raise Unreadable
            if character == "-" and self.pattern.startswith("[", self.position):
                without = self._subtracted()
                break
            self._member(character, members, sets)
        if not members and not sets:
            raise Unreadable
        return self.class_source(members, sets, negated, without)

    def _subtracted(self) -> str:
        self.position += 1
        without = self._class()
        if self._take() != "]":
            raise Unreadable
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

    def class_source(self, members: list[str], sets: list[str], negated: bool, without: str) -> str:
        """Return a class in brackets: members and sets, or all but these, less a class."""
        if not sets:
            source = f"[{'^' if negated else ''}{''.join(members)}]"
        else:
            kinds = ([f"[{''.join(members)}]"] if members else []) + sets
            source = f"(?:{'|'.join(kinds)})"
            source = f"(?:(?!{source})(?s:.))" if negated else source
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
