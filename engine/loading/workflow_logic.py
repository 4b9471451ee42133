"""What do the expressions of a workflow become, today's and those of one that is under way?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from engine.app import App, Workflow
from engine.approvals.plan import placed_steps
from engine.definition.workflow import BranchStep, WorkflowDef
from engine.expressions import NUMBER, Compiled, Kind, Scope, Slot, Type, list_of, reference
from engine.expressions.checker.names import type_label
from engine.field import Field
from engine.loading.expressions import Compiling
from engine.loading.reading_paths import references_read
from engine.loading.scopes import fits
from engine.loading.source import Source, Spot
from engine.loading.unreachable import never_first
from engine.loading.workflow_places import Place, expressions_of, people_of
from engine.problems import Problem
from engine.wording import Message

PERSON = reference("person")


def version_of(workflow: WorkflowDef) -> str:
    """Return what tells this definition from every other of the same workflow."""
    written = msgspec.json.encode(workflow, order="deterministic")
    return hashlib.sha256(written).hexdigest()[:24]


def workflow_logic(
    app: str, workflow: WorkflowDef, scope: Scope, fields: Mapping[str, Field], spot: Spot
) -> tuple[Workflow, list[Problem]]:
    """Compile a workflow of a form; what has a mistake in it is left out."""
    work = Compiling(scope)
    logic = {}
    for place in expressions_of(workflow):
        compiled = _compiled(work, place, Spot(spot.source, (*spot.path, *place.at)))
        if compiled is not None:
            logic[place.key] = compiled
    made = Workflow(
        app=app,
        id=workflow.workflow,
        form=workflow.form,
        version=version_of(workflow),
        definition=workflow,
        logic=logic,
        reads=references_read(None, fields, logic.values(), _far_people(workflow)),
        labels={id_: field.label for id_, field in fields.items()},
    )
    return made, [*work.problems, *_never_taken(workflow, logic, spot)]


def _never_taken(
    workflow: WorkflowDef, logic: Mapping[str, Compiled], spot: Spot
) -> Iterator[Problem]:
    """Of a branch the first path whose condition holds is taken: others may come too late."""
    for step, at in placed_steps(workflow.steps):
        if not isinstance(step, BranchStep):
            continue
        told = [index for index, path in enumerate(step.paths) if path.when is not None]
        keys = [f"{step.id}/paths/{step.paths[index].id}" for index in told]
        texts = [step.paths[index].when for index in told]
        if not all(key in logic for key in keys):
            continue
        for number in never_first([logic[key] for key in keys]):
            if texts[number] not in texts[:number]:
                here = Spot(spot.source, (*spot.path, *at, "paths", told[number], "when"))
                message = Message("这个条件永远轮不到：它不会成立，或者前面的路径已经包含")
                yield here.problem("workflow.unreachable", message)


def pinned(app: App, data: Any) -> Workflow:
    """Return the workflow that a kept definition stands for, in the app as it is today. What the
    app no longer understands of it holds for nobody: the keepers are asked then."""
    definition = msgspec.convert(data, WorkflowDef)
    form = app.forms[definition.form]
    nowhere = Spot(Source("", "workflow", None, "", {}, {}))
    workflow, _ = workflow_logic(app.id, definition, form.scope, form.fields, nowhere)
    return workflow


def _compiled(work: Compiling, place: Place, spot: Spot) -> Compiled | None:
    match place.answers:
        case "yes_no":
            return work.compile(place.text, spot, Slot.RULE)
        case "amount":
            return work.fill(place.text, spot, Slot.VALUE, NUMBER)
        case "people":
            return _people(work, place.text, spot)
        case "value":
            wanted = work.scope.names.get(place.field)
            return work.fill(place.text, spot, Slot.VALUE, wanted) if wanted else None


def _people(work: Compiling, text: str, spot: Spot) -> Compiled | None:
    compiled = work.compile(text, spot, Slot.VALUE)
    if compiled is None:
        return None
    wanted: Type = list_of(PERSON) if compiled.type.kind is Kind.LIST else PERSON
    if fits(wanted, compiled.type):
        return compiled
    message = Message("这里要算出人，算出来的是{given}", given=type_label(compiled.type))
    work.problems.append(spot.problem("feel.result", message))
    return None


def _far_people(workflow: WorkflowDef) -> Iterator[tuple[str, ...]]:
    for placed in people_of(workflow):
        if placed.who.field is not None:
            yield tuple(placed.who.field.split("."))
