"""Why is a package refused?"""

from __future__ import annotations

from engine.wording import Message


class BrokenPackage(Exception):
    """A package that is not taken: a code for programs and the words for people."""

    def __init__(self, code: str, message: Message) -> None:
        self.code = code
        self.message = message
        super().__init__(f"{message.fill()} [{code}]")
