"""Which expressions does a workflow hold, where, and what must they answer?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from engine.approvals.plan import People, Trace, placed_steps
from engine.definition.workflow import (
    AnyStep,
    ApproveStep,
    BranchStep,
    HandleStep,
    ParallelStep,
    WaitStep,
    WhoDef,
    WorkflowDef,
)

AFTER: tuple[Literal["agreed", "refused", "withdrawn"], ...] = ("agreed", "refused", "withdrawn")


@dataclass(frozen=True)
class Place:
    """One expression: its key in `Workflow.logic`, where it stands, and what it is for."""

    key: str
    at: Trace
    text: str
    answers: Literal["yes_no", "amount", "people", "value"]
    field: str = ""
    """The field that it fills."""


@dataclass(frozen=True)
class PlacedWho:
    """People as they are named somewhere."""

    who: WhoDef
    key: str
    at: Trace


def expressions_of(workflow: WorkflowDef) -> Iterator[Place]:
    """Yield every expression of a workflow."""
    if workflow.start.when is not None:
        yield Place("start/when", ("start", "when"), workflow.start.when, "yes_no")
    for step, at in placed_steps(workflow.steps):
        yield from _conditions(step, at)
    for placed in people_of(workflow):
        yield from _people(placed)
    for outcome in AFTER:
        for field, text in getattr(workflow.after, outcome).items():
            key = f"after/{outcome}/{field}"
            yield Place(key, ("after", outcome, field), text, "value", field)


def people_of(workflow: WorkflowDef) -> Iterator[PlacedWho]:
    """Yield every place of a workflow where people are named."""
    for at, who in enumerate(workflow.keepers):
        yield PlacedWho(who, f"keepers/{at}", ("keepers", at))
    for step, trace in placed_steps(workflow.steps):
        if not isinstance(step, get_args(People)):
            continue
        for at, who in enumerate(step.who):
            yield PlacedWho(who, f"{step.id}/who/{at}", (*trace, "who", at))
        if isinstance(step, ApproveStep | HandleStep):
            for rung, ladder in enumerate(step.ladder):
                for at, who in enumerate(ladder.to):
                    key = f"{step.id}/ladder/{rung}/to/{at}"
                    yield PlacedWho(who, key, (*trace, "ladder", rung, "to", at))


def _conditions(step: AnyStep, at: Trace) -> Iterator[Place]:
    match step:
        case BranchStep() | ParallelStep():
            for index, path in enumerate(step.paths):
                if path.when is not None:
                    place = (*at, "paths", index, "when")
                    yield Place(f"{step.id}/paths/{path.id}", place, path.when, "yes_no")
        case WaitStep():
            if step.that is not None:
                yield Place(f"{step.id}/that", (*at, "that"), step.that, "yes_no")
        case _:
            if step.when is not None:
                yield Place(f"{step.id}/when", (*at, "when"), step.when, "yes_no")


def _people(placed: PlacedWho) -> Iterator[Place]:
    if placed.who.covers is not None:
        at = (*placed.at, "covers")
        yield Place(f"{placed.key}/covers", at, placed.who.covers, "amount")
    if placed.who.feel is not None:
        yield Place(f"{placed.key}/feel", (*placed.at, "feel"), placed.who.feel, "people")
