"""From where to where may a record move, and what kind of move is it?"""

from __future__ import annotations

from enum import Enum

from engine.app import Form
from engine.definition.stage import PipelineDef, StageDef
from engine.record import Record


class Kind(Enum):
    """How a move relates to the path."""

    FORWARD = "forward"
    BACK = "back"
    ASIDE = "aside"
    RESUME = "resume"
    """From a stage aside onto the path again."""


def pipeline_of(form: Form, record: Record) -> PipelineDef | None:
    """Return the pipeline that a record is on."""
    for pipeline in form.pipelines:
        if pipeline.id == record.pipeline:
            return pipeline
    return form.pipelines[0] if form.pipelines else None


def path_of(pipeline: PipelineDef) -> tuple[StageDef, ...]:
    """Return the stages of the path in order, without those aside."""
    return tuple(stage for stage in pipeline.stages if not stage.aside)


def next_stage(form: Form, record: Record) -> StageDef | None:
    """Return the stage that follows the record's, if there is one."""
    pipeline = pipeline_of(form, record)
    if pipeline is None:
        return None
    path = path_of(pipeline)
    ids = [stage.id for stage in path]
    if record.stage not in ids:
        return None
    position = ids.index(record.stage) + 1
    return path[position] if position < len(path) else None


def kind_of_move(form: Form, record: Record, target: StageDef) -> Kind | None:
    """Return how the record could get to the stage, or None if it can't from where it is."""
    pipeline = pipeline_of(form, record)
    here = form.stage(record.stage)
    if pipeline is None or here is None or target.id not in {s.id for s in pipeline.stages}:
        return None
    if target.aside:
        return None if here.aside or here.outcome else Kind.ASIDE
    if here.aside:
        return Kind.RESUME if _may_return(here, target) else None
    ids = [stage.id for stage in path_of(pipeline)]
    distance = ids.index(target.id) - ids.index(here.id)
    if distance == 1:
        return Kind.FORWARD
    if distance < 0 and _may_return(here, target):
        return Kind.BACK
    return None


def open_moves(form: Form, record: Record) -> tuple[tuple[StageDef, Kind], ...]:
    """Return every stage that the record could move to now, with the kind of the move."""
    pipeline = pipeline_of(form, record)
    stages = pipeline.stages if pipeline else ()
    kinds = ((stage, kind_of_move(form, record, stage)) for stage in stages)
    return tuple((stage, kind) for stage, kind in kinds if kind)


def needs_reason(form: Form, record: Record, kind: Kind) -> bool:
    """Tell whether the move asks for a reason in words."""
    if kind is Kind.FORWARD:
        return False
    here = form.stage(record.stage)
    return kind is Kind.ASIDE or here is None or here.back is None or here.back.reason


def _may_return(here: StageDef, target: StageDef) -> bool:
    if here.back is None:
        return False
    return here.back.to == "any" or target.id in here.back.to
