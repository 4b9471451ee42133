"""Who looks for work in a process that stays alive?"""

from __future__ import annotations

import threading

import structlog

from runtime.jobs.workshop import Workshop

PAUSE = 1.0
"""Seconds between two looks when nobody says that there is work."""
AFTER_TROUBLE = 2.0

log = structlog.get_logger()


class Workers:
    """Threads that do what is due, until they are stopped."""

    def __init__(self, workshop: Workshop, count: int) -> None:
        self._workshop = workshop
        self._threads = [
            threading.Thread(target=self._work, name=f"job-{n}", daemon=True) for n in range(count)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Begin nothing new, give back what can be given back, and wait for the rest."""
        self._workshop.stopping.set()
        self._workshop.services.store.work.set()
        for thread in self._threads:
            thread.join(seconds)

    def _work(self) -> None:
        bell, stopping = self._workshop.services.store.work, self._workshop.stopping
        found = False
        while not stopping.is_set():
            bell.clear()
            try:
                found = self._workshop.run_next(likely=found)
                if not found:
                    bell.wait(PAUSE)
            except Exception:
                found = False
                # The database may be away for a while.
                log.exception("jobs can't be looked for")
                stopping.wait(AFTER_TROUBLE)
