"""What is still missing before a gate opens?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.app import App, Form
from engine.definition.stage import EvidenceDef, GateDef, StageDef
from engine.expressions import Env
from engine.outcomes import Reason
from engine.record import Facts
from engine.stages.evidence import Judged, accepted_types, judge
from engine.wording import Message, Said

Side = Literal["gate", "entry"]
"""The gate that lets a record leave a stage, or the one that lets it come in."""


def missing(app: App, form: Form, stage: StageDef, side: Side, facts: Facts) -> tuple[Reason, ...]:
    """Return every reason why the gate is shut; empty means that it is open."""
    gate = stage.gate if side == "gate" else stage.entry
    env = env_of(facts)
    return (
        (
            *_fields(app, form, stage, side, facts),
            *_conditions(app, form, stage, side, facts, env),
            *_evidence(app, form, stage, side, facts, env),
            *_approval(app, form, stage, side, facts),
        )
        if gate != _OPEN
        else ()
    )


_OPEN = GateDef()


def env_of(facts: Facts) -> Env:
    """Return what expressions see besides the record: the moment and the actor."""
    user = facts.actor.as_user(facts.record.app)
    return Env(today=facts.today, now=facts.now, user=user)


def is_empty(value: object) -> bool:
    """Tell whether a field counts as not filled in; no and zero are answers."""
    return value is None or value in ("", ())


def asked_for(form: Form, stage: StageDef, side: Side, facts: Facts) -> tuple[EvidenceDef, ...]:
    """Return the evidence items of a gate that apply to this record now."""
    gate = stage.gate if side == "gate" else stage.entry
    env = env_of(facts)
    key = f"{stage.id}/{side}/evidence/"
    return tuple(
        item
        for item in gate.evidence
        if item.when is None or form.logic.gates[key + item.id].holds(facts.row, env)
    )


def _fields(app: App, form: Form, stage: StageDef, side: Side, facts: Facts) -> Iterator[Reason]:
    gate = stage.gate if side == "gate" else stage.entry
    for id_ in gate.fields:
        if is_empty(facts.row.get(id_)):
            yield Reason(
                kind="field",
                subject=id_,
                message=_wanted(form, id_),
                at=app.at("forms", form.id, "stages", stage.id, side, "fields", id_),
            )


def _wanted(form: Form, id_: str) -> Message:
    need = form.logic.required.get(id_)
    if need is not None and need.message:
        return Said(need.message)
    return form.fields[id_].wanted()


def _conditions(
    app: App, form: Form, stage: StageDef, side: Side, facts: Facts, env: Env
) -> Iterator[Reason]:
    gate = stage.gate if side == "gate" else stage.entry
    for condition in gate.that:
        if not form.logic.gates[f"{stage.id}/{side}/that/{condition.id}"].holds(facts.row, env):
            yield Reason(
                kind="condition",
                subject=condition.id,
                message=Said(condition.message),
                at=app.at("forms", form.id, "stages", stage.id, side, "that", condition.id),
                rule=f"gate:{stage.id}/{side}/that/{condition.id}",
            )


def _evidence(
    app: App, form: Form, stage: StageDef, side: Side, facts: Facts, env: Env
) -> Iterator[Reason]:
    for item in asked_for(form, stage, side, facts):
        judged = judge(item, facts)
        good = sum(1 for one in judged if one.fault is None)
        if good < item.at_least:
            yield Reason(
                kind="evidence",
                subject=item.id,
                message=_short_of(item, good, judged),
                at=app.at("forms", form.id, "stages", stage.id, side, "evidence", item.id),
            )


def _approval(app: App, form: Form, stage: StageDef, side: Side, facts: Facts) -> Iterator[Reason]:
    gate = stage.gate if side == "gate" else stage.entry
    if gate.approval is not None and gate.approval not in facts.agreed:
        workflow = app.workflows[gate.approval]
        yield Reason(
            kind="approval",
            subject=gate.approval,
            message=Message("需要先通过“{approval}”", approval=workflow.definition.label),
            at=app.at("forms", form.id, "stages", stage.id, side, "approval"),
        )


def _short_of(item: EvidenceDef, good: int, judged: tuple[Judged, ...]) -> Message:
    faults = [one.fault for one in judged if one.fault is not None]
    if faults:
        return Message(
            "“{item}”需要 {needed} 份有效凭证，现有 {good} 份：{faults}",
            item=item.label,
            needed=item.at_least,
            good=good,
            faults=list(dict.fromkeys(faults)),
        )
    types = accepted_types(item)
    if not types:
        return Message("请上传“{item}”，至少 {needed} 份", item=item.label, needed=item.at_least)
    return Message(
        "请上传“{item}”，至少 {needed} 份（{types}）",
        item=item.label,
        needed=item.at_least,
        types=list(types),
    )
