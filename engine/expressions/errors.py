"""What is wrong with an expression, where in its text, and what would be right?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.wording import Message

Span = tuple[int, int]


class FeelError(Exception):
    """One mistake: a code, words, the characters it covers and, where known, a replacement."""

    def __init__(
        self, code: str, message: Message, span: Span, suggestion: str | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.start, self.end = span
        self.suggestion = suggestion

    def __str__(self) -> str:
        return f"{self.start}-{self.end}: {self.message} [{self.code}]"


class FeelErrors(Exception):
    """Every mistake that was found in an expression, in the order of its text."""

    def __init__(self, errors: Iterable[FeelError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.start, error.end)))
        super().__init__("; ".join(map(str, self.errors)))
