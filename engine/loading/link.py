"""Does every name lead somewhere, and what does the app become then?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.app import App, Form, Workflow
from engine.loading.build import Built
from engine.loading.choosing import with_choices
from engine.loading.compiling import form_logic
from engine.loading.link_access import access_problems
from engine.loading.link_app import app_problems
from engine.loading.link_conversions import conversion_problems
from engine.loading.link_data import Rows, data_problems, rows_by_form
from engine.loading.link_decisions import decisions_of
from engine.loading.link_form import form_problems
from engine.loading.link_pages import page_problems
from engine.loading.link_pools import decision_problems, pool_problems, rule_problems
from engine.loading.link_rules import rules_of, with_rules
from engine.loading.link_scenarios import scenario_problems
from engine.loading.link_stages import approval_problems, stage_problems
from engine.loading.link_where import where_problems
from engine.loading.link_workflows import workflow_problems
from engine.loading.outline import Outline, Outlines, outlines
from engine.loading.scopes import Scopes
from engine.loading.texts import with_texts
from engine.loading.walk import things
from engine.loading.workflow_logic import workflow_logic
from engine.problems import Location, Problem


def link(built: Built) -> tuple[App, list[Problem]]:
    """Follow every name and compile every expression; the app is sound if nothing is wrong."""
    built, problems = with_texts(built)
    names = outlines(built)
    rows = rows_by_form(names, built)
    problems += _name_problems(names, built, rows)
    scopes = Scopes(names)
    forms: dict[str, Form] = {}
    for outline in names.placed():
        form, wrong = _form(names, scopes, outline)
        forms[form.id] = form
        problems += wrong
    rules, wrong = rules_of(names, scopes, built)
    problems += wrong
    decisions, wrong = decisions_of(names, scopes, built)
    problems += wrong
    problems += (
        problem for form in names.placed() for problem in decision_problems(names, form, decisions)
    )
    workflows, wrong = _workflows(built, forms)
    problems += wrong
    app = App(
        rules=rules,
        decisions=decisions,
        id=names.app.app,
        definition=names.app,
        forms=forms,
        places=_places(built),
        data={form: tuple(named.values()) for form, named in rows.items() if named},
        scenarios=tuple(part.definition for part in built.scenario),
        workflows=workflows,
    )
    problems += where_problems(names, app, sound=not problems)
    return with_rules(with_choices(app)), list(dict.fromkeys(problems))


def _name_problems(names: Outlines, built: Built, rows: Rows) -> Iterator[Problem]:
    yield from app_problems(names, built)
    for form in names.placed():
        yield from form_problems(names, form)
        yield from stage_problems(names, form)
        yield from access_problems(names, form)
        yield from page_problems(names, form)
        yield from conversion_problems(names, form)
        yield from pool_problems(names, form)
    yield from rule_problems(names, built)
    yield from workflow_problems(names, built)
    yield from approval_problems(names, built)
    yield from data_problems(names, built, rows)
    yield from scenario_problems(names, built, rows)


def _form(names: Outlines, scopes: Scopes, outline: Outline) -> tuple[Form, list[Problem]]:
    logic, problems = form_logic(names, scopes, outline)
    form = Form(
        app=names.app.app,
        id=outline.id,
        definition=outline.definition,
        fields={field.id: field for field, _ in outline.placed_fields},
        scope=scopes.of_form(outline),
        logic=logic,
        pipelines=outline.pipelines,
    )
    return form, problems


def _workflows(built: Built, forms: dict[str, Form]) -> tuple[dict[str, Workflow], list[Problem]]:
    workflows: dict[str, Workflow] = {}
    problems: list[Problem] = []
    for part in built.workflow:
        form = forms.get(part.definition.form)
        if form is not None:
            made, wrong = workflow_logic(
                form.app, part.definition, form.scope, form.fields, part.spot
            )
            workflows.setdefault(made.id, made)
            problems += wrong
    return workflows, problems


def _places(built: Built) -> dict[str, Location]:
    places: dict[str, Location] = {}
    for root, part in built.named():
        for thing in things(part.definition, root, part.spot):
            path = "/".join(thing.path)
            places.setdefault(path, thing.spot.at)
            for at, id_ in enumerate(getattr(thing.struct, "fields", ()) or ()):
                if isinstance(id_, str):
                    places.setdefault(f"{path}/fields/{id_}", (thing.spot / "fields" / at).at)
    return {**places, **_told(built)}


def _told(built: Built) -> dict[str, Location]:
    return {
        f"scenarios/{number}/steps/{at}": (part.spot / "steps" / at).at
        for number, part in enumerate(built.scenario)
        for at in range(len(part.definition.steps))
    }
