"""What can be picked of a list at once, beyond the page that shows?"""

from __future__ import annotations

from dataclasses import dataclass

from runtime.limits import SWEPT_AT_ONCE
from runtime.store.query import Page
from runtime.web.lists.state import ListState

ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Everything:
    """What is picked at once from a list that has more than a page."""

    count: int
    whole: bool
    """False where the list has more than may be picked."""
    query: str
    """What a sheet is asked with."""


def everything_of(page: Page, state: ListState) -> Everything | None:
    """Return what can be picked beyond the page; None if the page is all there is."""
    if page.next is None and page.previous is None:
        return None
    count, whole = counted(page)
    return Everything(count=count, whole=whole, query=query_of(state)[1:])


def counted(page: Page) -> tuple[int, bool]:
    """Return how many records can be picked, and whether those are all that there are."""
    total = page.total if page.total is not None and page.total_is_exact else SWEPT_AT_ONCE + 1
    return min(total, SWEPT_AT_ONCE), total <= SWEPT_AT_ONCE


def query_of(state: ListState) -> str:
    """Return what asks for everything that a list finds."""
    return f"{state.query()}&{ALL}=1"
