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
from runtime.scenarios.world import ZONE, Clock, Named, World, open_scratch, services_of
from runtime.services import Services
from runtime.store import Store
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
    store: Store
    people: Mapping[str, Actor]


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
        scratch = Scratch(folder, story, _world(folder, story))
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
        known.store.close()


def _world(folder: Path, story: Story) -> World:
    opened = _opened(folder, story)
    path = folder / PLAYED
    clock = Clock(story.now)
    services = services_of(opened.app, opened.store, path, clock)
    if story.zone != ZONE:
        services = _in_zone(services, story.zone)
    return World(services, opened.app, clock, opened.people, _named(opened.app, story))


def _in_zone(services: Services, zone: str) -> Services:
    settings = replace(services.settings, zone=zone)
    return replace(services, settings=settings, calendar=WorkspaceCalendar(services.store, zone))


def _named(app: App, story: Story) -> dict[str, Named]:
    return {name: Named(app.forms[form], id_) for name, (form, id_) in story.known.items()}


def _opened(folder: Path, story: Story) -> Opened:
    known = _OPENED.get(folder)
    if known is not None and known.token == story.token:
        return known
    forget(folder)
    store = open_scratch(folder / PLAYED)
    with store.reading() as unit:
        app = load_app(unit.packages.files(story.app), checked=True)
        people = people_by_login(unit)
    store.serve(app)
    opened = _OPENED[folder] = Opened(story.token, app, store, people)
    return opened
