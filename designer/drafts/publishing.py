"""How does a draft become what people work with, and an earlier version the draft again?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from designer.drafts.editing import Edited, Step, keep_step
from designer.drafts.held import Held, held_draft, keep
from designer.drafts.plan_notices import DONE, OVERTAKEN, tell_who_planned
from engine.editing.apply import Refused, apply
from engine.editing.draft import Draft
from engine.editing.edits import Splice
from engine.editing.mending import mended
from engine.loading.folder import MANIFEST
from engine.problems import BrokenApp, Location, Problem
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.app_versions import AppVersion
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.migrate.install import install
from runtime.store.migrate.restoring import bring_back
from runtime.store.publish_plans import PublishPlan
from runtime.store.unit import Unit


@dataclass(frozen=True)
class Published:
    """A version that people work with now."""

    number: int
    mended: int
    """So many sample values no longer fitted and were left out."""


@dataclass(frozen=True)
class MovedOn:
    """Somebody edited the draft after what was looked at."""

    rev: int


REPLACED = Message("应用在这期间换了版本，草稿还是按原来的版本改的，不能直接发布")


class Settled(Exception):
    """The plan was carried out or called off meanwhile: all that was done for it must be undone."""


def publish(
    services: Services, actor: Actor, app: str, note: str, rev: int | None = None
) -> Published | Refused | MovedOn:
    """Install the draft: tables follow, what is dropped can be restored, and the version is kept.
    With `rev`, only if nobody has edited since that."""
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        package = unit.packages.one(app)
    if rev is not None and held.head.rev != rev:
        return MovedOn(held.head.rev)
    if package is not None and package.revision != held.head.base:
        return Refused((Problem(Location(MANIFEST), "edit.refused", REPLACED),))
    return put_online(services, actor, held, note)


def put_online(
    services: Services, actor: Actor, held: Held, note: str, plan: PublishPlan | None = None
) -> Published | Refused:
    """Install a draft as one transaction: tables, version, audit log, and what came of its plan.
    Raises Settled if the plan no longer waits."""
    try:
        whole = mended(held.draft)
    except BrokenApp as broken:
        return Refused(broken.problems)
    app = held.head.app
    installed = {path: text.encode() for path, text in whole.files.items()}
    with services.store.installation(whole.app) as unit:
        if not unit.app_versions.list(app):
            _keep_version(services, unit, app, _texts(unit.packages.files(app)), None, "")
        bring_back(unit, install(unit, whole.app, installed, services.now()))
        number = _keep_version(services, unit, app, whole.files, actor, note)
        _catch_up(services, unit, actor, held, whole.files)
        _settle(services, unit, actor, app, number, plan)
        _log(services, unit, actor, app, number)
    services.apps[app] = whole.app
    return Published(number, whole.gone)


def restore_version(
    services: Services, actor: Actor, app: str, number: int
) -> Edited | Refused | None:
    """Make the draft what a version was, as a step that can be undone; records are not touched,
    and publishing it brings dropped values back. None if there is no such version."""
    with services.store.reading() as unit:
        files = unit.app_versions.files(app, number)
    return None if files is None else _become(services, actor, app, files, "restore")


def throw_away(services: Services, actor: Actor, app: str) -> Edited | Refused:
    """Make the draft what is installed, as a step that can be undone."""
    with services.store.reading() as unit:
        files = _texts(unit.packages.files(app))
    return _become(services, actor, app, files, "discard")


def _become(
    services: Services, actor: Actor, app: str, files: Mapping[str, str],
    kind: Literal["restore", "discard"],
) -> Edited | Refused:  # fmt: skip
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        made = apply(held.draft, splices_between(held.draft, files))
        if isinstance(made, Refused):
            return made
        if made.splices:
            unit.drafts.clear_redo(app, actor.id)
            held = keep_step(services, unit, actor, held, Step(kind, made))
    keep(services, held)
    return Edited(held.draft, held.head.rev, made.touched)


def versions_of(services: Services, app: str) -> tuple[AppVersion, ...]:
    """Return the published versions of an app, the latest first."""
    with services.store.reading() as unit:
        return unit.app_versions.list(app)


def splices_between(draft: Draft, files: Mapping[str, str]) -> tuple[Splice, ...]:
    """Return what turns the files of a draft into others."""
    paths = sorted({*draft.files, *files})
    return tuple(
        Splice(path=path, at=0, removed=draft.files.get(path), added=files.get(path))
        for path in paths
        if draft.files.get(path) != files.get(path)
    )


def _settle(
    services: Services, unit: Unit, actor: Actor, app: str, number: int, plan: PublishPlan | None
) -> None:
    """Note what came of the plan; one that still waits is overtaken by what is published now."""
    if plan is not None:
        if not unit.publish_plans.settle(plan.id, "done", number):
            raise Settled
        tell_who_planned(services, unit, plan, DONE, number=number)
        return
    waiting = unit.publish_plans.waiting(app)
    if waiting is None:
        return
    unit.publish_plans.settle(waiting.id, "overtaken", number)
    if waiting.person != actor.id:
        tell_who_planned(services, unit, waiting, OVERTAKEN)


def _texts(files: Mapping[str, bytes]) -> Mapping[str, str]:
    return {path: content.decode("utf-8-sig") for path, content in files.items()}


def _keep_version(
    services: Services, unit: Unit, app: str, files: Mapping[str, str],
    actor: Actor | None, note: str,
) -> int:  # fmt: skip
    number = unit.app_versions.next_number(app)
    person = actor.id if actor else None
    version = AppVersion(app=app, number=number, at=services.now(), person=person, note=note)
    unit.app_versions.keep(app, files, version)
    return number


def _catch_up(
    services: Services, unit: Unit, actor: Actor, published: Held, files: Mapping[str, str]
) -> None:
    """Note that the draft is what was published, its sample data too; what somebody edited since
    stays an edit."""
    app = published.head.app
    package = unit.packages.one(app)
    unit.drafts.published(app, published.head.rev, package.revision if package else 0)
    held = held_draft(services, unit, app)
    made = apply(held.draft, splices_between(published.draft, files))
    if not isinstance(made, Refused) and made.splices:
        keep_step(services, unit, actor, held, Step("mend", made))


def _log(services: Services, unit: Unit, actor: Actor, app: str, number: int) -> None:
    now = services.now()
    data = {"number": number}
    unit.events.add(
        Event(id=new_id(now), at=now, kind="published", app=app, actor=actor.id, data=data)
    )
