"""How does a process do nothing but jobs?"""

from __future__ import annotations

import signal
import threading

from runtime.jobs.threads import Workers
from runtime.jobs.workshop import Workshop

PATIENCE = 20.0
"""Seconds for jobs under way when a signal comes; they are given back as soon as they can be."""


def work_alone(workshop: Workshop, threads: int) -> None:
    """Do jobs until a signal comes."""
    workshop.prepare()
    url = workshop.services.settings.redis_url
    if url:
        from runtime.jobs.queue import work_for_redis  # noqa: PLC0415 - not needed without Redis

        work_for_redis(workshop, url)
        return
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    workers = Workers(workshop, threads)
    workers.start()
    ending.wait()
    workers.stop(PATIENCE)
