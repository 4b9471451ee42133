"""What can be done with the file that is chosen, as a whole?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.editing.edits import Target
from engine.loading.folder import kind_of

PAGES: Mapping[str, str] = {
    "form": "",
    "rule": "rules/",
    "workflow": "workflows/",
    "decision": "decisions/",
    "document": "documents/",
}
"""Where kinds of files have pages of their own."""
SINGLE = frozenset({"data", "locale"})
"""What there is one of, for each form or language."""


@dataclass(frozen=True)
class Whole:
    """A file, or a scenario in one."""

    copies: bool
    page: str | None
    """Where its like are shown beneath the address of the app; None on no page of their own."""


def whole_of(target: Target) -> Whole | None:
    """Return what can be done with what is chosen; None if it is not a whole file."""
    kind = kind_of(str(target[0])) or "app"
    size = 2 if kind == "scenario" else 1
    if kind == "app" or len(target) != size:
        return None
    return Whole(kind not in SINGLE, PAGES.get(kind))
