"""Is an expression right, and if not, what is wrong where?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.expressions import Checked, FeelError, FeelErrors, Scope, Slot, check, parse
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
    """What came out: a typed tree, or what is wrong with the text."""

    checked: Checked | None = None
    complaints: tuple[Complaint, ...] = ()


def check_expression(text: str, scope: Scope, slot: Slot) -> CheckedText:
    """Read an expression as it would be read in its slot, with the names that the scope has.

    Nothing is kept of it: most of what is checked is only half written.
    """
    try:
        return CheckedText(checked=check(parse(text), scope, slot))
    except FeelError as error:
        return CheckedText(complaints=tuple(_complaints([error])))
    except FeelErrors as wrong:
        return CheckedText(complaints=tuple(_complaints(wrong.errors)))


def in_units(text: str, complaint: Complaint) -> Complaint:
    """Return a complaint with its place counted as browsers count: in UTF-16 units."""
    places = (complaint.start, complaint.end)
    start, end = (len(text[:n].encode("utf-16-le", "surrogatepass")) // 2 for n in places)
    return replace(complaint, start=start, end=end)


def _complaints(errors: Iterable[FeelError]) -> Iterable[Complaint]:
    for error in errors:
        yield Complaint(
            start=error.start,
            end=error.end,
            code=error.code,
            message=error.message,
            suggestion=error.suggestion,
        )
