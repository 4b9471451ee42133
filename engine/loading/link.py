"""Does every name point somewhere, and what does the app become then?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from engine.app import App, Decision, Form, Logic, Workflow
from engine.definition.decision import DecisionDef
from engine.definition.form import FormDef
from engine.definition.own_type import OwnTypeDef
from engine.loading.build import Built, Part
from engine.loading.choosing import with_choices
from engine.loading.compiling import form_logic
from engine.loading.link_access import access_problems
from engine.loading.link_app import app_problems
from engine.loading.link_connectors import connectors_of
from engine.loading.link_conversions import conversion_problems
from engine.loading.link_data import Rows, data_problems, rows_by_form
from engine.loading.link_decisions import decisions_of
from engine.loading.link_documents import documents_of
from engine.loading.link_form import form_problems
from engine.loading.link_pages import page_problems
from engine.loading.link_pools import decision_problems, pool_problems, rule_problems
from engine.loading.link_publics import publics_of
from engine.loading.link_rules import rules_of, with_rules
from engine.loading.link_scenarios import scenario_problems
from engine.loading.link_setup import setup_problems
from engine.loading.link_stages import approval_problems, stage_problems
from engine.loading.link_where import where_problems
from engine.loading.link_workflows import workflow_problems
from engine.loading.outline import Outline, Outlines, outlines
from engine.loading.places import Places
from engine.loading.remembering import Found, Memory
from engine.loading.scopes import Scopes
from engine.loading.texts import with_texts
from engine.loading.workflow_logic import workflow_logic
from engine.problems import Problem


def link(built: Built) -> tuple[App, list[Problem]]:
    """Follow every name and compile every expression; the app is sound if nothing is wrong."""
    before = built.app[0].known
    built, problems = with_texts(built)
    names = outlines(built)
    memory = Memory(names, _tables(built))
    rows = rows_by_form(names, built)
    problems += _name_problems(names, built, rows, memory)
    scopes = before["scopes"] = Scopes(names, before.get("scopes"), _tables(built))
    parts = {part.definition.form: part for part in built.form}
    forms, wrong = _forms(names, scopes, parts, memory)
    problems += wrong
    connectors, wrong = connectors_of(names, built, memory)
    rules, more = rules_of(names, scopes, built, memory, connectors)
    problems += [*wrong, *more]
    decisions, wrong = decisions_of(names, scopes, built, memory)
    problems += wrong
    documents, wrong = documents_of(names, scopes, built, memory)
    publics, more = publics_of(names, scopes, built, memory)
    problems += [*wrong, *more]
    problems += _asked_tables(names, decisions)
    workflows, wrong = _workflows(built, forms, memory)
    problems += wrong
    app = App(
        rules=rules,
        decisions=decisions,
        documents=documents,
        connectors=connectors,
        publics=publics,
        id=names.app.app,
        definition=names.app,
        types=_own_types(built),
        forms=forms,
        places=Places(built),
        data={form: tuple(named.values()) for form, named in rows.items() if named},
        scenarios=tuple(part.definition for part in built.scenario),
        workflows=workflows,
    )
    problems += where_problems(names, app, memory, parts, sound=not problems)
    return with_rules(with_choices(app)), list(dict.fromkeys(problems))


def _own_types(built: Built) -> dict[str, OwnTypeDef]:
    return {part.definition.type: part.definition for part in built.type}


def _asked_tables(names: Outlines, decisions: dict[str, Decision]) -> Iterator[Problem]:
    for form in names.placed():
        yield from decision_problems(names, form, decisions)


def _tables(built: Built) -> tuple[DecisionDef, ...]:
    return tuple(part.definition for part in built.decision)


def _name_problems(names: Outlines, built: Built, rows: Rows, memory: Memory) -> Iterator[Problem]:
    yield from app_problems(names, built)
    yield from setup_problems(names, built)
    parts = {part.definition.form: part for part in built.form}
    for form in names.placed():
        find = partial(_form_problems, names, form)
        yield from memory.found(parts[form.id], "names", find)[1]
    yield from rule_problems(names, built)
    yield from workflow_problems(names, built)
    yield from approval_problems(names, built)
    yield from data_problems(names, built, rows)
    yield from scenario_problems(names, built, rows)


def _form_problems(names: Outlines, form: Outline) -> Found[None]:
    return None, [
        *form_problems(names, form),
        *stage_problems(names, form),
        *access_problems(names, form),
        *page_problems(names, form),
        *conversion_problems(names, form),
        *pool_problems(names, form),
    ]


def _forms(
    names: Outlines, scopes: Scopes, parts: dict[str, Part[FormDef]], memory: Memory
) -> tuple[dict[str, Form], list[Problem]]:
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for outline in names.placed():
        find = partial(form_logic, names, scopes, outline)
        logic, wrong = memory.found(parts[outline.id], "logic", find)
        forms[outline.id] = _form(names, scopes, outline, logic)
        problems += wrong
    return forms, problems


def _form(names: Outlines, scopes: Scopes, outline: Outline, logic: Logic) -> Form:
    return Form(
        app=names.app.app,
        id=outline.id,
        definition=outline.definition,
        fields={field.id: field for field, _ in outline.placed_fields},
        scope=scopes.of_form(outline),
        logic=logic,
        pipelines=outline.pipelines,
        own_types=outline.spot.source.own.types,
    )


def _workflows(
    built: Built, forms: dict[str, Form], memory: Memory
) -> tuple[dict[str, Workflow], list[Problem]]:
    workflows: dict[str, Workflow] = {}
    problems: list[Problem] = []
    for part in built.workflow:
        form = forms.get(part.definition.form)
        if form is not None:
            find = partial(
                workflow_logic, form.app, part.definition, form.scope, form.fields, part.spot
            )
            made, wrong = memory.found(part, "logic", find)
            labels = {id_: field.label for id_, field in form.fields.items()}
            workflows.setdefault(made.id, replace(made, labels=labels))
            problems += wrong
    return workflows, problems
