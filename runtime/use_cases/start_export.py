"""How does somebody ask for an export?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.app import Form
from engine.outcomes import Denied
from engine.wording import Message
from runtime.limits import EXPORTS_AT_ONCE
from runtime.services import Services
from runtime.store.jobs import OPEN
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.exporting import KIND, Export, left_export, query_for, refused
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import BadQuestion
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Work, begin


@dataclass(frozen=True)
class Started:
    """The export is on its way."""

    job: str


def start_export(
    services: Services, act: Act, form: Form, export: Export
) -> Started | BadQuestion | Denied:
    """Leave the export to be done at once in the background, if the person may and it can be
    understood."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        trace: Trace[Started | BadQuestion | Denied, Started] = Trace(
            left=lambda outcome: outcome.job if isinstance(outcome, Started) else None,
            found=Started,
        )
        started = once_for_key(unit, act, work.now, trace, lambda: _started(work, export))
    assert isinstance(started, Started | BadQuestion | Denied)
    return started


def _started(work: Work, export: Export) -> Started | BadQuestion | Denied:
    no = refused(work)
    if no:
        return no
    person, jobs = work.act.actor.id, work.unit.jobs
    if len(jobs.of_person(person, (KIND,), states=OPEN)) >= EXPORTS_AT_ONCE:
        return Denied(Message("您已有 {n} 个导出正在进行，请等它们完成", n=EXPORTS_AT_ONCE))
    try:
        _ = work.unit.query.page(replace(query_for(work, export), limit=1))
    except (BadFilter, NotAllowed) as error:
        return BadQuestion(error.message)
    return Started(jobs.save(KIND, left_export(export), work.now, person=person))
