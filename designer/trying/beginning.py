"""With what does a sandbox begin: sample data, nothing, or copies of real records?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from designer.drafts.editing import open_held
from designer.trying.copied import copy_calendar, copy_people, copy_records
from designer.trying.scratch import KEPT, PLAYED, folder_of, forget, held, throw_away
from designer.trying.story import Kind, Story, read_story, write_story
from engine.app import App
from engine.editing.mending import mended
from engine.record import Actor
from runtime.scenarios.cast import cast
from runtime.scenarios.run import BEAT
from runtime.scenarios.world import NOBODY_SIGNS_IN, ZONE, Clock, open_scratch, services_of
from runtime.services import Services
from runtime.store import Store
from runtime.store.copying import copy_workspace
from runtime.workspace.demo_data import BadDemoData, Ids, install_demo, people_by_login
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import PeopleFile, add_people, read_people

JOB, CLOSING = "open_trial", "close_trial"
DAY = timedelta(days=1)
"""So long a sandbox is kept."""
SATURDAY = 5


@dataclass(frozen=True)
class Made:
    """What a sandbox is made of."""

    app: App
    files: Mapping[str, bytes]
    store: Store
    path: Path


def begin_trial(services: Services, actor: Actor, app: str, kind: Kind) -> Story:
    """Begin a sandbox anew; what takes its time is done in the background."""
    folder = folder_of(services, actor.id, app)
    throw_away(folder)
    now = services.now()
    start = now if kind == "real" else working_morning(services.local(now))
    story = Story(
        app=app,
        person=actor.id,
        kind=kind,
        rev=open_held(services, app).head.rev,
        token=secrets.token_hex(8),
        made_at=now,
        zone=services.settings.zone if kind == "real" else ZONE,
        start=start,
        now=start,
    )
    with held(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_story(folder, story)
    given = {"app": app, "person": actor.id, "token": story.token}
    with services.store.unit() as unit:
        unit.jobs.save(JOB, given, now, person=actor.id)
        unit.jobs.save(CLOSING, given, now, due=now + DAY)
    return story


def working_morning(now: datetime) -> datetime:
    """Return nine o'clock of this day, or of the Monday that follows a weekend."""
    later = 7 - now.weekday() if now.weekday() >= SATURDAY else 0
    return (now + later * DAY).replace(hour=9, minute=0, second=0, microsecond=0)


def make_trial(services: Services, actor: Actor, app: str, token: str) -> bool:
    """Make the sandbox that somebody began; False if they began another one since."""
    folder = folder_of(services, actor.id, app)
    with held(folder):
        story = read_story(folder)
        if story is None or story.token != token:
            return False
        if not story.ready:
            write_story(folder, _ready(services, actor, folder, story))
    return True


def close_trial(services: Services, person: str, app: str, token: str) -> None:
    """Throw a sandbox away, unless another one was begun since."""
    folder = folder_of(services, person, app)
    story = read_story(folder)
    if story is not None and story.token == token:
        throw_away(folder)


def back_to_start(folder: Path, story: Story) -> Story:
    """Make a sandbox what it was in the beginning."""
    copy_workspace(folder / KEPT, folder / PLAYED)
    known = read_story(folder / "kept")
    assert known is not None
    return replace(known, who=story.who)


def _ready(services: Services, actor: Actor, folder: Path, story: Story) -> Story:
    forget(folder)
    for name in (PLAYED, KEPT):
        (folder / name).unlink(missing_ok=True)
    whole = mended(open_held(services, story.app).draft)
    files = {path: text.encode() for path, text in whole.files.items()}
    store = open_scratch(folder / PLAYED)
    made = Made(whole.app, files, store, folder / PLAYED)
    try:
        known = _filled(services, actor, made, story)
        with store.reading() as unit:
            people = people_by_login(unit)
    except BadDemoData as bad:
        return replace(story, problem=str(bad))
    finally:
        store.close()
    copy_workspace(folder / PLAYED, folder / KEPT)
    ready = replace(
        story, ready=True, known=known, now=story.start + BEAT, who=_first(people, whole.app)
    )
    (folder / "kept").mkdir(exist_ok=True)
    write_story(folder / "kept", ready)
    return ready


def _filled(
    services: Services, actor: Actor, made: Made, story: Story
) -> dict[str, tuple[str, str]]:
    if story.kind == "real":
        with services.store.reading() as outside, made.store.unit() as unit:
            copy_people(outside, unit, made.app.id, NOBODY_SIGNS_IN, story.start)
            copy_calendar(outside, unit, story)
        made.store.install(made.app, made.files, story.start)
        copy_records(services, actor, made.store, made.app)
        return {}
    with made.store.unit() as unit:
        add_people(unit, cast(_players(), made.app), NOBODY_SIGNS_IN, story.start)
    made.store.install(made.app, made.files, story.start)
    if story.kind == "blank":
        return {}
    inside = services_of(made.app, made.store, made.path, Clock(story.start))
    with made.store.unit() as unit:
        ids = install_demo(inside, unit, made.app)
    return _nameable(ids)


def _nameable(ids: Ids) -> dict[str, tuple[str, str]]:
    """Return the records whose name no record of another form has too."""
    names = [name for _, name in ids]
    return {name: (form, id_) for (form, name), id_ in ids.items() if names.count(name) == 1}


def _players() -> PeopleFile:
    path = demo_people()
    return read_people(path.read_text(encoding="utf-8"), path.name)


def _first(people: Mapping[str, Actor], app: App) -> str:
    """Return who looks at first: somebody who may make records."""
    for login, actor in people.items():
        mine = actor.roles_in(app.id)
        grants = (form.definition.access.get(role) for form in app.forms.values() for role in mine)
        if any(grant and grant.create for grant in grants):
            return login
    return next(iter(people))
