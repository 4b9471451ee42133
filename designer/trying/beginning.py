"""With what does a sandbox begin: sample data, nothing, or copies of real records?"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from designer.drafts.editing import open_held
from designer.trying.copied import copy_calendar, copy_people, copy_records
from designer.trying.scratch import KEPT, PLAYED, folder_of, forget, held, throw_away
from designer.trying.story import Kind, Story, read_story, write_story
from engine.app import App
from engine.editing.mending import Mended, mended
from engine.record import Actor
from runtime.scenarios.prepared import Sample, forget_prepared, prepared
from runtime.scenarios.run import BEAT
from runtime.scenarios.world import NOBODY_SIGNS_IN, ZONE, open_scratch
from runtime.services import Services
from runtime.store.copying import copy_workspace
from runtime.workspace.demo_data import BadDemoData, people_by_login

JOB, CLOSING = "open_trial", "close_trial"
PREPARED = "trying/prepared"
DAY = timedelta(days=1)
"""So long a sandbox is kept."""
SATURDAY = 5


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
    forget_prepared(services.settings.home / PREPARED, services.now())


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
    try:
        known = _filled(services, actor, whole, folder / PLAYED, story)
    except BadDemoData as bad:
        return replace(story, problem=str(bad))
    copy_workspace(folder / PLAYED, folder / KEPT)
    ready = replace(
        story, ready=True, known=known, now=story.start + BEAT, who=_first(folder, whole.app)
    )
    (folder / "kept").mkdir(exist_ok=True)
    write_story(folder / "kept", ready)
    return ready


def _filled(
    services: Services, actor: Actor, whole: Mended, path: Path, story: Story
) -> dict[str, tuple[str, str]]:
    files = {name: text.encode() for name, text in whole.files.items()}
    if story.kind != "real":
        made = Sample(app=whole.app, files=files, start=story.start, demo=story.kind == "demo")
        return prepared(made, services.settings.home / PREPARED, path)
    store = open_scratch(path)
    try:
        with services.store.reading() as outside, store.unit() as unit:
            copy_people(outside, unit, whole.app.id, NOBODY_SIGNS_IN, story.start)
            copy_calendar(outside, unit, story)
        store.install(whole.app, files, story.start)
        copy_records(services, actor, store, whole.app)
    finally:
        store.close()
    return {}


def _first(folder: Path, app: App) -> str:
    """Return who looks at first: somebody who may make records."""
    store = open_scratch(folder / PLAYED)
    with store.reading() as unit:
        people = people_by_login(unit)
    store.close()
    for login, actor in people.items():
        mine = actor.roles_in(app.id)
        grants = (form.definition.access.get(role) for form in app.forms.values() for role in mine)
        if any(grant and grant.create for grant in grants):
            return login
    return next(iter(people))
