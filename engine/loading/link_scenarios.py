"""Do scenarios speak of records, fields and stages that there are?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.approvals.plan import placed_steps
from engine.approvals.run import SUBMITTER
from engine.definition.scenario import (
    VERBS,
    WRITTEN,
    AdvanceStep,
    AttachStep,
    CheckStep,
    ConvertStep,
    CreateStep,
    EditStep,
    ListStep,
    OwnStep,
    PressStep,
    ReviewStep,
    ScenarioDef,
    StepDef,
    SubmitStep,
    TaskStep,
    ThenDef,
)  # fmt: skip
from engine.definition.workflow import WorkflowDef
from engine.loading.build import Built
from engine.loading.link_calls import scenario_calls
from engine.loading.link_conversions import step_id
from engine.loading.link_data import Rows, evidence_ids, row_problems
from engine.loading.link_fills import fill_problems, names_of_fills
from engine.loading.link_filters import filter_problems
from engine.loading.links import all_missing, all_missing_keys, missing, repeated
from engine.loading.nouns import (
    BUTTON,
    CONVERSION,
    DOCUMENT,
    EVIDENCE,
    FIELD,
    FORM,
    RECORD,
    RULE,
    SCENARIO,
    STAGE,
    STEP,
    VIEW,
    WORKFLOW,
)
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

Known = dict[str, str]
"""The forms of the records that a scenario can name, by their names."""

Workflows = Mapping[str, WorkflowDef]
"""The workflows of the app by id."""

SEVERAL = ""
"""Stands for the form of a name that rows of several forms have."""


def scenario_problems(names: Outlines, built: Built, rows: Rows) -> Iterator[Problem]:
    """Yield what is wrong with the scenarios."""
    told = [(part.definition.scenario, part.spot / "scenario") for part in built.scenario]
    yield from repeated(SCENARIO, told)
    workflows = {part.definition.workflow: part.definition for part in built.workflow}
    for part in built.scenario:
        made = names_of_fills(built, part.definition)
        yield from _scenario(names, part.definition, part.spot, rows, workflows, made)
        yield from _presses(built, part.definition, part.spot)
        yield from scenario_calls(built, part.definition, part.spot)
        yield from _documents(built, part.definition, part.spot)
        demo = _demo_names(rows) if part.definition.given.demo else {}
        yield from fill_problems(built, part.definition, part.spot, demo)
        asleep, rules = part.definition.given.asleep, [one.definition.rule for one in built.rule]
        yield from all_missing(part.spot / "given" / "asleep", RULE, asleep, rules, "rule")


def _scenario(
    names: Outlines,
    scenario: ScenarioDef,
    spot: Spot,
    rows: Rows,
    workflows: Workflows,
    made: Known,
) -> Iterator[Problem]:
    given = scenario.given
    known = {**(_demo_names(rows) if given.demo else {}), **made}
    here = spot / "given" / "records"
    there = {form: dict(named) for form, named in rows.items()} if given.demo else {}
    for row in given.records:
        known[row.id] = row.form
        there.setdefault(row.form, {})[row.id] = row
    yield from repeated(
        RECORD, [(row.id, here / at / "id") for at, row in enumerate(given.records)]
    )
    for at, row in enumerate(given.records):
        yield from missing(here / at / "form", FORM, row.form, names.forms, "form")
        form = names.of(row.form)
        if form:
            yield from row_problems(form, row, here / at, there)
    for at, step in enumerate(scenario.steps):
        yield from _step(names, step, spot / "steps" / at, known, workflows)


def _presses(built: Built, scenario: ScenarioDef, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that no rule waits for a button that is pressed."""
    rules = (part.definition for part in built.rule)
    buttons = [rule.rule for rule in rules if rule.on.type == "button"]
    for at, step in enumerate(scenario.steps):
        if step.press is not None:
            here = spot / "steps" / at / "press" / "button"
            yield from missing(here, BUTTON, step.press.button, buttons, "rule")


