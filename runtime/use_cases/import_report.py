"""What does somebody see of an import: how far it is, and what became of its rows?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.app import Form
from engine.outcomes import Missing
from runtime.services import Services
from runtime.store.imports import ImportLine, ImportRun, Phase
from runtime.store.jobs import Job
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import own_run
from runtime.use_cases.import_undo import may_undo
from runtime.use_cases.reach import begin

SHOWN = 50
"""Rows that are listed on the page; the sheet of errors holds them all."""
LATEST = 20


@dataclass(frozen=True, kw_only=True)
class Report:
    """How an import stands."""

    run: ImportRun
    job: Job | None
    phase: Phase
    counts: Mapping[str, int]
    refused: tuple[ImportLine, ...]
    brought: tuple[ImportLine, ...]
    """Records that were created or changed."""
    undone: Mapping[str, int]
    kept: tuple[ImportLine, ...]
    """Records that could not be taken back, each with the reason."""
    may_undo: bool


def report_of(services: Services, act: Act, form: Form, id_: str) -> Report | Missing:
    """Return how an import stands."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        run = own_run(work, id_)
        if run is None:
            return Missing()
        imports, phase = unit.imports, phase_of(run)
        return Report(
            run=run,
            job=unit.jobs.one(run.job) if run.job else None,
            phase=phase,
            counts=imports.counts(id_, phase),
            refused=imports.lines(id_, phase, kinds=("refused",), limit=SHOWN),
            brought=imports.lines(id_, "run", kinds=("created", "changed"), limit=SHOWN),
            undone=imports.undo_counts(id_),
            kept=imports.lines(id_, "run", undone="kept", limit=SHOWN),
            may_undo=may_undo(run, work.now),
        )


def phase_of(run: ImportRun) -> Phase:
    """Return whether the rows of an import were only tried so far."""
    return "check" if run.state in ("new", "checking", "checked") else "run"


def latest_imports(services: Services, act: Act, form: Form) -> tuple[ImportRun, ...]:
    """Return what somebody brought into a form, latest first; administrators see everybody's."""
    with services.store.reading() as unit:
        person = None if act.actor.admin else act.actor.id
        return unit.imports.latest(form.app, form.id, person, LATEST)
