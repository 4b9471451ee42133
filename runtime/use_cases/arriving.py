"""What would the form itself say of a record once it is in another stage?"""

from __future__ import annotations

from dataclasses import replace

from engine.definition.stage import StageDef
from engine.forms.derive import derive
from engine.outcomes import Reason
from engine.record import Record
from engine.stages.advance import what_is_missing, with_further
from engine.stages.moves import Kind, kind_of_move
from runtime.use_cases.reach import Work


def all_missing(work: Work, record: Record, target: StageDef) -> tuple[Reason, ...]:
    """Return what the gates on the way ask for, and what the form asks for in that stage."""
    gates = what_is_missing(work.app, work.form, work.facts(record), target)
    return with_further(gates, on_arrival(work, record, target))


def on_arrival(work: Work, record: Record, target: StageDef) -> tuple[Reason, ...]:
    """Return the form's complaints that begin with the stage; a record that goes back or aside
    is not held up by them."""
    if kind_of_move(work.form, record, target) is not Kind.FORWARD:
        return ()
    here = derive(work.form, record, {}, work.row(record), work.env).complaints
    there = work.row(replace(record, stage=target.id))
    complaints = derive(work.form, record, {}, there, work.env).complaints
    return tuple(
        Reason(
            kind="field" if id_ else "condition",
            subject=id_.partition(".")[0],
            message=message,
            at=work.app.at("forms", work.form.id, "fields", id_),
        )
        for id_, messages in complaints.items()
        for message in messages
        if message not in here.get(id_, ())
    )


def reworked(work: Work, record: Record) -> Record:
    """Return the record with everything worked out anew, as it has to be in its new stage."""
    derived = derive(work.form, record, {}, work.row(record), work.env)
    return replace(record, values=derived.values)
