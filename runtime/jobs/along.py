"""Who does jobs in a process that serves pages?"""

from __future__ import annotations

from types import ModuleType

from runtime.jobs.kinds import kinds
from runtime.jobs.threads import Workers
from runtime.jobs.workshop import Workshop
from runtime.logs import log_plainly
from runtime.services import Services


def work_along(services: Services, *more: ModuleType) -> None:
    """Do jobs in threads of this process, as many as the settings say, of the kinds of some more
    packages too; with Redis, call the workers to what this process leaves."""
    log_plainly()
    settings, workshop = services.settings, Workshop(services=services, kinds=kinds(*more))
    if settings.job_threads:
        workshop.prepare()
        Workers(workshop, settings.job_threads).start()
    if settings.redis_url:
        from runtime.jobs.queue import Callers  # noqa: PLC0415 - RQ is not needed without Redis

        Callers(workshop, settings.redis_url, doing=False).start()
