"""How is a job done: claimed, tried, and brought to an end that counts once?"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from engine.record import Actor
from engine.wording import Message
from runtime.jobs.keeping import kept
from runtime.jobs.kind import Again, Ended, Finished, GaveUp, Kind, Lost, Stopping, Task
from runtime.jobs.kinds import kinds
from runtime.services import Services
from runtime.store.jobs import Job

MOST_LOST = 8
"""How often a job may end with its process. Most are not to blame: they were at work when somebody
killed it, so that as many losses as failures are needed, each with a longer rest before it."""
FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0
OWN_WORK = ("tidy_jobs", "tick")
"""What the system does by itself, again and again; it is never given up."""
OWN_WAIT = 60.0

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What does jobs, one at a time for each thread that asks it to."""

    services: Services
    kinds: Mapping[str, Kind] = field(default_factory=kinds)
    stopping: threading.Event = field(default_factory=threading.Event)
    refresh: Callable[[], None] = lambda: None
    """Called before each job, so that it meets the apps as they are now."""

    def run_next(self, at: datetime | None = None, *, likely: bool = False) -> bool:
        """Do one job that is due, by the clock of the database or at another moment; False if
        there is none. Where one is likely, it is not looked for before it is taken."""
        store = self.services.store
        if not likely:
            with store.reading() as unit:
                if not unit.jobs.any_due(self.kinds, at):
                    return False
        with store.unit() as unit:
            job = unit.jobs.claim_next({kind: self._seconds(kind) for kind in self.kinds}, at)
        return self._done(job)

    def run(self, id_: str, at: datetime | None = None) -> bool:
        """Do this job, if it is due and nobody else does it."""
        with self.services.store.unit() as unit:
            found = unit.jobs.one(id_)
            known = found is not None and found.kind in self.kinds
            job = unit.jobs.claim(self._seconds(found.kind), id_, at) if found and known else None
        return self._done(job)

    def _seconds(self, kind: str) -> float:
        return self.kinds[kind].seconds or self.services.settings.job_lease

    def _done(self, job: Job | None) -> bool:
        if job is None:
            return False
        self.services.store.work.set()  # there may be more, for those who wait
        self.refresh()
        self._attempt(self.kinds[job.kind], job)
        return True

    def run_due(self, at: datetime | None = None) -> int:
        """Do all that is due, and return how many jobs that were."""
        count = 0
        while self.run_next(at, likely=count > 0):
            count += 1
        return count

    def prepare(self) -> None:
        """See to it that the system's own work is waiting."""
        with self.services.store.unit() as unit:
            for kind in OWN_WORK:
                unit.jobs.save(kind, {}, self.services.now(), key=kind)

    def _attempt(self, kind: Kind, job: Job) -> None:
        try:
            self._end(job, self._ended(kind, job))
        except Lost:
            log.warning("job lost", job=job.id, kind=job.kind)
        except Stopping:
            with self.services.store.unit() as unit:
                unit.jobs.put_off(job, 0, anew=job.tries == 1)
        except Exception:
            log.exception("job failed", job=job.id, kind=job.kind, tries=job.tries)
            self._try_later(kind, job)

    def _ended(self, kind: Kind, job: Job) -> Ended:
        if job.lost >= MOST_LOST and job.kind not in OWN_WORK:
            return GaveUp(Message("执行时程序多次意外退出，已停止重试"))
        person = self._person(job)
        if job.person is not None and person is None:
            return GaveUp(Message("账号已停用，任务没有执行"))
        task = Task(
            services=self.services,
            job=job,
            seconds=self._seconds(job.kind),
            stopping=self.stopping,
            person=person,
        )
        with kept(task, kind.silent):
            return kind.work(task)

    def _person(self, job: Job) -> Actor | None:
        if job.person is None:
            return None
        with self.services.store.reading() as unit:
            return unit.people.actor(job.person)

    def _end(self, job: Job, ended: Ended) -> None:
        with self.services.store.unit() as unit:
            match ended:
                case Finished(result=result, also=also):
                    held = unit.jobs.end(job, result)
                    if held and also is not None:
                        also(unit)
                case GaveUp(message=message):
                    held = unit.jobs.fail(job, message)
                case Again(seconds=seconds):
                    held = unit.jobs.put_off(job, seconds, anew=True)
            if not held:
                raise Lost

    def _try_later(self, kind: Kind, job: Job) -> None:
        failures, own = job.tries - job.lost, job.kind in OWN_WORK
        wait = min(wait_after(failures), OWN_WAIT if own else LONGEST_WAIT)
        with self.services.store.unit() as unit:
            if failures >= kind.tries and not own:
                number = job.id[-8:]
                unit.jobs.fail(
                    job, Message("多次执行都出错，已停止重试（编号 {number}）", number=number)
                )
            else:
                unit.jobs.put_off(job, wait, Message("执行时出错，稍后会自动重试"))


def wait_after(tries: int) -> float:
    """Return how many seconds to wait after so many tries: ever longer, and never all at once."""
    wait = min(FIRST_WAIT * float(1 << (tries - 1)), LONGEST_WAIT)
    return wait * (0.8 + secrets.randbelow(400) / 1000)
