"""How does Redis wake workers, without being needed for anything else?"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable
from types import FrameType
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError, DuplicateJobError, StopRequested
from rq.job import Job as Message

from runtime.jobs.workshop import Workshop

QUEUE = "dougong"
"""The one queue. A worker of several would take from them in a way that can lose what it took."""
RUN = "runtime.jobs.queue.run_job"
SECONDS = 2.0
"""How long Redis may take for an answer before one goes on without it."""
PAUSE = 1.0
PATIENCE = 5.0
"""How long a job that is due may lie before it is done without being called."""
AT_ONCE = 100

log = structlog.get_logger()
_workshops: list[Workshop] = []


def run_job(id_: str) -> None:
    """Do a job in this process's workshop, if it is still to be done: the table says whether."""
    for workshop in _workshops:
        workshop.run(id_)


class Caller:
    """Calls workers by Redis to jobs that are due, and sees which of them nobody comes for."""

    def __init__(self, workshop: Workshop, url: str) -> None:
        self._workshop = workshop
        redis = Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
        self._queue = Queue(QUEUE, connection=redis, serializer="json")
        self._called: dict[str, float] = {}

    def call(self) -> tuple[str, ...]:
        """Call workers to what has become due, and return what was left lying too long."""
        with self._workshop.services.store.reading() as unit:
            due = unit.jobs.due(AT_ONCE)
        now = time.monotonic()
        new = [id_ for id_ in due if id_ not in self._called]
        self._called = {id_: self._called.get(id_, now) for id_ in due}
        self._announce(new)
        return tuple(id_ for id_ in due if now - self._called[id_] > PATIENCE)

    def _announce(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            try:
                self._queue.enqueue_call(
                    RUN, (id_,), job_id=id_, timeout=-1, result_ttl=0, failure_ttl=60, unique=True
                )
            except DuplicateJobError:
                continue
            except RedisError as error:
                log.warning("redis does not answer", error=str(error))
                return


class Callers:
    """A thread that calls workers; in a worker it also does what nobody came for, so that it is
    done without Redis too."""

    def __init__(self, workshop: Workshop, url: str, *, doing: bool) -> None:
        self._workshop = workshop
        self._caller = Caller(workshop, url)
        self._doing = doing
        self._thread = threading.Thread(target=self._work, name="job-caller", daemon=True)

    def start(self) -> None:
        """Begin to call."""
        self._thread.start()

    def _work(self) -> None:
        bell, stopping = self._workshop.services.store.work, self._workshop.stopping
        while not stopping.is_set():
            bell.clear()
            try:
                left = self._caller.call()
                if self._doing:
                    for id_ in left[:1]:
                        self._workshop.run(id_)
            except Exception:
                log.exception("jobs can't be looked for")
            bell.wait(PAUSE)


class OnlyOurs(SimpleWorker):
    """A worker that does nothing but our jobs, whatever somebody wrote into Redis."""

    workshop: Workshop
    busy = False

    def execute_job(self, job: Message, queue: Queue) -> None:
        """Do it, if it is one of ours."""
        if _is_ours(job):
            self.busy = True
            try:
                super().execute_job(job, queue)
            finally:
                self.busy = False
        else:
            log.warning("not a job of ours", job=job.id)
            job.delete()
        if self.workshop.stopping.is_set():
            raise StopRequested

    def _install_signal_handlers(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.workshop.stopping.set()
        if not self.busy:
            raise StopRequested


def work_for_redis(workshop: Workshop, url: str) -> None:
    """Do jobs as Redis calls, and without it while it is away, until a signal comes."""
    _workshops.append(workshop)
    Callers(workshop, url, doing=True).start()
    try:
        while not workshop.stopping.is_set():
            try:
                _work(workshop, url)
            except RedisError as error:
                log.warning("redis does not answer", error=str(error))
            workshop.stopping.wait(PAUSE)
    except StopRequested:
        return


def _work(workshop: Workshop, url: str) -> None:
    redis: Any = Redis.from_url(url, socket_connect_timeout=SECONDS)
    worker = OnlyOurs([QUEUE], connection=redis, serializer="json")
    worker.workshop = workshop
    worker.work(logging_level="ERROR")


def _is_ours(job: Message) -> bool:
    try:
        return bool(job.func_name == RUN)
    except DeserializationError:
        return False
