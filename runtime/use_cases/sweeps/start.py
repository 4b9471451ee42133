"""How does somebody begin to do the same with everything that a list finds, and stop it?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing
from engine.rules.triggers.button import Button
from engine.wording import Message
from runtime.limits import SWEEPS_AT_ONCE, SWEPT_AT_ONCE
from runtime.services import Services
from runtime.store import Unit
from runtime.store.jobs import OPEN
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import BadQuestion, Wanted, bad_question, query_of
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.buttons import button_of
from runtime.use_cases.sweeps.sweep import KIND, Sweep, left_sweep, wrong_with

BATCH = 1000


@dataclass(frozen=True)
class Started:
    """It is on its way."""

    job: str


@dataclass(frozen=True)
class Grown:
    """Nothing was begun: there are more records by now than the person agreed to."""

    count: int


Begun = Started | Grown | Invalid | BadQuestion | Denied


def start_sweep(
    services: Services, act: Act, form: Form, sweep: Sweep, wanted: Wanted, agreed: int
) -> Begun:
    """Note which records the person sees of what is wanted, in the order of the list, and leave
    the deed to be done with each of them in the background at once."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        trace: Trace[Begun, Started] = Trace(
            left=lambda outcome: outcome.job if isinstance(outcome, Started) else None,
            found=Started,
        )
        begun = once_for_key(
            unit, act, work.now, trace, lambda: _started(work, sweep, wanted, agreed)
        )
    assert not isinstance(begun, Missing)
    return begun


def _started(work: Work, sweep: Sweep, wanted: Wanted, agreed: int) -> Begun:
    person, jobs = work.act.actor.id, work.unit.jobs
    if work.sight.rows.none:
        return Denied(Message("您没有查看“{form}”的权限", form=work.form.definition.label))
    wrong = wrong_with(work.unit, work.form, sweep, _asked(work, sweep))
    if wrong:
        return Invalid({"": wrong})
    if len(jobs.of_person(person, (KIND,), states=OPEN)) >= SWEEPS_AT_ONCE:
        return Denied(Message("您已有 {n} 个批量操作正在进行，请等它们完成", n=SWEEPS_AT_ONCE))
    try:
        ids = _found(work, wanted)
    except (BadFilter, NotAllowed) as error:
        return bad_question(error)
    if not ids:
        return Denied(Message("没有符合条件的记录"))
    if len(ids) > agreed:
        return Grown(len(ids))
    return Started(jobs.save(KIND, left_sweep(sweep, ids), work.now, person=person))


def _asked(work: Work, sweep: Sweep) -> tuple[str, ...]:
    found = button_of(work.app, work.form, sweep.rule)
    button: Button | None = found[1] if found else None
    return tuple(button.ask) if button else ()


def _found(work: Work, wanted: Wanted) -> list[str]:
    query = query_of(work, replace(wanted, columns=(), after=None, limit=1, total=False))
    found = work.unit.query.batches(query, BATCH, SWEPT_AT_ONCE)
    return [record.id for records in found for record in records]


def stop_sweep(services: Services, act: Act, job: str) -> None:
    """Let it end after the records that are being dealt with; what was done stays done."""
    with services.store.unit() as unit:
        unit.idempotency.claim(act.actor.id, _stop_key(job), services.now(), None)


def is_stopping(unit: Unit, person: str, job: str) -> bool:
    """Tell whether the person asked to stop it."""
    return unit.idempotency.known(person, _stop_key(job)) is not None


def _stop_key(job: str) -> str:
    return f"{job}:stop"
