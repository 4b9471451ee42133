"""How does something that belongs to a form stand in the frame, and how is it drawn anew?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.flows.edits import Target
from designer.flows.values import Scene, Values
from designer.frame import in_frame
from designer.views import Draw, Parts, Seen
from engine.app import App
from runtime.services import Services
from runtime.web.answers import not_found
from runtime.web.showing import show
from runtime.web.visit import Visit

T = TypeVar("T")


def scene_at(services: Services, visit: Visit, app: str, form: str) -> Scene:
    """Return what is needed to draw what belongs to a form. Raises NotFound."""
    draft = open_draft(services, app)
    if form not in draft.app.forms:
        not_found()
    return Scene(services, draft, visit.locale)


def page_of(
    scene: Scene, visit: Visit, form: str, what: tuple[str, str, str], values: Values
) -> ResponseReturnValue:
    """Answer with a page beneath a tab of a form. `what`: the tab, the kind of view, its
    subject."""
    tab, kind, subject = what
    more = {name: value for name, value in values.items() if name != "app"}
    return in_frame(
        scene.services,
        visit,
        scene.draft,
        f"design/{kind}.html",
        view=f"{kind}:{subject}",
        tab=tab,
        form=scene.draft.app.forms[form],
        chosen=scene.chosen,
        **more,
    )


def list_page(
    scene: Scene, visit: Visit, form: str, tab: str, values: Callable[[Scene, str], Values]
) -> ResponseReturnValue:
    """Answer with what stands behind a tab of a form at first."""
    return page_of(scene, visit, form, (tab, tab, form), values(scene, form))


def draws_list(template: str, values: Callable[[Scene, str], Values]) -> Draw:
    """Return what draws the first page of a tab anew after an edit."""

    def drawn(seen: Seen, touched: tuple[Target, ...]) -> Parts:
        if seen.subject not in seen.draft.app.forms:
            return {}
        return _part(seen, template, values(_scene(seen), seen.subject))

    return drawn


def draws_one(
    template: str, find: Callable[[App, str], T | None], values: Callable[[Scene, T], Values]
) -> Draw:
    """Return what draws one thing anew after an edit, or says that it is not there any more, as
    after undoing its making."""

    def drawn(seen: Seen, touched: tuple[Target, ...]) -> Parts:
        found = find(seen.draft.app, seen.subject)
        if found is None:
            return {"flow": show(seen.services, seen.visit, "design/flow_gone.html", nav=None)}
        return _part(seen, template, values(_scene(seen), found))

    return drawn


def _scene(seen: Seen) -> Scene:
    return Scene(seen.services, seen.draft, seen.visit.locale, seen.chosen)


def _part(seen: Seen, template: str, values: Values) -> Parts:
    said = {"app": seen.draft.app.id, **values}
    return {"flow": show(seen.services, seen.visit, template, nav=None, **said)}
