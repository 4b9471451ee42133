"""How is a sheet tried, brought in and stopped, from choosing its columns to its end?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from engine.app import Form
from engine.imports.matching import plain
from engine.imports.plan import ImportPlan
from engine.imports.targets import Target, keys_of, targets_of
from engine.outcomes import Denied, Invalid, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.sheets.books import Unreadable
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.store.imports import ImportRun, State
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import (
    arguments_of,
    book_of,
    no_right,
    own_run,
    plan_of_run,
)
from runtime.use_cases.import_walk import Tell, Walk
from runtime.use_cases.reach import begin

CHECK, RUN = "check_import", "run_import"
"""The kinds of work that are left for later."""
CHOOSING: tuple[State, ...] = ("new", "checked")

Begun = ImportRun | Invalid | Denied | Missing


def check_plan(services: Services, act: Act, form: Form, id_: str, plan: ImportPlan) -> Begun:
    """Keep what was chosen for a file, and leave the trial for later: nothing is written by it."""
    run = _own(services, act, form, id_)
    if not isinstance(run, ImportRun):
        return run
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        targets = targets_of(form, work.sight)
        wrong = tuple(_doubts(plan, targets, keys_of(form, work.sight)))
        if wrong:
            return Invalid({"": wrong})
        job = unit.jobs.save(CHECK, arguments_of(run), work.now, person=act.actor.id)
        kept = msgspec.to_builtins(plan, str_keys=True)
        if not unit.imports.move(id_, CHOOSING, "checking", plan=kept, job=job, problem=None):
            return Invalid({"": (Message("这次导入已经开始，不能再改"),)})
        unit.imports.clear(id_, "check")
        return unit.imports.one(id_) or Missing()


def remember_columns(
    services: Services, act: Act, form: Form, headings: Mapping[int, str], plan: ImportPlan
) -> None:
    """Remember for the next file which heading was what."""
    with services.store.unit() as unit:
        actor = act.actor.id
        last = dict(unit.imports.remembered(actor, form.app, form.id))
        for at, text in headings.items():
            last.pop(plain(text), None)
            if at in plan.columns and text:
                last[plain(text)] = plan.columns[at]
        unit.imports.remember(actor, form.app, form.id, dict(list(last.items())[-300:]))


def start_import(services: Services, act: Act, form: Form, id_: str) -> Begun:
    """Leave the import of a file that was tried for later."""
    run = _own(services, act, form, id_)
    if not isinstance(run, ImportRun):
        return run
    with services.store.unit() as unit:
        job = unit.jobs.save(RUN, arguments_of(run), services.now(), person=act.actor.id)
        if not unit.imports.move(id_, ("checked",), "running", job=job, problem=None):
            unit.rollback()
            return Invalid({"": (Message("请先检查文件"),)})
        return unit.imports.one(id_) or Missing()


def stop_import(services: Services, act: Act, form: Form, id_: str) -> Begun:
    """Stop after the records that are being brought in; what came in stays, and can be undone."""
    run = _own(services, act, form, id_)
    if not isinstance(run, ImportRun):
        return run
    with services.store.unit() as unit:
        now = services.now()
        if not unit.imports.move(id_, ("running",), "stopped", ended_at=now):
            unit.imports.move(id_, ("checking",), "new")
        return unit.imports.one(id_) or Missing()


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


def _own(services: Services, act: Act, form: Form, id_: str) -> Begun:
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if not work.sight.bring_in:
            return no_right(form)
        return own_run(work, id_) or Missing()


def _doubts(
    plan: ImportPlan, targets: Mapping[str, Target], keys: tuple[str, ...]
) -> Iterator[Message]:
    chosen = list(plan.columns.values())
    if not chosen:
        yield Message("请至少为一列选择要导入到的字段")
    for id_ in dict.fromkeys(chosen):
        target = targets.get(id_)
        if target is None:
            yield Message("没有“{name}”这个字段，或您不能填写它", name=id_[:60])
            continue
        if chosen.count(id_) > 1:
            yield Message("有几列都对应到“{field}”，请只留一列", field=target.label)
        yield from _out_of_place(plan, target)
    yield from _key_doubts(plan, targets, keys)
    yield from _lines_doubts(plan, targets)


def _out_of_place(plan: ImportPlan, target: Target) -> Iterator[Message]:
    only_key = target.kind == "key" or target.id == "id"
    if only_key and target.id != plan.key:
        message = "“{field}”由系统产生，只能用来查找要更新的记录，请不导入这一列"
        yield Message(message, field=target.label)
    if target.kind == "history" and target.id != "owner" and plan.mode == "update":
        yield Message("“{field}”只能在新建时填写，请不导入这一列", field=target.label)


def _key_doubts(
    plan: ImportPlan, targets: Mapping[str, Target], keys: tuple[str, ...]
) -> Iterator[Message]:
    if plan.mode == "create":
        return
    if plan.key not in keys:
        yield Message("请选择用哪个字段查找要更新的记录")
    elif plan.key not in plan.columns.values():
        yield Message("请把一列对应到“{field}”，用来查找记录", field=targets[plan.key].label)


def _lines_doubts(plan: ImportPlan, targets: Mapping[str, Target]) -> Iterator[Message]:
    for line, lines in plan.lines.items():
        wrong = [cell for cell in lines.columns.values() if f"{line}.{cell}" not in targets]
        if wrong or not lines.columns:
            yield Message("工作表“{sheet}”的列没有对应好", sheet=lines.sheet)
        if any(id_.startswith(f"{line}.") for id_ in plan.columns.values()):
            message = "工作表“{sheet}”的明细已在主表里对应，请只留一处"
            yield Message(message, sheet=lines.sheet)
