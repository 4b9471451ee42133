"""How does the panel of what is chosen come onto the page, and stay right after each edit?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.panels.controls import Panel
from designer.panels.panel import panel_of
from engine.editing.draft import Draft
from engine.editing.edits import Target
from runtime.services import Services
from runtime.web.showing import show
from runtime.web.visit import Visit

if TYPE_CHECKING:
    from designer.views import Parts, Seen


@dataclass(frozen=True)
class Before:
    """What a page of the designer begins with."""

    services: Services
    visit: Visit
    draft: Draft
    view: str
    chosen: Target | None = None


def panel_parts(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return the panel of what is chosen, for every page of the designer that has one."""
    return {"panel": panel_html(seen)}


def panel_html(seen: Seen) -> str:
    """Return the panel of what is chosen as HTML, or of what the page is about."""
    values = {"panel": panel_at(seen), "app": seen.draft.app.id, "nav": None}
    return show(seen.services, seen.visit, "design/panel.html", **values)


def panel_at(seen: Before | Seen) -> Panel | None:
    """Return the panel of what is chosen, or of what the page is about."""
    return panel_of(seen, seen.chosen or subject_of(seen))


FILES = {
    "form": "forms", "workflow": "workflows", "rule": "rules", "decision": "decisions",
    "document": "documents", "public": "public",
}  # fmt: skip


def subject_of(seen: Before | Seen) -> Target:
    """Return the target of what a page is about: its form, its approval, else the app."""
    view, _, subject = seen.view.partition(":")
    kind = FILES.get(view)
    known = seen.draft.app
    found = {
        "forms": known.forms, "workflows": known.workflows, "rules": known.rules,
        "decisions": known.decisions, "documents": known.documents,
        "public": known.publics,
    }.get(kind or "", {})  # fmt: skip
    if kind is None or subject not in found:
        return ("app.yaml",)
    return (known.at(kind, subject).file,)
