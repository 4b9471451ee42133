"""Which parts of a designer's page change with an edit, and who draws them?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from designer.drafts.state import DraftState, mark_values
from designer.forms.parts import form_changes
from engine.editing.draft import Draft
from engine.editing.edits import Target
from runtime.services import Services
from runtime.web.showing import show
from runtime.web.visit import Visit


@dataclass(frozen=True)
class Seen:
    """What somebody has before them in the designer."""

    services: Services
    visit: Visit
    draft: Draft
    state: DraftState
    view: str
    """The kind of view and what it is of, as `form:ticket`."""
    chosen: Target | None = None
    """What the properties are shown of."""

    @property
    def kind(self) -> str:
        """The kind of the view."""
        return self.view.partition(":")[0]

    @property
    def subject(self) -> str:
        """What the view is of: the id of a form, a workflow, a rule."""
        return self.view.partition(":")[2]


Parts = Mapping[str, str | None]
"""HTML by the id of the element that it takes the place of; None for an element that goes."""

Draw = Callable[[Seen, tuple[Target, ...]], Parts]
"""Returns the parts that changed with the targets that were touched; no target stands for all."""


def _head(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    values = mark_values(seen.state)
    html = show(
        seen.services, seen.visit, "design/draft_mark.html", app=seen.draft.app.id, nav=None,
        **values,
    )  # fmt: skip
    return {"draft-mark": html}


EVERYWHERE: list[Draw] = [_head]
"""What stands on every page of the designer."""

VIEWS: dict[str, Draw] = {
    "form": form_changes,
}
"""By the kind of view, what draws its own parts."""


def parts_of(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return every part of a view that changed with the targets that were touched."""
    own = VIEWS.get(seen.kind)
    drawn = [*EVERYWHERE, *([own] if own else [])]
    return {id_: html for draw in drawn for id_, html in draw(seen, touched).items()}
