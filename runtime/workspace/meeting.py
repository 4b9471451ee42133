"""What meets when an app becomes another version, and how is what comes of it installed?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from engine.app import App
from engine.editing.draft import Draft, open_draft
from engine.editing.line_splices import line_splices
from engine.editing.mending import Mended, mended
from engine.editing.merge import Choices, Merged, Stuck, merge
from engine.editing.three_way import Conflict
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.app_versions import AppVersion
from runtime.store.drafts import DraftHead, DraftStep
from runtime.store.ids import new_id
from runtime.store.migrate.change import Migration
from runtime.store.migrate.install import install
from runtime.store.migrate.restoring import bring_back, bring_back_texts


@dataclass(frozen=True)
class Sides:
    """What meets in an upgrade."""

    base: Draft
    """What both sides began with: the package as it was."""
    online: Draft
    """What people work with now."""
    draft: Draft | None
    """What designers are changing, if they have not published all of it."""
    new: Draft
    revision: int
    head: DraftHead | None

    def met(self, choices: Choices | None) -> tuple[Merged | Stuck, Merged | Stuck]:
        """Return what becomes of what is online and of the draft."""
        online = merge(self.base, self.online, self.new, choices)
        if self.draft is None:
            return online, online
        return online, merge(self.base, self.draft, self.new, choices)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How a version comes."""

    kind: str
    """What the log calls it."""
    person: str | None
    note: Callable[[Unit, Mapping[str, str]], None]
    """Writes, in the same transaction, what is to be known of it; it is given the files that are
    installed."""
    back_from: App | None = None
    """The newer version that is given up for it."""


def conflicts_in(*found: Merged | Stuck) -> tuple[Conflict, ...]:
    """Return what both sides changed, in what is online and in the draft, each thing once."""
    known = {one.target: one for each in found for one in each.conflicts}
    return tuple(known.values())


def sides_of(unit: Unit, new: Draft, since: Mapping[str, str] | None = None) -> Sides:
    """Return what an upgrade to a version meets. What both sides began with is the package as it
    came last, or `since`."""
    app = new.app.id
    package = unit.packages.one(app)
    head = unit.drafts.head(app)
    if package is None:
        return Sides(new, new, None, new, 0, head)
    online = open_draft(unit.packages.files(app), new.looked)
    base = since or unit.upgrades.base(app) or unit.app_versions.files(app, 1)
    edited = head is not None and unit.drafts.pending(app) > 0
    return Sides(
        base=open_draft(base, online.looked) if base is not None else online,
        online=online,
        draft=open_draft(unit.drafts.files(app), online.looked) if edited else None,
        new=new,
        revision=package.revision,
        head=head,
    )


@dataclass(frozen=True)
class PutIn:
    """What was installed, and what that did to the records."""

    whole: Mended
    report: Migration


def put_in(
    services: Services, sides: Sides, found: tuple[Merged, Merged], arrival: Arrival
) -> PutIn | None:
    """Install what was merged, as one transaction; None if somebody went on meanwhile, so that it
    must be merged anew. Raises BrokenApp if it does not load as a whole."""
    whole = mended(found[0].draft)
    app = whole.app
    with services.store.installation(app) as unit:
        fresh = _as_before(unit, app.id, sides)
        if fresh:
            done = PutIn(whole, _install(services, unit, whole, arrival))
            _keep_version(services, unit, whole, arrival.person)
            _follow(services, unit, sides, found[1].draft, arrival.person)
            version = app.definition.version
            kind = arrival.kind if sides.revision else "installed"
            log(services, unit, app.id, kind, version, arrival.person)
        else:
            unit.rollback()
    if fresh:
        services.apps[app.id] = app
        return done
    if app.id in services.apps:
        services.store.serve(services.apps[app.id])
    return None


def log(
    services: Services, unit: Unit, app: str, kind: str, version: str, person: str | None
) -> None:
    """Note what somebody did about a version of an app."""
    now = services.now()
    data: dict[str, Any] = {"version": version}
    unit.events.add(Event(id=new_id(now), at=now, kind=kind, app=app, actor=person, data=data))


def _install(services: Services, unit: Unit, whole: Mended, arrival: Arrival) -> Migration:
    packed = {path: text.encode() for path, text in whole.files.items()}
    report = install(unit, whole.app, packed, services.now(), arrival.back_from)
    bring_back(unit, report)
    if arrival.back_from is not None:
        bring_back_texts(unit, report)
    arrival.note(unit, whole.files)
    return report


def _as_before(unit: Unit, app: str, sides: Sides) -> bool:
    package = unit.packages.one(app)
    head = unit.drafts.head(app, hold=True)
    rev = (head.rev, head.base) if head else None
    known = (sides.head.rev, sides.head.base) if sides.head else None
    return (package.revision if package else 0) == sides.revision and rev == known


def _keep_version(services: Services, unit: Unit, whole: Mended, person: str | None) -> None:
    """Where versions are kept, this is one too."""
    app = whole.app.id
    if unit.app_versions.list(app):
        number, note = unit.app_versions.next_number(app), whole.app.definition.version
        version = AppVersion(app=app, number=number, at=services.now(), person=person, note=note)
        unit.app_versions.keep(app, whole.files, version)


def _follow(services: Services, unit: Unit, sides: Sides, after: Draft, person: str | None) -> None:
    """Let the draft be what it becomes, as a step that is nobody's edit."""
    if sides.draft is None or sides.head is None:
        return
    app, seq = sides.head.app, sides.head.rev + 1
    splices = line_splices(sides.draft.files, after.files)
    paths = sorted({one.path for one in splices})
    step = DraftStep(
        app=app, seq=seq, kind="upgrade", person=person or "", at=services.now(), edits=[],
        splices=[msgspec.to_builtins(one) for one in splices],
        touched=[[path] for path in paths], state="gone", last=seq,
    )  # fmt: skip
    unit.drafts.add(step, {path: after.files.get(path) for path in paths})
    package = unit.packages.one(app)
    unit.drafts.published(app, sides.head.published, package.revision if package else 0)
