"""Which old jobs, files of jobs, keys of acts and messages are kept no longer?"""

from __future__ import annotations

from datetime import timedelta

from runtime.jobs.kind import Again, Ended, Kind, Task
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.store.public_links import ACTOR
from runtime.use_cases.tries import FORGOTTEN_AFTER

ROWS_KEPT = timedelta(days=30)
MESSAGES_KEPT = timedelta(days=365)
"""How long it is known what became of a message, and of those that were read, what they said."""
KEYS_KEPT = timedelta(days=7)
"""How long an act that is sent again with its key is known."""
COPIES_SEEN = timedelta(days=30)
"""How long somebody may go on reading what they got a copy of, after they said that they know."""
PACES_KEPT = timedelta(days=2)
"""How long it is known how much came by a link."""
UPLOADS_KEPT = timedelta(days=1)
"""How long a file is kept that somebody outside uploaded, and did not send with the page."""
EVERY = 3600.0


def tidy(task: Task) -> Ended:
    """Remove the files that are past their days or that no job names, and forget old jobs, keys
    of acts and messages, and what was uploaded and not sent."""
    services = task.services
    now = services.now()
    files = services.store.job_files
    names = dict(files.names())
    with services.store.reading() as unit:
        jobs = {job.id: job for job in unit.jobs.by_ids(names.values())}
    for name, id_ in names.items():
        if not _is_kept(services, jobs.get(id_), name):
            files.remove(name)
    with services.store.unit() as unit:
        unit.approvals.put_copies_away(now - COPIES_SEEN)
        unit.failed_tries.forget(now - FORGOTTEN_AFTER)
        unit.paces.forget(now - PACES_KEPT)
        unit.idempotency.forget_before(now - KEYS_KEPT)
        unit.notices.forget(now - MESSAGES_KEPT)
        unit.connectors.forget(now - MESSAGES_KEPT)
        unit.hooks.forget(now - KEYS_KEPT)
        unit.jobs.forget(now - max(ROWS_KEPT, timedelta(days=services.settings.job_file_days)))
    _forget_uploads(services)
    return Again(EVERY)


def _forget_uploads(services: Services) -> None:
    """Forget what people outside uploaded and did not send."""
    with services.store.unit() as unit:
        left = unit.files.unused(services.now() - UPLOADS_KEPT, by=ACTOR)
        bare = [one.sha256 for one in left if unit.files.forget(one.id)]
    # Bytes go last: a crash before leaves some that nothing needs, never a file without them.
    for digest in bare:
        services.store.files.remove_old(digest)


def _is_kept(services: Services, job: Job | None, name: str) -> bool:
    if job is None:
        return False
    if job.open or job.ended_at is None:
        # An attempt may be writing it at this moment.
        return True
    days = timedelta(days=services.settings.job_file_days)
    return job.result.get("file") == name and job.ended_at > services.now() - days


KIND = Kind(work=tidy)
