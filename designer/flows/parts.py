"""Which parts of the pages of stages, approvals and rules does an edit change?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.flows.edits import Target
from designer.flows.values import (
    Scene,
    Values,
    approval_list_values,
    rule_list_values,
    rule_values,
    stage_values,
    workflow_values,
)
from designer.views import Draw, Seen
from runtime.web.showing import show

Drawn = Mapping[str, str | None]
NOTHING: Drawn = {}


def scene_of(seen: Seen) -> Scene:
    """Return what is needed to draw what somebody has before them."""
    return Scene(seen.services, seen.draft, seen.visit.locale, seen.chosen)


def _part(seen: Seen, template: str, values: Values) -> Drawn:
    said = {"app": seen.draft.app.id, **values}
    return {"flow": show(seen.services, seen.visit, template, nav=None, **said)}


def stage_parts(seen: Seen, touched: tuple[Target, ...]) -> Drawn:
    """Return the stages of a form."""
    if seen.subject not in seen.draft.app.forms:
        return NOTHING
    return _part(seen, "design/stages_part.html", stage_values(scene_of(seen), seen.subject))


def workflow_parts(seen: Seen, touched: tuple[Target, ...]) -> Drawn:
    """Return the tree of an approval."""
    workflow = seen.draft.app.workflows.get(seen.subject)
    if workflow is None:
        return _gone(seen)
    return _part(seen, "design/workflow_part.html", workflow_values(scene_of(seen), workflow))


def rule_parts(seen: Seen, touched: tuple[Target, ...]) -> Drawn:
    """Return the sentence of a rule."""
    rule = seen.draft.app.rules.get(seen.subject)
    if rule is None:
        return _gone(seen)
    return _part(seen, "design/rule_part.html", rule_values(scene_of(seen), rule))


def _gone(seen: Seen) -> Drawn:
    """Say that what the page is about is not there any more, as after undoing its making."""
    return {"flow": show(seen.services, seen.visit, "design/flow_gone.html", nav=None)}


def _of_form(
    template: str, values: Callable[[Scene, str], Values]
) -> Callable[[Seen, tuple[Target, ...]], Drawn]:
    def drawn(seen: Seen, touched: tuple[Target, ...]) -> Drawn:
        if seen.subject not in seen.draft.app.forms:
            return NOTHING
        return _part(seen, template, values(scene_of(seen), seen.subject))

    return drawn


DRAWN: Mapping[str, Draw] = {
    "stages": stage_parts,
    "workflow": workflow_parts,
    "rule": rule_parts,
    "rules": _of_form("design/rules_part.html", rule_list_values),
    "approvals": _of_form("design/approvals_part.html", approval_list_values),
}
"""By the kind of view, what draws its parts."""
