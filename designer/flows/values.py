"""What do the pages of stages, approvals and rules hold, and the parts that an edit changes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import url_for

from designer.flows.beginnings import new_decision, new_rule, new_workflow
from designer.flows.edits import Target, put, together, written
from designer.flows.kinds import KINDS, offers
from designer.flows.rule_kinds import action_offers, trigger_offers
from designer.flows.rule_view import file_of, rules_of, sentence_of
from designer.flows.stage_edits import first_stages
from designer.flows.stage_view import paths_of, turnings_of
from designer.flows.start_words import start_lines
from designer.flows.tree import Drawing
from designer.flows.troubles import names_of, troubles_of
from designer.speech import Speech
from engine.app import Rule, Workflow
from engine.editing.draft import Draft
from runtime.services import Services

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """Somebody's look at the draft of an app."""

    services: Services
    draft: Draft
    locale: str
    chosen: Target | None = None

    def speech(self, form: str) -> Speech:
        """Return how the things of a form are spoken of."""
        app = self.draft.app
        apps = {**self.services.apps, app.id: app}
        return Speech(apps, app.forms[form], self.locale)

    @property
    def mark(self) -> str:
        """The chosen target as pages hold it."""
        return written(self.chosen) if self.chosen else ""


def rule_url(app: str, rule: str) -> str:
    """Return where a rule is designed; `rule` is a word of the router's own."""
    return f"/design/{app}/rules/{rule}"


def stage_values(scene: Scene, form: str) -> Values:
    """Return what the page of a form's stages shows."""
    speech = scene.speech(form)
    return {
        "paths": paths_of(speech),
        "turnings": turnings_of(speech),
        "first_stages": first_stages(speech),
        "chosen_target": scene.mark,
    }


def workflow_values(scene: Scene, workflow: Workflow) -> Values:
    """Return what the page of an approval shows."""
    speech = scene.speech(workflow.form)
    drawing = Drawing(
        speech=speech,
        workflow=workflow,
        names=names_of(scene.services, workflow),
        troubles=troubles_of(scene.services, speech, workflow),
        chosen=scene.mark,
    )
    return {
        "tree": drawing.tree(),
        "offers": list(offers(speech, workflow)),
        "branch_word": speech.fill(KINDS["branch"].title),
        "own_label": speech.words(workflow.definition.label),
        "whole_target": written((f"workflows/{workflow.id}.yaml",)),
    }


def rule_values(scene: Scene, rule: Rule) -> Values:
    """Return what the page of a rule shows."""
    speech = scene.speech(rule.form)
    file = file_of(rule.id)
    triggers = [
        SimpleNamespace(
            title=one.title, about=one.about, icon=one.icon, tone="blue",
            edits=together(put((file, "on"), one.value)), then="",
        )
        for one in trigger_offers(speech)
    ]  # fmt: skip
    actions = [
        SimpleNamespace(
            title=one.title, about=one.about, icon=one.icon, tone="green",
            edits=together({"op": "add", "target": [file, "do"], "value": one.value}), then="",
        )
        for one in action_offers(speech)
    ]  # fmt: skip
    return {
        "rule": sentence_of(speech, rule, scene.mark),
        "triggers": triggers,
        "actions": actions,
        "if_target": written((file, "if") if rule.condition else (file,)),
    }


def rule_list_values(scene: Scene, form: str) -> Values:
    """Return what the list of a form's rules and decision tables shows."""
    speech, app = scene.speech(form), scene.draft.app
    rule, new_one = new_rule(speech)
    table, new_other = new_decision(speech)
    return {
        "app": app.id,
        "rules": [(one, rule_url(app.id, one.id)) for one in rules_of(speech)],
        "tables": [one for one in app.decisions.values() if one.form == form],
        "new_rule": new_one,
        "new_rule_url": rule_url(app.id, rule),
        "new_table": new_other,
        "routing_url": url_for("routing.show_routing", app=app.id, form=form)
        if scene.services.form(app.id, form)
        else "",
        "new_table_url": url_for("decisions.show_decision", app=app.id, decision=table),
    }


def approval_list_values(scene: Scene, form: str) -> Values:
    """Return what the list of a form's approvals shows."""
    speech, app = scene.speech(form), scene.draft.app
    id_, new_one = new_workflow(speech)
    found = [one for one in app.workflows.values() if one.form == form]
    return {
        "app": app.id,
        "workflows": [_brief(scene, speech, one) for one in found],
        "new_workflow": new_one,
        "new_workflow_url": url_for("flows.show_workflow", app=app.id, workflow=id_),
    }


def _brief(scene: Scene, speech: Speech, workflow: Workflow) -> SimpleNamespace:
    troubles = troubles_of(scene.services, speech, workflow)
    return SimpleNamespace(
        id=workflow.id,
        label=speech.words(workflow.definition.label),
        steps=[speech.words(step.label) for step in workflow.definition.steps],
        start=list(start_lines(speech, workflow)),
        troubles=sum(map(len, troubles.values())),
        target=written((f"workflows/{workflow.id}.yaml",)),
    )
