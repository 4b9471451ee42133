"""Which steps does a workflow consist of, what comes after each, and what lies around it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.definition.workflow import (
    AnyStep,
    ApproveStep,
    BranchStep,
    CcStep,
    HandleStep,
    ParallelStep,
    PathDef,
    WorkflowDef,
)

Steps = tuple[AnyStep, ...]
Trace = tuple[str | int, ...]
"""The keys and indexes that point to a step in the definition."""

Container = BranchStep | ParallelStep
People = ApproveStep | HandleStep | CcStep
Deciding = ApproveStep | HandleStep


@dataclass(frozen=True)
class Node:
    """One step and its place in the order."""

    step: AnyStep
    following: str | None
    """The step after it in the same row; None for the last one."""
    before: tuple[str, ...]
    """The steps ahead of it in the same row."""
    container: str | None
    """The branch or parallel step that it lies in."""
    path: str | None
    """The path of the container that it lies on."""


@dataclass(frozen=True)
class Plan:
    """All steps of a workflow by id."""

    nodes: Mapping[str, Node]
    first: str

    def step(self, id_: str) -> AnyStep:
        """Return a step."""
        return self.nodes[id_].step

    def around(self, id_: str) -> tuple[str, ...]:
        """Return the containers of a step, the nearest first."""
        found = []
        container = self.nodes[id_].container
        while container is not None:
            found.append(container)
            container = self.nodes[container].container
        return tuple(found)

    def earlier(self, id_: str) -> tuple[str, ...]:
        """Return the steps at which people decide that may have come before a step: the ones that
        a record can be sent back to, first come first. Of what ran at the same time nothing can
        be done over alone."""
        ahead: list[str] = []
        for here in (id_, *self.around(id_)):
            before = [one for step in self.nodes[here].before for one in self._all_of(step)]
            ahead = [*before, *ahead]
        return tuple(one for one in ahead if isinstance(self.step(one), Deciding))

    def _all_of(self, id_: str) -> tuple[str, ...]:
        step = self.step(id_)
        if not isinstance(step, BranchStep):
            return (id_,)
        inside = (inner.id for path in step.paths for inner in path.steps)
        return tuple(one for inner in inside for one in self._all_of(inner))

    def path(self, container: str, id_: str) -> PathDef:
        """Return a path of a branch or parallel step."""
        step = self.step(container)
        assert isinstance(step, Container)
        return next(path for path in step.paths if path.id == id_)


def plan_of(definition: WorkflowDef) -> Plan:
    """Return the order of a workflow's steps."""
    steps = definition.steps
    return Plan(dict(_nodes(steps, None, None)), steps[0].id)


def _nodes(steps: Steps, container: str | None, path: str | None) -> Iterator[tuple[str, Node]]:
    ids = [step.id for step in steps]
    for at, step in enumerate(steps):
        following = ids[at + 1] if at + 1 < len(ids) else None
        yield step.id, Node(step, following, tuple(ids[:at]), container, path)
        if isinstance(step, Container):
            for one in step.paths:
                yield from _nodes(one.steps, step.id, one.id)


def placed_steps(steps: Steps, above: Trace = ("steps",)) -> Iterator[tuple[AnyStep, Trace]]:
    """Yield every step with its place, as they are written."""
    for at, step in enumerate(steps):
        here = (*above, at)
        yield step, here
        if isinstance(step, Container):
            for index, path in enumerate(step.paths):
                yield from placed_steps(path.steps, (*here, "paths", index, "steps"))
