"""What has a person asked for that is done in the background, and what came of it?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from engine.access.sight import sight_of
from engine.outcomes import Missing
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.use_cases import exporting
from runtime.use_cases.act import Act
from runtime.use_cases.documents import wanted
from runtime.use_cases.read_record import view_record

SHOWN_KINDS = (
    "export_records",
    "check_import",
    "run_import",
    "undo_import",
    "sweep_records",
    "make_document",
    "hand_over_fields",
    "give_handover",
    "check_package",
    "prepare_trial",
    "install_package",
    "remove_samples",
    "uninstall_app",
)
"""What people ask for themselves; all other work is the system's own."""
MOST = 50


def own_jobs(services: Services, act: Act) -> tuple[Job, ...]:
    """Return what the person asked for, latest first."""
    with services.store.reading() as unit:
        return unit.jobs.of_person(act.actor.id, SHOWN_KINDS, limit=MOST)


def own_job(services: Services, act: Act, id_: str) -> Job | Missing:
    """Return one thing that the person asked for; what others asked for is not there."""
    with services.store.reading() as unit:
        job = unit.jobs.one(id_)
    if job is None or job.person != act.actor.id or job.kind not in SHOWN_KINDS:
        return Missing()
    return job


def retry_job(services: Services, act: Act, id_: str) -> bool:
    """Do something that failed once more."""
    with services.store.unit() as unit:
        return unit.jobs.retry(id_, act.actor.id)


def job_file(services: Services, act: Act, id_: str) -> tuple[Path, str] | Missing:
    """Return the file that was made, and what it is called: for who asked for it, for some days,
    and only while they still have the right that it took."""
    job = own_job(services, act, id_)
    if isinstance(job, Missing) or job.state != "done" or has_expired(services, job):
        return Missing()
    if job.kind == exporting.KIND and not _may_still_export(services, act, job):
        return Missing()
    if job.kind == wanted.KIND and not _may_still_see(services, act, job):
        return Missing()
    path = services.store.job_files.path(str(job.result.get("file", "")))
    return (path, str(job.result.get("name", ""))) if path else Missing()


def has_expired(services: Services, job: Job) -> bool:
    """Tell whether the file of a job is kept no longer."""
    days = timedelta(days=services.settings.job_file_days)
    return job.ended_at is not None and job.ended_at + days < services.now()


def _may_still_see(services: Services, act: Act, job: Job) -> bool:
    wish = wanted.read_wish(job.arguments)
    form = services.form(wish.app, wish.form)
    return form is not None and not isinstance(
        view_record(services, act, form, wish.record), Missing
    )


def _may_still_export(services: Services, act: Act, job: Job) -> bool:
    asked = exporting.read_export(job.arguments)
    form = services.form(asked.app, asked.form)
    return form is not None and sight_of(form, act.actor).export
