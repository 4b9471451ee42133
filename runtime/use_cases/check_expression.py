"""Is an expression right, and if not, what is wrong where?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.expressions import Compiled, FeelErrors, Scope, Slot, compile_expression
from engine.wording import Message


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One mistake: the characters that it covers, the words, and what would be right there."""

    start: int
    end: int
    code: str
    message: Message
    suggestion: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckedText:
    """What came out: an expression, or what is wrong with the text."""

    compiled: Compiled | None = None
    complaints: tuple[Complaint, ...] = ()


def check_expression(text: str, scope: Scope, slot: Slot) -> CheckedText:
    """Read an expression as it would be read in its slot, with the names that the scope has."""
    try:
        return CheckedText(compiled=compile_expression(text, scope, slot))
    except FeelErrors as wrong:
        complaints = tuple(
            Complaint(
                start=error.start,
                end=error.end,
                code=error.code,
                message=error.message,
                suggestion=error.suggestion,
            )
            for error in wrong.errors
        )
        return CheckedText(complaints=complaints)


def in_units(text: str, complaint: Complaint) -> Complaint:
    """Return a complaint with its place counted as browsers count: in UTF-16 units."""
    start, end = (len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
                  for place in (complaint.start, complaint.end))  # fmt: skip
    return replace(complaint, start=start, end=end)
