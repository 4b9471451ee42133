"""Do the scenarios of a package come out here as they are told, before it is installed?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version as version_of

from engine.packages.manifest import PLATFORM
from engine.packages.package import Package
from engine.record import Actor
from runtime.market.catalogue import Offering
from runtime.scenarios.run import play_scenarios
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.store.package_checks import PackageCheck
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import read_people

JOB = "check_package"
LONGEST = 1800.0
"""Seconds; what has not been played by then counts as failed."""
MOST_TOLD = 20
SCHEMA = "schema"

Progress = Callable[[int, int], None]


def checks_of(services: Services, digests: Iterable[str]) -> Mapping[str, PackageCheck]:
    """Return by digest what came of the packages that were tried here, as the platform is now."""
    with services.store.reading() as unit:
        return unit.package_checks.of(digests, version_of(PLATFORM))


def start_check(services: Services, actor: Actor, found: Offering) -> str:
    """Try the newest version of an app in the background, and return the job; a try of the same
    bytes that is under way goes on instead."""
    digest = found.latest.sha256
    under_way = latest_job(services, actor, JOB, digest)
    if under_way is not None and under_way.open:
        return under_way.id
    given = {"package": found.entry.app, "source": found.source.id, "digest": digest}
    with services.store.unit() as unit:
        return unit.jobs.save(JOB, given, services.now(), person=actor.id)


def latest_job(services: Services, actor: Actor, kind: str, digest: str) -> Job | None:
    """Return the latest work of a kind that somebody asked for on a package."""
    with services.store.reading() as unit:
        jobs = unit.jobs.of_person(actor.id, (kind,))
    return next((job for job in jobs if job.arguments.get("digest") == digest), None)


def check_package(
    services: Services, package: Package, digest: str, progress: Progress
) -> PackageCheck:
    """Play every scenario of a package in workspaces that are thrown away, on the database that
    this workspace has; nothing goes out. What came of it is noted and returned."""
    app = package.app
    files = {name: it for name, it in package.files.items() if name.endswith(".yaml")}
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    total, passed = len(app.scenarios), set[int]()
    until = time.monotonic() + LONGEST
    progress(0, total)
    played = play_scenarios(app, files, people, range(total), _database(services))
    for done, result in enumerate(played, 1):
        if result.passed:
            passed.add(result.number)
        progress(done, total)
        if time.monotonic() > until:
            break
    failed = [one.scenario for at, one in enumerate(app.scenarios) if at not in passed]
    found = PackageCheck(
        digest=digest,
        platform=version_of(PLATFORM),
        database=services.store.dialect,
        passed=len(passed),
        total=total,
        failed=failed[:MOST_TOLD],
        at=services.now(),
    )
    with services.store.unit() as unit:
        unit.package_checks.keep(found)
    return found


def _database(services: Services) -> str | None:
    """Return where scenarios get schemas of their own; None is files of their own."""
    if services.store.dialect == "sqlite":
        return None
    address, _, query = services.settings.database_url.partition("?")
    kept = "&".join(one for one in query.split("&") if one and not one.startswith(f"{SCHEMA}="))
    return f"{address}?{kept}" if kept else address
