"""Which work on an import is done while the person waits?"""

from __future__ import annotations

from runtime.jobs.workshop import Workshop
from runtime.services import Services
from runtime.store.imports import ImportRun

SMALL = 64 * 1024
"""Files up to so many bytes are dealt with at once."""


def work_at_once(services: Services, run: ImportRun) -> None:
    """Do what was left for later now, if the file is small."""
    with services.store.reading() as unit:
        file = unit.files.one(run.file)
    if run.job and file is not None and file.size <= SMALL:
        Workshop(services=services).run(run.job)
