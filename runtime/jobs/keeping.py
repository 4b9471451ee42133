"""How does a process keep a job while it is at work on it, and no longer?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from runtime.jobs.kind import Task

OFTEN = 3
"""How often the lease of a job is renewed within its own length."""

log = structlog.get_logger()


@contextmanager
def kept(task: Task, silent: float) -> Iterator[None]:
    """Renew the lease while the block runs, however long one step of it takes; not once it has
    said nothing of its progress for too long."""
    done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(task, silent, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _keep(task: Task, silent: float, done: threading.Event) -> None:
    while not done.wait(task.seconds / OFTEN) and task.silent_for() < silent:
        try:
            if not task.beat():
                return
        except Exception:
            # The database may be away for a moment; until the lease ends there is time.
            log.exception("a job could not be kept", job=task.job.id)
