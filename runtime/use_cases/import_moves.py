"""How does somebody take an import a step further: check, bring in, stop, undo?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from engine.app import Form
from engine.imports.matching import plain
from engine.imports.plan import ImportPlan
from engine.imports.targets import keys_of, targets_of
from engine.outcomes import Denied, Invalid, Missing
from engine.wording import Message
from runtime.limits import IMPORT_UNDO_DAYS
from runtime.services import Services
from runtime.store.imports import ImportRun, State
from runtime.use_cases.act import Act
from runtime.use_cases.import_doubts import doubts_about
from runtime.use_cases.import_file import arguments_of, no_right, own_run
from runtime.use_cases.import_undo import UNDO, may_undo
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Work, begin

CHECK, RUN = "check_import", "run_import"
"""The kinds of work that are left for later."""
CHOOSING: tuple[State, ...] = ("new", "checked")

Moved = ImportRun | Invalid | Denied | Missing


def check_plan(services: Services, act: Act, form: Form, id_: str, plan: ImportPlan) -> Moved:
    """Keep what was chosen for a file, and leave the trial for later: nothing is written by it."""
    return _moved(services, act, form, id_, lambda work, run: _planned(work, run, plan, CHECK))


def bring_plan(services: Services, act: Act, form: Form, id_: str, plan: ImportPlan) -> Moved:
    """Keep what was chosen for a file, and leave the import for later without a trial."""
    return _moved(services, act, form, id_, lambda work, run: _planned(work, run, plan, RUN))


def start_import(services: Services, act: Act, form: Form, id_: str) -> Moved:
    """Leave the import of a file that was tried for later."""

    def do(work: Work, run: ImportRun) -> Moved:
        return _on(work, run, ("checked",), "running", RUN) or _no(Message("请先检查文件"))

    return _moved(services, act, form, id_, do)


def stop_import(services: Services, act: Act, form: Form, id_: str) -> Moved:
    """Stop after the records that are being brought in; what came in stays, and can be undone."""

    def do(work: Work, run: ImportRun) -> Moved:
        imports = work.unit.imports
        if not imports.move(run.id, ("running",), "stopped", ended_at=work.now):
            imports.move(run.id, ("checking",), "new")
        return imports.one(run.id) or Missing()

    return _moved(services, act, form, id_, do)


def undo_import(services: Services, act: Act, form: Form, id_: str) -> Moved:
    """Leave it for later to take back what an import made and changed."""

    def do(work: Work, run: ImportRun) -> Moved:
        states = (run.state,) if may_undo(run, work.now) else ()
        no = Message("导入 {days} 天之内可以撤销一次", days=IMPORT_UNDO_DAYS)
        return _on(work, run, states, "undoing", UNDO) or _no(no)

    return _moved(services, act, form, id_, do)


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


def _moved(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    do: Callable[[Work, ImportRun], Moved],
) -> Moved:
    """Do it once for the act's key, with the right to, on an import that is the actor's."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        if not work.sight.bring_in:
            return no_right(form)
        run = own_run(work, id_)
        if run is None:
            return Missing()
        trace: Trace[Moved, ImportRun] = Trace(
            left=lambda outcome: outcome.id if isinstance(outcome, ImportRun) else None,
            found=lambda known: unit.imports.one(known) or Missing(),
        )
        outcome = once_for_key(unit, act, work.now, trace, lambda: do(work, run))
        if not isinstance(outcome, ImportRun):
            unit.rollback()
        return outcome


def _planned(work: Work, run: ImportRun, plan: ImportPlan, kind: str) -> Moved:
    targets = targets_of(work.form, work.sight)
    wrong = tuple(doubts_about(plan, targets, keys_of(work.form, work.sight)))
    if wrong:
        return Invalid({"": wrong})
    to: State = "checking" if kind == CHECK else "running"
    kept = msgspec.to_builtins(plan, str_keys=True)
    work.unit.imports.clear(run.id, "check")
    begun = _on(work, run, CHOOSING, to, kind, plan=kept)
    return begun or _no(Message("这次导入已经开始，不能再改"))


def _on(
    work: Work, run: ImportRun, states: tuple[State, ...], to: State, kind: str, **more: object
) -> ImportRun | None:
    """Bring an import to a state, and leave the work that it stands for."""
    imports, now = work.unit.imports, work.now
    if not imports.move(run.id, states, to, problem=None, **more):
        return None
    job = work.unit.jobs.save(kind, arguments_of(run), now, person=work.act.actor.id)
    imports.move(run.id, (to,), to, job=job)
    return imports.one(run.id)


def _no(message: Message) -> Invalid:
    return Invalid({"": (message,)})
