"""Which JavaScript pattern means the same as a pattern of the language, if one does?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.expressions.builtins.linear_patterns import Backtracking, LinearTranslation
from engine.expressions.builtins.patterns import compiled
from engine.expressions.builtins.xpath_patterns import Translation
from engine.expressions.tree import Call, Node, Null, Str

PATTERN_FUNCTIONS = frozenset({"matches", "replace", "split"})


@dataclass(frozen=True, slots=True)
class BrowserPattern:
    """The source and the flags of a RegExp; `literal` if its replacement has no groups either."""

    source: str
    flags: str
    literal: bool = False


UNREADABLE = BrowserPattern("", "")
"""Not a pattern at all: the function gives null, on the server too."""


def browser_pattern(call: Call) -> BrowserPattern | None:
    """Return the pattern that a call uses, or None if the browser can't know or match it."""
    pattern = call.arguments[1]
    flags = call.arguments[2 if call.function == "matches" else 3 :]
    if not isinstance(pattern, Str) or not isinstance(next(iter(flags), Null()), Str | Null):
        return None
    options = "".join(flag.value for flag in flags if isinstance(flag, Str))
    if compiled(pattern.value, options) is None:
        return UNREADABLE
    try:
        return _translated(call.function, pattern.value, options)
    except Backtracking:
        return None


def is_written(node: Node) -> bool:
    """Whether a pattern or its flags stand in the expression itself."""
    return isinstance(node, Str | Null)


def _translated(function: str, pattern: str, options: str) -> BrowserPattern:
    flags = "giu" if "i" in options else "gu"
    if "q" in options:
        return BrowserPattern("".join(map(_escaped, pattern)), flags, literal=True)
    translation = BrowserTranslation(pattern, options)
    source = translation.run()
    if function == "replace" and translation.repeats_groups:
        # JavaScript forgets what a group held when its repetition goes on; the server does not.
        raise Backtracking
    return BrowserPattern(source, flags)


def _escaped(character: str) -> str:
    return character if character.isalnum() else f"\\u{{{ord(character):x}}}"


class BrowserTranslation(LinearTranslation):
    """A pattern on its way into JavaScript's syntax with the flag u.

    Raises Backtracking where JavaScript, or an old one, does not mean the same.
    """

    any_character = "[^]"
    # In a group of its own, since JavaScript repeats no assertion.
    text_end = "(?:$)"
    sets: Mapping[str, str] = LinearTranslation.sets

    def __init__(self, pattern: str, flags: str) -> None:
        super().__init__(pattern, flags)
        self.repeats_groups = False
        self._any_case = "i" in flags
        self._opened_before: list[int] = []

    def block(self, name: str) -> str:
        return Translation.block(self, name)

    def start(self) -> str:
        super().start()
        return "(?:^)"

    def _end(self) -> str:
        return r"(?:(?=\n|$))" if self.multiline else self.text_end

    def _open(self) -> str:
        self._opened_before.append(self.opened)
        return super()._open()

    def _close(self) -> str:
        closed = super()._close()
        captures = self.opened > self._opened_before.pop()
        repeated = self.pattern[self.position : self.position + 1] in ("*", "+", "{")
        self.repeats_groups |= captures and repeated
        return closed

    def _literal(self, character: str) -> str:
        plain = super()._literal(character)
        return plain if character in "nrt" else _escaped(character)

    def _property(self) -> str:
        if self._any_case:
            # With the flag i, JavaScript finds small letters by \p{Lu} too.
            raise Backtracking
        return super()._property().removeprefix("(?-i:").removesuffix(")")

    def _member(self, character: str, members: list[str], sets: list[str]) -> None:
        if character == "\\":
            super()._member(character, members, sets)
        else:
            plain = character == "-" and members[-1:] != ["-"]
            members.append(character if plain else _escaped(character))

    def class_source(self, members: list[str], sets: list[str], negated: bool, without: str) -> str:
        kinds = ([f"[{''.join(members)}]"] if members else []) + sets
        if not sets:
            source = f"[{'^' if negated else ''}{''.join(members)}]"
        else:
            source = f"(?:{'|'.join(kinds)})"
            source = f"(?:(?!{source})[^])" if negated else source
        return f"(?:(?!{without}){source})" if without else source