def _documents(built: Built, scenario: ScenarioDef, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that there is no document that is made or expected."""
    known = [part.definition.document for part in built.document]
    for at, step in enumerate(scenario.steps):
        here = spot / "steps" / at
        for wish, place in ((step.make, here / "make"), (step.then.made, here / "then" / "made")):
            if wish is not None:
                yield from missing(place / "document", DOCUMENT, wish.document, known, "document")


def _demo_names(rows: Rows) -> Known:
    known: Known = {}
    for form, named in rows.items():
        for name in named:
            known[name] = SEVERAL if name in known else form
    return known


def _step(
    names: Outlines, step: StepDef, spot: Spot, known: Known, workflows: Workflows
) -> Iterator[Problem]:
    verbs = [verb for verb in VERBS if getattr(step, verb) is not None]
    if len(verbs) != 1:
        words = [WRITTEN.get(verb, verb) for verb in VERBS]
        message = Message("每一步只做一件事，要写且只写其中一个：{verbs}", verbs=words)
        yield spot.problem("scenario.verb", message)
        return
    verb = verbs[0]
    action, here = getattr(step, verb), spot / WRITTEN.get(verb, verb)
    yield from _actor(step, verb, spot)
    form = names.of(_form_of(action, known))
    record = getattr(action, "record", None)
    if record is not None:
        yield from missing(here / "record", RECORD, record, known, "row")
        if known.get(record) == SEVERAL:
            message = Message("几个表单都有记录“{name}”，请改名", name=record)
            yield (here / "record").problem("scenario.several", message)
    elif hasattr(action, "form"):
        yield from missing(here / "form", FORM, action.form, names.forms, "form")
    if form is not None:
        yield from _action(names, form, action, here, known)
        yield from _approval_words(workflows, form, action, step.then, spot, here)
        yield from _then(form, step.then, spot / "then", known)
    yield from _one_outcome(step.then, spot / "then")


def _actor(step: StepDef, verb: str, spot: Spot) -> Iterator[Problem]:
    about_time = verb == "elapse"
    if step.who is None and not about_time:
        yield spot.problem("shape.missing", Message("缺少“{key}”", key="as"))
    if about_time and step.then != ThenDef(told=step.then.told, points=step.then.points):
        message = Message("时间流逝没有记录，then 里只能写 told 和 points；请另写一步 read")
        yield (spot / "then").problem("scenario.time", message)


def _approval_words(
    workflows: Workflows,
    form: Outline,
    action: Any,
    then: ThenDef,
    spot: Spot,
    here: Spot,
) -> Iterator[Problem]:
    """Yield what is wrong in words about approvals: of this form, and steps that they have."""
    own = {id_: one for id_, one in workflows.items() if one.form == form.id}
    if isinstance(action, SubmitStep | TaskStep | OwnStep):
        yield from missing(here / "workflow", WORKFLOW, action.workflow, own, "workflow")
    steps = [step.id for one in own.values() for step, _ in placed_steps(one.steps)]
    if isinstance(action, TaskStep):
        yield from missing(here / "step", STEP, action.step, steps, "step")
        yield from _fields(form, action.values, here / "values")
    if isinstance(action, SubmitStep | TaskStep):
        yield from all_missing_keys(here / "chosen", STEP, action.chosen, steps, "step")
    if then.approval is not None:
        at = spot / "then" / "approval"
        yield from missing(at / "workflow", WORKFLOW, then.approval.workflow, own, "workflow")
        asked = (*steps, SUBMITTER)
        yield from all_missing(at / "steps", STEP, then.approval.steps or (), asked, "step")


def _form_of(action: Any, known: Mapping[str, str]) -> str | None:
    record = getattr(action, "record", None)
    form: str | None = getattr(action, "form", None)
    return known.get(record) if record is not None else form


def _action(
    names: Outlines, form: Outline, action: Any, spot: Spot, known: Known
) -> Iterator[Problem]:
    match action:
        case CreateStep(name=name):
            yield from _fields(form, action.values, spot / "values")
            if name is not None:
                known[name] = form.id
        case EditStep() | PressStep():
            yield from _fields(form, action.values, spot / "values")
        case AdvanceStep() | CheckStep():
            yield from _advance(form, action, spot)
        case AttachStep(item=item) | ReviewStep(item=item):
            items = evidence_ids(form)
            yield from missing(spot / "item", EVIDENCE, item, items, "evidence")
        case ConvertStep():
            yield from _convert(names, form, action, spot, known)
        case ListStep():
            views = [view.id for view in form.definition.list.views]
            yield from missing(spot / "view", VIEW, action.view, views, "view")
            yield from filter_problems(names, form, action.where, spot / "where")


def _fields(form: Outline, values: Mapping[str, Any], spot: Spot) -> Iterator[Problem]:
    yield from all_missing_keys(spot, FIELD, values, form.fields, "field")


def _advance(form: Outline, action: AdvanceStep | CheckStep, spot: Spot) -> Iterator[Problem]:
    yield from missing(spot / "to", STAGE, action.to, form.stage_ids, "stage")
    if isinstance(action, AdvanceStep):
        yield from _fields(form, action.values, spot / "values")
        items = evidence_ids(form)
        yield from all_missing_keys(spot / "files", EVIDENCE, action.files, items, "evidence")


def _convert(
    names: Outlines, form: Outline, action: ConvertStep, spot: Spot, known: Known
) -> Iterator[Problem]:
    conversions = {one.id: one for one in form.definition.conversions}
    yield from missing(spot / "by", CONVERSION, action.by, conversions, "conversion")
    conversion = conversions.get(action.by)
    if conversion is None:
        return
    made = {step_id(step): step.form for step in conversion.creates}
    yield from all_missing_keys(spot / "names", STEP, action.names, made, "step")
    yield from all_missing_keys(spot / "values", STEP, action.values, made, "step")
    for step, values in action.values.items():
        if new := names.of(made.get(step, "")):
            yield from _fields(new, values, spot / "values" / step)
    known.update({name: made[step] for step, name in action.names.items() if step in made})


def _then(form: Outline, then: ThenDef, spot: Spot, known: Known) -> Iterator[Problem]:
    yield from missing(spot / "stage", STAGE, then.stage, form.stage_ids, "stage")
    listed = form.listed
    yield from all_missing_keys(spot / "values", FIELD, then.values, listed, "field")
    yield from all_missing(spot / "hidden", FIELD, then.hidden, listed, "field")
    complained = _complained_of(form)
    for path in then.invalid:
        if path and path.partition(".")[0] not in complained:
            yield from all_missing_keys(spot / "invalid", FIELD, [path], form.fields, "field")
    yield from all_missing(spot / "records", RECORD, then.records or (), known, "row")


def _complained_of(form: Outline) -> set[str]:
    """Return what a complaint can be about: fields, evidence, what a conversion makes, and the
    words that a step itself takes."""
    steps = {step_id(step) for one in form.definition.conversions for step in one.creates}
    return {*form.fields, *evidence_ids(form), *steps, "reason", "owner", "text", "files"}


def _one_outcome(then: ThenDef, spot: Spot) -> Iterator[Problem]:
    said = [key for key in ("refused", "invalid", "denied", "missing") if getattr(then, key)]
    if len(said) > 1:
        message = Message("一步只有一种结果，不能同时写 {keys}", keys=said)
        yield spot.problem("scenario.outcome", message)
