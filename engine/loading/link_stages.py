"""Do stages point somewhere, and do their gates ask for what there is?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.stage import EvidenceDef, GateDef, PipelineDef, StageDef
from engine.loading.build import Built
from engine.loading.complaints import unknown
from engine.loading.links import all_missing, missing, repeated
from engine.loading.nouns import (
    CONDITION,
    EARLIER_STAGE,
    EVIDENCE,
    FIELD,
    FILE_TYPE,
    GEO_FIELD,
    PIPELINE,
    ROLE,
    STAGE,
    WORKFLOW,
)
from engine.loading.outline import Outline, Outlines
from engine.loading.paths import field_at
from engine.loading.source import Spot
from engine.problems import Problem
from engine.stages.evidence import KINDS
from engine.wording import Message

FILE_TYPES = tuple(sorted({*(type_ for types in KINDS.values() for type_ in types), "zip", "mp4"}))
"""The file types that evidence can ask for."""


def stage_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with a form's stages and gates."""
    if form.definition.stages and form.definition.pipelines:
        message = Message("stages 和 pipelines 只能写一个")
        yield (form.spot / "pipelines").key_problem("stage.two_ways", message)
    placed = form.placed_stages
    yield from repeated(STAGE, [(stage.id, spot / "id") for stage, spot in placed])
    pipelines = form.definition.pipelines
    ids = [(one.id, form.spot / "pipelines" / at / "id") for at, one in enumerate(pipelines)]
    yield from repeated(PIPELINE, ids)
    for at, pipeline in enumerate(pipelines):
        yield from _path_problems(pipeline, form.spot / "pipelines" / at / "stages")
    if form.definition.stages:
        yield from _path_problems(form.pipelines[0], form.spot / "stages")
    for stage, spot in placed:
        yield from _gate_problems(names, form, stage.gate, spot / "gate")
        yield from _gate_problems(names, form, stage.entry, spot / "entry")
    yield from _evidence_ids(form)


def approval_problems(names: Outlines, built: Built) -> Iterator[Problem]:
    """Yield the gates that ask for an approval which there is not, or not of their form."""
    for form in names.forms.values():
        own = [
            part.definition.workflow for part in built.workflow if part.definition.form == form.id
        ]
        for stage, spot in form.placed_stages:
            for side in ("gate", "entry"):
                gate: GateDef = getattr(stage, side)
                here = spot / side / "approval"
                yield from missing(here, WORKFLOW, gate.approval, own, "workflow")


def _path_problems(pipeline: PipelineDef, spot: Spot) -> Iterator[Problem]:
    stages = pipeline.stages
    steps = [stage for stage in stages if not stage.aside]
    if not steps:
        yield spot.problem("stage.first", Message("至少要有一个不是 aside 的阶段"))
    for at, stage in enumerate(stages):
        here = spot / at
        if stage.outcome and not stage.aside and stage is not steps[-1]:
            message = Message("只有最后一个阶段和 aside 阶段才有结果")
            yield (here / "outcome").key_problem("stage.outcome", message)
        if stage.expect and stage.red and stage.red < stage.expect:
            message = Message("red 不能早于 expect")
            yield (here / "red").problem("stage.red", message)
        yield from _back_problems(stage, [one.id for one in stages[:at]], here / "back" / "to")


def _back_problems(stage: StageDef, earlier: list[str], spot: Spot) -> Iterator[Problem]:
    if stage.back is None:
        return
    if stage.back.to == "any":
        if not earlier:
            message = Message("第一个阶段前面没有可退回的阶段")
            yield spot.problem("stage.back", message)
        return
    yield from all_missing(spot, EARLIER_STAGE, stage.back.to, earlier, "stage")


def _gate_problems(names: Outlines, form: Outline, gate: GateDef, spot: Spot) -> Iterator[Problem]:
    yield from all_missing(spot / "fields", FIELD, gate.fields, form.fields, "field")
    for at, id_ in enumerate(gate.fields):
        field = form.fields.get(id_)
        if field and field.type == "yes_no" and getattr(field, "ask", "switch") == "switch":
            message = Message("是否字段总有值；请写成条件 that: {field} = true", field=id_)
            yield (spot / "fields" / at).problem("stage.yes_no", message)
    conditions = [(one.id, spot / "that" / at / "id") for at, one in enumerate(gate.that)]
    yield from repeated(CONDITION, conditions)
    yield from all_missing(spot / "override", ROLE, gate.override, names.roles, "role")
    for at, item in enumerate(gate.evidence):
        yield from _evidence_problems(names, form, item, spot / "evidence" / at)


def _evidence_problems(
    names: Outlines, form: Outline, item: EvidenceDef, spot: Spot
) -> Iterator[Problem]:
    if item.review is not None:
        yield from missing(spot / "review", ROLE, item.review, names.roles, "role")
    kind = KINDS[item.kind] or FILE_TYPES
    for at, type_ in enumerate(item.types):
        if type_ not in kind:
            message = unknown(FILE_TYPE, type_, kind)
            yield (spot / "types" / at).problem("evidence.type", message)
    if item.within is None:
        return
    if item.kind not in ("photo", "any"):
        message = Message("只有照片能核对拍摄地点；kind 应为 photo")
        yield (spot / "within").key_problem("evidence.within", message)
    yield from _fence(names, form, item.within.of, spot / "within" / "of")


def _fence(names: Outlines, form: Outline, path: str, spot: Spot) -> Iterator[Problem]:
    field = field_at(names, form, path)
    if field is None or field.type != "geo":
        known = [*form.of_type("geo"), *_geo_beyond(names, form)]
        yield spot.problem("link.field", unknown(GEO_FIELD, path, known))


def _geo_beyond(names: Outlines, form: Outline) -> Iterator[str]:
    for id_ in form.of_type("reference"):
        other = names.of(getattr(form.fields[id_], "to", None))
        if other:
            yield from (f"{id_}.{far}" for far in other.of_type("geo"))


def _evidence_ids(form: Outline) -> Iterator[Problem]:
    """Evidence is kept by item id, so an id means one item in the whole form."""
    placed = [
        (item.id, spot / part / "evidence" / at / "id")
        for stage, spot in form.placed_stages
        for part, gate in (("gate", stage.gate), ("entry", stage.entry))
        for at, item in enumerate(gate.evidence)
    ]
    yield from repeated(EVIDENCE, placed)
