"""How far is an action on everything that a list finds, and with which records was nothing done?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from engine.app import Form
from engine.outcomes import Missing
from engine.wording import Message
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.use_cases.act import Act
from runtime.use_cases.sweeps.start import is_stopping
from runtime.use_cases.sweeps.sweep import KIND, Sweep, ids_of, read_sweep
from runtime.use_cases.sweeps.tally import Tally, tally_of


@dataclass(frozen=True, kw_only=True)
class Group:
    """The records that were refused for one reason; of several reasons, each says so."""

    number: int
    reason: Message
    count: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is known of it now."""

    job: Job
    sweep: Sweep
    total: int
    done: int
    refused: int
    stopping: bool
    stopped: bool
    groups: tuple[Group, ...]
    """The most frequent reason first."""

    @property
    def rest(self) -> int:
        """Records that it did not come to."""
        return max(0, self.total - self.done - self.refused)


def report_of(services: Services, act: Act, form: Form, id_: str) -> Report | Missing:
    """Return what came of it; what others began is not there."""
    with services.store.reading() as unit:
        job = _own(unit.jobs.one(id_), act, form)
        if job is None:
            return Missing()
        tally = tally_of(job.result)
        return Report(
            job=job,
            sweep=read_sweep(job.arguments),
            total=len(ids_of(job.arguments)),
            done=tally.done,
            refused=len(tally.refused),
            stopping=job.open and is_stopping(unit, act.actor.id, id_),
            stopped=tally.stopped,
            groups=_groups(tally),
        )


def refused_by(
    services: Services, act: Act, form: Form, id_: str, number: int | None = None
) -> tuple[str, ...] | Missing:
    """Return the records with which nothing was done, for one reason or for any."""
    with services.store.reading() as unit:
        job = _own(unit.jobs.one(id_), act, form)
    if job is None:
        return Missing()
    tally = tally_of(job.result)
    if number is not None:
        return tuple(tally.of_reason(number))
    return tuple(record for record, _ in tally.refused)


def _own(job: Job | None, act: Act, form: Form) -> Job | None:
    if job is None or job.kind != KIND or job.person != act.actor.id:
        return None
    there = (job.arguments["app"], job.arguments["form"])
    return job if there == (form.app, form.id) else None


def _groups(tally: Tally) -> tuple[Group, ...]:
    counts = Counter(number for _, numbers in tally.refused for number in numbers)
    return tuple(
        Group(number=number, reason=tally.reasons[number], count=count)
        for number, count in counts.most_common()
    )
