"""What does an actor see of one record?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.access.sight import Sight
from engine.app import App, Document, Form, Rule
from engine.definition.form import ConversionDef
from engine.definition.stage import StageDef
from engine.outcomes import Missing, Reason
from engine.record import Evidence, Facts, Record
from engine.stages.moves import Kind, next_stage, open_moves
from engine.stages.waiting import Mark, mark, working_time_in_stage
from runtime.services import Services
from runtime.store.freezes import Frozen
from runtime.use_cases.act import Act
from runtime.use_cases.arriving import all_missing
from runtime.use_cases.convert_record import refusal_of
from runtime.use_cases.documents.ask_document import documents_now
from runtime.use_cases.pools.release_record import may_release
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.rules.buttons import buttons_at


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One record as the actor may see it, and what the actor may do with it now."""

    app: App
    form: Form
    record: Record
    """Without hidden fields, masked where the roles say so."""
    sight: Sight
    facts: Facts
    may: frozenset[str]
    """Of edit, delete, advance, transfer, release, comment, create, export."""
    moves: tuple[tuple[StageDef, Kind], ...]
    next: StageDef | None
    missing: tuple[Reason, ...]
    """What the next stage's gates still ask for."""
    days_in_stage: int
    overdue: Mark
    conversions: tuple[ConversionDef, ...]
    frozen: tuple[Frozen, ...]
    """What may not be made new for it now."""
    buttons: tuple[Rule, ...]
    """Those of rules that the actor may press."""
    documents: tuple[Document, ...] = ()
    """Those that the actor may make of it now."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything that was handed in, of all items."""
        return self.facts.evidence


def view_record(services: Services, act: Act, form: Form, id_: str) -> Record | Missing:
    """Return just the record as the actor may see it: the cheap way, for programs."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        record = unit.query.one(form, work.sight, act.actor, work.env, id_)
        return record or Missing()


def read_record(services: Services, act: Act, form: Form, id_: str) -> Reading | Missing:
    """Return the record with all that its page shows about stages and rights."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        seen = unit.query.one(form, work.sight, act.actor, work.env, id_)
        if isinstance(reached, Missing) or seen is None:
            return Missing()
        return _reading(work, reached, seen)


def _reading(work: Work, reached: Reached, seen: Record) -> Reading:
    facts = work.facts(reached.record)
    following = next_stage(work.form, reached.record)
    spent = working_time_in_stage(reached.record.stage_entered_at, work.now, work.services.calendar)
    here = work.form.stage(reached.record.stage)
    return Reading(
        app=work.app,
        form=work.form,
        record=seen,
        sight=work.sight,
        facts=facts,
        may=_rights(work, reached),
        moves=open_moves(work.form, reached.record),
        next=following,
        missing=all_missing(work, reached.record, following) if following else (),
        days_in_stage=spent.days,
        overdue=mark(here, spent) if here else "none",
        conversions=tuple(
            conversion
            for conversion in work.form.definition.conversions
            if refusal_of(work, reached, conversion) is None
        ),
        frozen=_frozen(work, reached.record),
        buttons=buttons_at(work, reached),
        documents=documents_now(work, reached) if work.app.documents else (),
    )


def _frozen(work: Work, record: Record) -> tuple[Frozen, ...]:
    return work.unit.freezes.of_subject(record.id) if work.app.freezers else ()


def _rights(work: Work, reached: Reached) -> frozenset[str]:
    sight = work.sight
    scopes = {
        "edit": sight.edit,
        "delete": sight.delete,
        "advance": sight.advance,
        "transfer": sight.transfer,
    }
    rights = {name for name, scope in scopes.items() if work.within(scope, reached.row)}
    for name in ("comment", "create", "export"):
        if getattr(sight, name):
            rights.add(name)
    if may_release(work, reached.record):
        rights.add("release")
    return frozenset(rights)
