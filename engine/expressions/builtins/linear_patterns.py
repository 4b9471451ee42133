"""Which pattern in RE2's syntax, which takes linear time, means the same as one of XPath?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from engine.expressions.builtins.xpath_patterns import CATEGORY, Translation, Unreadable

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


class Backtracking(Exception):
    """The pattern needs a matcher that goes back and tries again."""


class LinearTranslation(Translation):
    """A pattern on its way into RE2's syntax; raises Backtracking where RE2 has no such thing."""

    text_end = r"\z"
    sets: Mapping[str, str] = {
        "d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"[\p{L}\p{N}_]", "W": r"[^\p{L}\p{N}_]",
        "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]", "i": r"[\p{L}_:]", "I": r"[^\p{L}_:]",
        "c": r"[-.\p{L}\p{N}_:]", "C": r"[^-.\p{L}\p{N}_:]",
    }  # fmt: skip

    def block(self, name: str) -> str:
        return _ESCAPED.sub(r"\\x{\1}", super().block(name))

    def category(self, name: str) -> str:
        if not CATEGORY.fullmatch(name):
            raise Unreadable
        return f"\\p{{{name}}}"

    def start(self) -> str:
        if self.multiline:
            _give_up()
        return super().start()

    def back_reference(self, digits: str) -> str:
        super().back_reference(digits)
        _give_up()

    def class_source(self, members: list[str], sets: list[str], negated: bool, without: str) -> str:
        if without or (negated and sets):
            _give_up()
        return super().class_source(members, sets, negated, without)


def _give_up() -> NoReturn:
    raise Backtracking
