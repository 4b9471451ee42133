"""Where are the stages, the approvals and the rules of a form designed?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.flows.edits import Target
from designer.flows.framing import draws_list, draws_one, list_page, page_of, scene_at
from designer.flows.lately import Lately, lately
from designer.flows.stage_view import stages_at
from designer.flows.values import (
    Scene,
    approval_list_values,
    rule_list_values,
    rule_url,
    rule_values,
    stage_values,
    workflow_values,
)
from designer.views import VIEWS
from engine.wording import words
from runtime.services import Services
from runtime.web.answers import not_found, part
from runtime.web.guard import designer
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit

MOST_SHOWN = 20


def pages(services: Services) -> Blueprint:
    """Return the pages on which what happens to records is designed."""
    VIEWS.update(
        stages=draws_list("design/stages_part.html", stage_values),
        approvals=draws_list("design/approvals_part.html", approval_list_values),
        rules=draws_list("design/rules_part.html", rule_list_values),
        workflow=draws_one(
            "design/workflow_part.html", lambda app, id_: app.workflows.get(id_), workflow_values
        ),
        rule=draws_one("design/rule_part.html", lambda app, id_: app.rules.get(id_), rule_values),
    )
    blueprint = Blueprint("flows", __name__, url_prefix="/design", template_folder="../templates")
    _add_tabs(blueprint, services)
    _add_rules(blueprint, services)

    @blueprint.get("/<app>/workflows/<workflow>")
    @designer
    def show_workflow(visit: Visit, app: str, workflow: str) -> ResponseReturnValue:
        draft = open_draft(services, app)
        found = draft.app.workflows.get(workflow) or not_found()
        scene = Scene(services, draft, visit.locale, (f"workflows/{workflow}.yaml",))
        values = {
            **workflow_values(scene, found),
            "list_url": url_for("flows.show_approvals", app=app, form=found.form),
            "list_label": sayer(visit.locale)("所有审批"),
        }
        return page_of(scene, visit, found.form, ("approvals", "workflow", workflow), values)

    return blueprint


def _add_tabs(blueprint: Blueprint, services: Services) -> None:
    """Add what stands behind the tabs of a form."""

    @blueprint.get("/<app>/<form>/stages")
    @designer
    def show_stages(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        scene = scene_at(services, visit, app, form)
        scene = replace(scene, chosen=_first_stage(scene, form))
        return list_page(scene, visit, form, "stages", stage_values)

    @blueprint.get("/<app>/<form>/approvals")
    @designer
    def show_approvals(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        scene = scene_at(services, visit, app, form)
        return list_page(scene, visit, form, "approvals", approval_list_values)

    @blueprint.get("/<app>/<form>/rules")
    @designer
    def show_rules(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        scene = scene_at(services, visit, app, form)
        return list_page(scene, visit, form, "rules", rule_list_values)


def _add_rules(blueprint: Blueprint, services: Services) -> None:
    """Add the page of a rule, and what it would have done lately."""

    @blueprint.get("/<app>/rules/<rule>")
    @designer
    def show_rule(visit: Visit, app: str, rule: str) -> ResponseReturnValue:
        draft = open_draft(services, app)
        found = draft.app.rules.get(rule) or not_found()
        scene = Scene(services, draft, visit.locale, (f"rules/{rule}.yaml",))
        values = {
            **rule_values(scene, found),
            "list_url": url_for("flows.show_rules", app=app, form=found.form),
            "list_label": sayer(visit.locale)("所有规则"),
            "test_url": f"{rule_url(app, rule)}/lately",
        }
        return page_of(scene, visit, found.form, ("rules", "rule", rule), values)

    @blueprint.get("/<app>/rules/<rule>/lately")
    @designer
    def test_rule(visit: Visit, app: str, rule: str) -> ResponseReturnValue:
        draft = open_draft(services, app)
        found = draft.app.rules.get(rule) or not_found()
        values = _tried(services, visit, lately(services, found))
        return part(show(services, visit, "design/rule_test.html", nav=None, **values))


def _first_stage(scene: Scene, form: str) -> Target:
    """Return what the properties are shown of at first: a stage, or the form without any."""
    pipelines = scene.draft.app.forms[form].pipelines
    if not pipelines:
        return (f"forms/{form}.yaml",)
    into = stages_at(scene.speech(form), pipelines[0])
    return (*into, pipelines[0].stages[0].id)


def _tried(services: Services, visit: Visit, tried: Lately) -> dict[str, Any]:
    if tried.error is not None:
        say = sayer(visit.locale)
        return {"error": say(tried.error.text, **tried.error.args)}
    found = tried.found
    assert found is not None
    rule = found.rule
    return {
        "error": "",
        "tried": found,
        "days": tried.days,
        "hits": [
            (
                f"{services.local(hit.at):%Y-%m-%d %H:%M}",
                words(hit.title, visit.locale),
                f"/a/{rule.app}/{rule.form}/{hit.record}",
            )
            for hit in found.hits[:MOST_SHOWN]
        ],
        "more": len(found.hits) - MOST_SHOWN,
    }
