"""Which JavaScript pattern means the same as a pattern of the language, if one does?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.expressions.builtins.linear_patterns import Backtracking, LinearTranslation
from engine.expressions.builtins.patterns import compiled
from engine.expressions.builtins.xpath_patterns import Translation, template
from engine.expressions.tree import Call, Node, Null, Str

PATTERN_FUNCTIONS = frozenset({"matches", "replace", "split"})


@dataclass(frozen=True, slots=True)
class BrowserPattern:
    """The source and the flags of a RegExp, and a replacement's texts and numbers of groups."""

    source: str
    flags: str
    replacement: tuple[str | int, ...] = ()


UNREADABLE = BrowserPattern("", "")
"""Not a pattern or no replacement at all: the function gives null, on the server too."""


def browser_pattern(call: Call) -> BrowserPattern | None:
    """Return the pattern that a call uses, or None if the browser can't know or match it."""
    written = call.arguments[1:]
    if not all(map(is_written, written)):
        return None
    pattern, *others = (part.value if isinstance(part, Str) else None for part in written)
    replacement = others.pop(0) if call.function == "replace" else ""
    flags = (others[0] if others else None) or ""
    if pattern is None or replacement is None:
        return UNREADABLE
    parts = _parts(call.function, pattern, flags, replacement)
    if parts is None:
        return UNREADABLE
    try:
        source = _source(call.function, pattern, flags)
    except Backtracking:
        return None
    return BrowserPattern(source, "giu" if "i" in flags else "gu", parts)


def _parts(
    function: str, pattern: str, flags: str, replacement: str
) -> tuple[str | int, ...] | None:
    """Return the replacement, nothing if there is none, or None if all gives null."""
    found = compiled(pattern, flags)
    if found is None:
        return None
    if function != "replace":
        return ()
    parts = template(replacement, found.groups, literal="q" in flags)
    return None if parts is None or found.match("") else tuple(parts)


def is_written(node: Node) -> bool:
    """Whether a pattern, a replacement or the flags stand in the expression itself."""
    return isinstance(node, Str | Null)


def _source(function: str, pattern: str, flags: str) -> str:
    if "q" in flags:
        return "".join(map(_escaped, pattern))
    translation = BrowserTranslation(pattern, flags)
    source = translation.run()
    if function == "replace" and translation.repeats_groups:
        # JavaScript forgets what a group held when its repetition goes on; the server does not.
        raise Backtracking
    return source


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
