"""Which stages does a form have, and what does each ask for, in sentences?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.flows.choosing import Choosing
from designer.flows.edits import Target, written
from designer.flows.picks import Pick
from designer.flows.stage_edits import (
    GateEdits,
    PathEdits,
    StageEdits,
    gate_edits,
    stage_edits,
)
from designer.speech import Rule, Speech
from engine.definition.form import ConversionDef
from engine.definition.stage import EvidenceDef, GateDef, PipelineDef, StageDef
from engine.expressions import Compiled
from engine.wording import Message
from runtime.web.showing import stage_tone

EVIDENCE = {
    "document": Message("文件"),
    "photo": Message("照片"),
    "screenshot": Message("截图"),
    "recording": Message("录音或录像"),
    "signature": Message("签名"),
    "any": Message("材料"),
}


@dataclass(frozen=True)
class Check:
    """Something that must be true, and what people read when it is not."""

    message: str
    rule: Rule
    target: str = ""


@dataclass(frozen=True)
class Proof:
    """Something to hand in."""

    label: str
    help: str
    asked: str
    when: Rule | None
    target: str


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What must hold to pass."""

    target: str
    fields: Pick
    checks: tuple[Check, ...]
    proofs: tuple[Proof, ...]
    approval: Pick | None
    """The approval that must have ended well; None where the form has none."""
    override: str
    edits: GateEdits

    @property
    def open(self) -> bool:
        """Whether it asks for nothing."""
        approval = self.approval is not None and self.approval.value is not None
        return not (self.fields.value or self.checks or self.proofs or approval)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage."""

    id: str
    target: str
    label: str
    help: str
    tone: str
    time: str
    back: str
    end: str
    aside: bool
    entry: Gate
    gate: Gate
    edits: StageEdits


@dataclass(frozen=True, kw_only=True)
class Path:
    """One pipeline: the way that a record takes, and the ways out of it."""

    label: str
    target: str
    into: str
    """The list of its stages."""
    when: Rule | None
    steps: tuple[Step, ...]
    asides: tuple[Step, ...]
    more: str
    """The edit that adds a stage at the end of the path; empty behind its end."""
    fresh: str
    """The target of that stage."""
    out: str
    """The edit that adds a way out."""
    out_target: str


@dataclass(frozen=True)
class Turning:
    """One conversion into records of other forms."""

    label: str
    target: str
    makes: str
    when: Rule | None
    message: str
    roles: str
    stage: str


def paths_of(speech: Speech) -> tuple[Path, ...]:
    """Return every pipeline of a form with its stages."""
    return tuple(_path(speech, pipeline) for pipeline in speech.form.pipelines)


def stages_at(speech: Speech, pipeline: PipelineDef) -> Target:
    """Return where the stages of a pipeline stand."""
    file = f"forms/{speech.form.id}.yaml"
    if speech.form.definition.pipelines:
        return (file, "pipelines", pipeline.id, "stages")
    return (file, "stages")


def _path(speech: Speech, pipeline: PipelineDef) -> Path:
    when = speech.form.logic.pipelines.get(pipeline.id)
    into = stages_at(speech, pipeline)
    edits = stage_edits(speech, pipeline, into)
    steps = tuple(_step(speech, stage, (*into, stage.id), edits) for stage in pipeline.stages)
    only_one = len(speech.form.pipelines) == 1
    return Path(
        label="" if only_one else speech.words(pipeline.label),
        target=written(into[:-1]) if speech.form.definition.pipelines else "",
        into=written(into),
        when=speech.condition(when) if when else None,
        steps=tuple(step for step in steps if not step.aside),
        asides=tuple(step for step in steps if step.aside),
        more=edits.more,
        fresh=edits.fresh,
        out=edits.out,
        out_target=edits.out_target,
    )


def _step(speech: Speech, stage: StageDef, target: Target, edits: PathEdits) -> Step:
    return Step(
        id=stage.id,
        target=written(target),
        label=speech.words(stage.label),
        help=speech.words(stage.help),
        tone=stage_tone(speech.form, stage.id),
        time=_time(speech, stage),
        back=_back(speech, stage),
        end=_end(speech, stage),
        aside=stage.aside,
        entry=_gate(speech, stage, "entry", target),
        gate=_gate(speech, stage, "gate", target),
        edits=edits.stages[stage.id],
    )


def _time(speech: Speech, stage: StageDef) -> str:
    if stage.expect is None:
        return ""
    red = stage.red or 2 * stage.expect
    expected = speech.time(stage.expect)
    return speech.say(
        "预计 {expected}内离开；超过后标黄，超过 {red}标红", expected=expected, red=speech.time(red)
    )


def _back(speech: Speech, stage: StageDef) -> str:
    if stage.back is None:
        return ""
    if stage.back.to == "any":
        to = speech.say("前面的任何阶段")
    else:
        to = speech.listed(map(speech.stage, stage.back.to))
    if stage.back.reason:
        return speech.say("可退回到：{stages}，须写明理由", stages=to)
    return speech.say("可退回到：{stages}", stages=to)


def _end(speech: Speech, stage: StageDef) -> str:
    if stage.outcome == "won":
        return speech.say("到此圆满结束")
    return speech.say("到此未成而终") if stage.outcome == "lost" else ""


def _gate(speech: Speech, stage: StageDef, side: str, of: Target) -> Gate:
    gate: GateDef = getattr(stage, side)
    target = (*of, side)
    logic, choosing = speech.form.logic.gates, Choosing(speech)
    workflows = [one for one in speech.app.workflows.values() if one.form == speech.form.id]
    return Gate(
        target=written(target),
        fields=choosing.fields((*target, "fields"), gate.fields, speech.say("选择字段")),
        checks=tuple(
            Check(
                speech.words(one.message),
                speech.condition(logic[f"{stage.id}/{side}/that/{one.id}"]),
                written((*target, "that", one.id)),
            )
            for one in gate.that
        ),
        proofs=tuple(
            _proof(
                speech,
                one,
                logic.get(f"{stage.id}/{side}/evidence/{one.id}"),
                (*target, "evidence", one.id),
            )
            for one in gate.evidence
        ),
        approval=choosing.workflow((*target, "approval"), gate.approval, speech.say("不需要审批"))
        if workflows
        else None,
        override=speech.roles(gate.override),
        edits=gate_edits(speech, gate, target),
    )


def _proof(speech: Speech, one: EvidenceDef, when: Compiled | None, target: Target) -> Proof:
    return Proof(
        label=speech.words(one.label),
        help=speech.words(one.help),
        asked=" · ".join(_asked(speech, one)),
        when=speech.condition(when) if when else None,
        target=written(target),
    )


def _asked(speech: Speech, one: EvidenceDef) -> Iterator[str]:
    kind = speech.fill(EVIDENCE[one.kind])
    yield speech.say("{kind}至少 {n} 份", kind=kind, n=one.at_least)
    if one.types:
        yield " / ".join(one.types)
    if one.fresh:
        yield speech.say("须在进入本阶段之后提交")
    if not one.reuse:
        yield speech.say("不能与其他记录共用")
    if one.within:
        place = speech.field(one.within.of)
        yield speech.say("在{place} {n} 米以内拍摄", place=place, n=one.within.metres)
    if one.expires:
        yield speech.say("提交后 {time}内有效", time=speech.time(one.expires))
    if one.review:
        yield speech.say("由{role}审核", role=speech.roles([one.review]))


def turnings_of(speech: Speech) -> tuple[Turning, ...]:
    """Return what a record of the form can be turned into."""
    return tuple(_turning(speech, one) for one in speech.form.definition.conversions)


def _turning(speech: Speech, one: ConversionDef) -> Turning:
    when = speech.form.logic.conversions.get(f"{one.id}/when")
    others = [speech.other(step.form) for step in one.creates]
    return Turning(
        label=speech.words(one.label),
        target=written((f"forms/{speech.form.id}.yaml", "conversions", one.id)),
        makes=speech.listed(
            other.words(other.form.definition.label) for other in others if other is not None
        ),
        when=speech.condition(when) if when else None,
        message=speech.words(one.message),
        roles=speech.roles(one.roles),
        stage=speech.stage(one.stage) if one.stage else "",
    )
