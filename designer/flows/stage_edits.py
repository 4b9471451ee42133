"""Which edits does the page of the stages of a form make ready?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from designer.flows.conditions import fresh_condition
from designer.flows.edits import Target, add, free, move, put, together, written
from designer.speech import Speech
from engine.definition.stage import GateDef, PipelineDef, StageDef


@dataclass(frozen=True, kw_only=True)
class StageEdits:
    """The ready-made edits of one stage, and what is removed; empty where it makes no sense."""

    up: str = ""
    down: str = ""
    remove: str = ""
    after: str = ""
    """Puts a new stage behind it."""
    fresh: str = ""
    """The target of that new stage."""


@dataclass(frozen=True, kw_only=True)
class GateEdits:
    """What can be put into a gate."""

    check: str
    check_target: str
    evidence: str
    evidence_target: str
    whole: str
    """What is chosen to set all that a gate can ask for."""


@dataclass(frozen=True, kw_only=True)
class PathEdits:
    """What can be done with the stages of a pipeline."""

    more: str
    fresh: str
    """The target of the new stage."""
    out: str
    out_target: str
    stages: Mapping[str, StageEdits] = field(default_factory=dict)


def first_stages(speech: Speech) -> str:
    """Return the edit that gives a form its first stages."""
    say = speech.say
    stages = [
        {"id": "new", "label": say("新建")},
        {"id": "doing", "label": say("处理中")},
        {"id": "done", "label": say("已完成"), "outcome": "won"},
    ]
    return together(put((f"forms/{speech.form.id}.yaml", "stages"), stages))


def stage_edits(speech: Speech, pipeline: PipelineDef, into: Target) -> PathEdits:
    """Return the edits of a pipeline and of each of its stages."""
    steps = [stage for stage in pipeline.stages if not stage.aside]
    id_ = free("stage", speech.form.stages)
    new = {"id": id_, "label": speech.say("新阶段")}
    out = {"id": free("given_up", speech.form.stages), "label": speech.say("已放弃")}
    ends = steps[-1].outcome is not None
    behind = next((one.id for one in pipeline.stages if one.aside), None)
    return PathEdits(
        more="" if ends else together(add(into, new, behind)),
        fresh=written((*into, id_)),
        out_target=written((*into, out["id"])),
        out=together(add(into, {**out, "aside": True, "outcome": "lost"})),
        stages={
            **{one.id: _aside(one, into) for one in pipeline.stages if one.aside},
            **{one.id: _stage(speech, steps, at, into, new) for at, one in enumerate(steps)},
        },
    )


def _aside(stage: StageDef, into: Target) -> StageEdits:
    return StageEdits(remove=written((*into, stage.id)))


def _stage(
    speech: Speech, steps: Sequence[StageDef], at: int, into: Target, new: Mapping[str, str]
) -> StageEdits:
    stage = steps[at]
    target = (*into, stage.id)
    before = steps[at - 1].id if at else None
    following = steps[at + 1] if at + 1 < len(steps) else None
    movable = following is not None and following.outcome is None and stage.outcome is None
    return StageEdits(
        up=together(move(target, into, before)) if before and not stage.outcome else "",
        down=together(move(following_target(into, following), into, stage.id))
        if movable and following
        else "",
        remove=written(target) if len(steps) > 1 else "",
        after=together(add(into, dict(new), following.id)) if following else "",
        fresh=written((*into, new["id"])),
    )


def following_target(into: Target, following: StageDef) -> Target:
    """Return the stage that goes in front of another when that one moves down."""
    return (*into, following.id)


def gate_edits(speech: Speech, gate: GateDef, target: Target) -> GateEdits:
    """Return the edits that put a condition and a piece of evidence into a gate."""
    say, form = speech.say, speech.form
    condition = fresh_condition(form, ()) or f"{form.definition.title} != null"
    check = {
        "id": free("check", [one.id for one in gate.that]),
        "that": condition,
        "message": say("还不满足条件，请核对后再推进"),
    }
    taken = [
        item.id
        for stage in form.stages.values()
        for one in (stage.gate, stage.entry)
        for item in one.evidence
    ]
    proof = {"id": free("proof", taken), "label": say("现场照片"), "kind": "photo"}
    return GateEdits(
        check=together(add((*target, "that"), check)),
        check_target=written((*target, "that", check["id"])),
        evidence=together(add((*target, "evidence"), proof)),
        evidence_target=written((*target, "evidence", proof["id"])),
        whole=written(target if gate != GateDef() else target[:-1]),
    )
