"""Does each step of a workflow ask for what there is, and can each be come to?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.plan import Plan, placed_steps, plan_of
from engine.definition.workflow import (
    AnyStep,
    ApproveStep,
    BranchStep,
    HandleStep,
    ParallelStep,
    PathDef,
    WaitStep,
    WorkflowDef,
)
from engine.loading.link_deadlines import deadline_problems
from engine.loading.link_ladders import ladder_problems
from engine.loading.links import all_missing, all_missing_keys, repeated
from engine.loading.nouns import EARLIER_STEP, FIELD, PATH, ROLE, STEP
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

BACK_WORDS = ("submitter", "previous", "any")
"""Where a record can be sent back to without naming a step; steps can't be called so."""


def step_problems(
    names: Outlines, form: Outline, workflow: WorkflowDef, spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with the steps of a workflow."""
    placed = [
        (step, Spot(spot.source, (*spot.path, *at))) for step, at in placed_steps(workflow.steps)
    ]
    yield from repeated(STEP, [(step.id, here / "id") for step, here in placed])
    yield from repeated(PATH, list(_paths(placed)))
    plan = plan_of(workflow)
    for step, here in placed:
        if step.id in BACK_WORDS:
            message = Message("“{id}”是保留的词，步骤请另取名字", id=step.id)
            yield (here / "id").problem("workflow.reserved", message)
        yield from _step(names, form, step, here, plan)


def _paths(placed: list[tuple[AnyStep, Spot]]) -> Iterator[tuple[str, Spot]]:
    for step, here in placed:
        if isinstance(step, BranchStep | ParallelStep):
            yield from ((path.id, here / "paths" / at / "id") for at, path in enumerate(step.paths))


def _step(
    names: Outlines, form: Outline, step: AnyStep, spot: Spot, plan: Plan
) -> Iterator[Problem]:
    match step:
        case ApproveStep():
            yield from _counting(names, step, spot)
            yield from _deciding(form, step, spot, plan)
        case HandleStep():
            if not step.edit:
                message = Message("办理步骤要写 edit：请人填写哪些字段")
                yield spot.problem("workflow.edit", message)
            yield from _deciding(form, step, spot, plan)
        case BranchStep():
            yield from _reachable(step.paths, spot / "paths")
        case WaitStep():
            yield from _waiting(form, step, spot)
    sees = getattr(step, "sees", ())
    yield from all_missing(spot / "sees", FIELD, sees, form.fields, "field")


def _counting(names: Outlines, step: ApproveStep, spot: Spot) -> Iterator[Problem]:
    shared = step.mode in ("ratio", "weighted")
    if shared and step.share is None:
        yield spot.problem("shape.missing", Message("缺少“{key}”", key="share"))
    if not shared and step.share is not None:
        message = Message("share 只和 mode: ratio 或 weighted 一起用")
        yield (spot / "share").key_problem("workflow.unused", message)
    if step.weights and step.mode != "weighted":
        message = Message("weights 只和 mode: weighted 一起用")
        yield (spot / "weights").key_problem("workflow.unused", message)
    yield from all_missing_keys(spot / "weights", ROLE, step.weights, names.roles, "role")
    yield from all_missing(spot / "must", ROLE, step.must, names.roles, "role")


def _deciding(
    form: Outline, step: ApproveStep | HandleStep, spot: Spot, plan: Plan
) -> Iterator[Problem]:
    settable = [id_ for id_, field in form.fields.items() if field.settable]
    yield from all_missing(spot / "edit", FIELD, step.edit, settable, "field")
    yield from all_missing(spot / "need", FIELD, step.need, form.fields, "field")
    earlier = plan.earlier(step.id)
    known = (*BACK_WORDS, *earlier)
    yield from all_missing(spot / "back" / "to", EARLIER_STEP, step.back.to, known, "step")
    if step.within is not None:
        yield from deadline_problems(form, step.within, spot / "within")
    yield from ladder_problems(step, spot)


def _reachable(paths: tuple[PathDef, ...], spot: Spot) -> Iterator[Problem]:
    """Of a branch one path is taken, so nobody comes to what stands behind a path for all."""
    seen: dict[str, str] = {}
    for at, path in enumerate(paths):
        if path.when is None and at + 1 < len(paths):
            message = Message("“{path}”没有条件，后面的路径永远走不到", path=path.label)
            yield (spot / at).problem("workflow.unreachable", message)
        if path.when is None:
            continue
        if path.when in seen:
            message = Message("条件和“{path}”的一样，永远走不到这里", path=seen[path.when])
            yield (spot / at / "when").problem("workflow.unreachable", message)
        seen.setdefault(path.when, path.id)


def _waiting(form: Outline, step: WaitStep, spot: Spot) -> Iterator[Problem]:
    if step.within is None and step.that is None:
        message = Message("等待步骤要写等多久（within）或等到什么成立（that）")
        yield spot.problem("workflow.wait", message)
    if step.within is not None:
        yield from deadline_problems(form, step.within, spot / "within")
