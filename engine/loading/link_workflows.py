"""Do workflows speak of forms, roles, fields and other workflows that there are?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.plan import placed_steps
from engine.definition.workflow import LimitDef, SubStep, WorkflowDef
from engine.loading.build import Built
from engine.loading.link_people import people_problems
from engine.loading.link_workflow_steps import step_problems
from engine.loading.links import all_missing, all_missing_keys, filed, missing, repeated
from engine.loading.nouns import FIELD, FORM, ROLE, STAGE, WORKFLOW
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

Known = dict[str, WorkflowDef]
"""The workflows of the app by id."""


def workflow_problems(names: Outlines, built: Built) -> Iterator[Problem]:
    """Yield what is wrong with the workflows of an app."""
    yield from _files(built)
    known: Known = {}
    for part in built.workflow:
        known.setdefault(part.definition.workflow, part.definition)
    for part in built.workflow:
        definition, spot = part.definition, part.spot
        yield from missing(spot / "form", FORM, definition.form, names.forms, "form")
        form = names.of(definition.form)
        if form is not None:
            yield from _workflow(names, form, definition, spot)
            yield from _subs(form, definition, spot, known)


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.workflow, part.spot / "workflow") for part in built.workflow]
    yield from filed(WORKFLOW, "workflows", named)


def _workflow(
    names: Outlines, form: Outline, workflow: WorkflowDef, spot: Spot
) -> Iterator[Problem]:
    start = workflow.start
    yield from missing(spot / "start" / "stage", STAGE, start.stage, form.stage_ids, "stage")
    yield from all_missing(spot / "start" / "roles", ROLE, start.roles, names.roles, "role")
    if start.when is None and start.message is not None:
        message = Message("没有写 when，message 不会出现")
        yield (spot / "start" / "message").key_problem("workflow.unused", message)
    yield from _limits(names, workflow.limits, spot / "limits")
    if workflow.lock not in ("all", "none"):
        yield from all_missing(spot / "lock", FIELD, workflow.lock, form.fields, "field")
    for outcome in ("agreed", "refused", "withdrawn"):
        settable = [id_ for id_, field in form.fields.items() if field.settable]
        sets = getattr(workflow.after, outcome)
        yield from all_missing_keys(spot / "after" / outcome, FIELD, sets, settable, "field")
    yield from people_problems(names, form, workflow, spot)
    yield from step_problems(names, form, workflow, spot)


def _limits(names: Outlines, limits: tuple[LimitDef, ...], spot: Spot) -> Iterator[Problem]:
    named = [(limit.role, spot / at / "role") for at, limit in enumerate(limits)]
    yield from repeated(ROLE, named)
    for role, here in named:
        yield from missing(here, ROLE, role, names.roles, "role")


def _subs(form: Outline, workflow: WorkflowDef, spot: Spot, known: Known) -> Iterator[Problem]:
    for step, trace in placed_steps(workflow.steps):
        if not isinstance(step, SubStep):
            continue
        here = _at(spot, trace)
        yield from missing(here / "workflow", WORKFLOW, step.workflow, known, "workflow")
        child = known.get(step.workflow)
        if child is None:
            continue
        yield from _record_of(form, step, child, here)
        if _points_to(child, workflow.workflow, known, frozenset()):
            message = Message("“{workflow}”又会回到这个审批，永远走不完", workflow=step.workflow)
            yield (here / "workflow").problem("workflow.circle", message)


def _record_of(form: Outline, step: SubStep, child: WorkflowDef, spot: Spot) -> Iterator[Problem]:
    if step.of is None:
        if child.form != form.id:
            message = Message(
                "“{workflow}”审批的是“{form}”；请用 of 写明指向它的引用字段",
                workflow=step.workflow,
                form=child.form,
            )
            yield (spot / "workflow").problem("workflow.record", message)
        return
    fields = [
        id_
        for id_ in form.of_type("reference")
        if getattr(form.fields[id_], "to", None) == child.form
    ]
    what = Message("指向“{form}”的引用字段", form=child.form)
    yield from missing(spot / "of", what, step.of, fields, "field")


def _points_to(workflow: WorkflowDef, id_: str, known: Known, seen: frozenset[str]) -> bool:
    if workflow.workflow == id_:
        return True
    if workflow.workflow in seen:
        return False
    children = (step for step, _ in placed_steps(workflow.steps) if isinstance(step, SubStep))
    return any(
        _points_to(known[child.workflow], id_, known, seen | {workflow.workflow})
        for child in children
        if child.workflow in known
    )


def _at(spot: Spot, trace: tuple[str | int, ...]) -> Spot:
    return Spot(spot.source, (*spot.path, *trace))
