"""How does a whole file go through, tried only or for good, to its end?"""

from __future__ import annotations

from engine.app import Form
from engine.wording import Message
from runtime.services import Services
from runtime.sheets.books import Unreadable
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.store.imports import ImportRun, State
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import book_of, no_right, plan_of_run
from runtime.use_cases.import_walk import Tell, Walk
from runtime.use_cases.reach import begin


def walk_sheet(services: Services, act: Act, id_: str, phase: str, tell: Tell) -> Message | None:
    """Try a file or bring it in; the words say why that is not possible. Safe to be called again
    after it was interrupted: what was done is not done twice."""
    with services.store.reading() as unit:
        run = unit.imports.one(id_)
        form = services.form(run.app, run.form) if run else None
        if run is None or form is None:
            return Message("这次导入已不在")
        right = begin(services, unit, act, form).sight.bring_in
    problem: Message | None = None
    rows: int | None = None
    try:
        if not right:
            raise Unreadable(no_right(form).message)
        rows = _walk(services, act, form, run, phase).go(tell)
    except Unreadable as refused:
        problem = refused.message
    _end(services, act, run, phase, rows, problem)
    return problem


def _walk(services: Services, act: Act, form: Form, run: ImportRun, phase: str) -> Walk:
    plan = plan_of_run(run)
    with services.store.reading() as unit:
        book = book_of(services, unit, run)
    part = Act(actor=act.actor, door="import", reason=plan.reason, part_of=run.id)
    return Walk(
        services=services,
        act=part,
        form=form,
        run=run,
        plan=plan,
        phase="run" if phase == "run" else "check",
        book=book,
    )


def _end(
    services: Services,
    act: Act,
    run: ImportRun,
    phase: str,
    rows: int | None,
    problem: Message | None,
) -> None:
    with services.store.unit() as unit:
        now = services.now()
        if phase == "check":
            to: State = "new" if problem else "checked"
            unit.imports.move(run.id, ("checking",), to, rows=rows, problem=problem)
            return
        to = "failed" if problem else "done"
        if unit.imports.move(run.id, ("running",), to, problem=problem, ended_at=now):
            counts = unit.imports.counts(run.id, "run")
            unit.imports.clear(run.id, "check")
            unit.events.add(
                Event(
                    id=new_id(now),
                    at=now,
                    kind="imported",
                    app=run.app,
                    form=run.form,
                    actor=act.actor.id,
                    door="import",
                    data={"import": run.id, "file": run.name, **counts},
                )
            )
