"""Where is somebody's sandbox, and how is it opened, changed by one at a time, and thrown away?"""

from __future__ import annotations

import fcntl
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from designer.trying.story import Story, read_story, write_story
from engine.app import App
from engine.loading.load import load_app
from engine.record import Actor
from runtime.app import build_app
from runtime.scenarios.world import Clock, Named, World, open_scratch, services_of
from runtime.services import Services
from runtime.web.inside import Inside
from runtime.work_calendar import WorkspaceCalendar
from runtime.workspace.demo_data import people_by_login

PLAYED, KEPT = "played.db", "kept.db"
"""The database as it is, and as it was in the beginning."""


@dataclass
class Scratch:
    """One sandbox while it is held."""

    folder: Path
    story: Story
    world: World
    pages: Inside
    """The pages of the workspace that is tried."""

    @property
    def app(self) -> App:
        """The app as it was drafted when the sandbox was made."""
        return self.world.app

    def named(self) -> dict[str, Named]:
        """Return the records that have names in the story."""
        return _named(self.app, self.story)

    def beginning(self) -> Mapping[str, tuple[str, str]]:
        """Return the records that had names before the first step."""
        kept = read_story(self.folder / "kept")
        return kept.known if kept else {}


@dataclass(frozen=True)
class Opened:
    """What of a sandbox a process need not read again."""

    token: str
    app: App
    services: Services
    clock: Clock
    people: Mapping[str, Actor]
    pages: Inside


_OPENED: dict[Path, Opened] = {}
_LOCKS: dict[Path, threading.RLock] = defaultdict(threading.RLock)


def folder_of(services: Services, person: str, app: str) -> Path:
    """Return where the sandbox of a person and an app lies, if there is one."""
    return services.settings.home / "trying" / f"{app}.{person}"


def story_of(services: Services, person: str, app: str) -> Story | None:
    """Return what somebody's sandbox of an app has come to."""
    return read_story(folder_of(services, person, app))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep everybody else from a sandbox, in other processes too."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _LOCKS[folder], (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def scratch_of(services: Services, person: str, app: str) -> Iterator[Scratch | None]:
    """Hold a sandbox that is ready; what became of its story is kept in the end."""
    folder = folder_of(services, person, app)
    with held(folder):
        story = read_story(folder)
        if story is None or not story.ready:
            forget(folder)
            yield None
            return
        opened = _opened(services, folder, story)
        opened.clock.now = story.now
        named = _named(opened.app, story)
        world = World(opened.services, opened.app, opened.clock, opened.people, named)
        scratch = Scratch(folder, story, world, opened.pages)
        yield scratch
        if scratch.story is not story:
            write_story(folder, scratch.story)


def throw_away(folder: Path) -> None:
    """Remove a sandbox and all that is in it."""
    with held(folder):
        forget(folder)
        shutil.rmtree(folder, ignore_errors=True)


def forget(folder: Path) -> None:
    """Let go of what this process holds of a sandbox."""
    known = _OPENED.pop(folder, None)
    if known is not None:
        known.services.store.close()


def _named(app: App, story: Story) -> dict[str, Named]:
    return {name: Named(app.forms[form], id_) for name, (form, id_) in story.known.items()}


def _opened(outside: Services, folder: Path, story: Story) -> Opened:
    known = _OPENED.get(folder)
    if known is not None and known.token == story.token:
        return known
    forget(folder)
    path = folder / PLAYED
    store = open_scratch(path)
    with store.reading() as unit:
        app = load_app(unit.packages.files(story.app), checked=True)
        people = people_by_login(unit)
    store.serve(app)
    clock = Clock(story.now)
    services = _as_outside(services_of(app, store, path, clock), outside, story)
    pages = Inside(build_app(services), services, f"/design/{story.app}/try/in")
    opened = _OPENED[folder] = Opened(story.token, app, services, clock, people, pages)
    return opened


def _as_outside(services: Services, outside: Services, story: Story) -> Services:
    """Let a sandbox be reached as the workspace around it is, in the zone of its story."""
    given = outside.settings
    settings = replace(
        services.settings, zone=story.zone, https=given.https, max_upload=given.max_upload
    )
    calendar = WorkspaceCalendar(services.store, story.zone)
    return replace(services, settings=settings, calendar=calendar)
