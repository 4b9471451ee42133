"""Which gates, rules, ways of approvals and rows of tables did no scenario touch?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.app import App
from engine.outcomes import Refusal
from engine.problems import Location
from engine.wording import Label, Message
from runtime.scenarios.done import Done
from runtime.scenarios.world import World
from runtime.store.touched import Mark, marks

Part: TypeAlias = tuple[str, ...]
"""A part of an app: its kind, then the ids on the way to it."""


@dataclass(frozen=True, kw_only=True)
class Untouched:
    """A part that no scenario touched."""

    part: Part
    message: Message
    at: Location


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the scenarios of an app touch of it."""

    parts: int
    untouched: tuple[Untouched, ...]

    @property
    def touched(self) -> int:
        """How many parts at least one scenario touched."""
        return self.parts - len(self.untouched)


def marked(world: World) -> frozenset[Mark]:
    """Return what was gone through so far in a world."""
    with world.services.store.reading() as unit:
        return marks(unit, world.app.id)


def shut(world: World, done: Done | None) -> Iterator[Part]:
    """Yield the gate that a step found shut."""
    if done is None or done.record is None or not isinstance(done.outcome, Refusal):
        return
    form = done.record.form
    with world.services.store.reading() as unit:
        record = unit.records.one(form, done.record.id)
    if record is not None and record.stage is not None:
        yield "shut", form.id, record.stage


def coverage(app: App, touched: Iterable[Part]) -> Coverage:
    """Compare what scenarios touched with all that there is to touch."""
    seen = set(touched)
    parts = list(_parts(app))
    return Coverage(parts=len(parts), untouched=tuple(one for one in parts if one.part not in seen))


def _parts(app: App) -> Iterator[Untouched]:
    yield from _gates(app)
    for rule in app.rules.values():
        if not rule.definition.paused:
            message = Message("规则“{rule}”从未触发", rule=rule.definition.label)
            yield Untouched(part=("rule", rule.id), message=message, at=app.at("rules", rule.id))
    for workflow in app.workflows.values():
        label = workflow.definition.label
        for part, message in _ways(workflow.definition.steps, workflow.id, label):
            yield Untouched(part=part, message=message, at=app.at("workflows", workflow.id))
    routed = {form.definition.routing.decision for form in app.forms.values()
              if form.definition.routing}  # fmt: skip
    for decision in app.decisions.values():
        for row in range(len(decision.table.rules)) if decision.id in routed else ():
            message = Message(
                "决策表“{table}”第 {row} 行从未用到", table=decision.definition.label, row=row + 1
            )
            at = app.at("decisions", decision.id, "rules", str(row))
            yield Untouched(part=("row", decision.id, str(row)), message=message, at=at)


def _gates(app: App) -> Iterator[Untouched]:
    for form in app.forms.values():
        for stage in form.stages.values():
            gate = stage.gate
            if not (gate.fields or gate.that or gate.evidence):
                continue
            at = app.at("forms", form.id, "stages", stage.id)
            said: dict[str, Label] = {"form": form.definition.label, "stage": stage.label}
            never_shut = Message("“{form}”的“{stage}”关卡从未拦下", **said)
            never_open = Message("“{form}”的“{stage}”关卡从未放行", **said)
            yield Untouched(part=("shut", form.id, stage.id), message=never_shut, at=at)
            yield Untouched(part=("left", form.id, stage.id), message=never_open, at=at)


def _ways(steps: Iterable[Any], workflow: str, label: Label) -> Iterator[tuple[Part, Message]]:
    for step in steps:
        message = Message("审批“{label}”的“{step}”从未走到", label=label, step=step.label)
        yield ("step", workflow, step.id), message
        for path in getattr(step, "paths", ()):
            message = Message("审批“{label}”的分支“{path}”从未走到", label=label, path=path.label)
            yield ("path", workflow, step.id, path.id), message
            yield from _ways(path.steps, workflow, label)
