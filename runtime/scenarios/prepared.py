"""How does a workspace to try an app in come about, without being made anew each time?"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from engine.app import App
from runtime.scenarios.cast import cast
from runtime.scenarios.world import NOBODY_SIGNS_IN, Clock, open_scratch, services_of
from runtime.store.copying import copy_workspace
from runtime.workspace.demo_data import Ids, install_demo
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import PeopleFile, add_people, read_people

WORKSPACE, FILES, NAMES = "workspace.db", "files", "names.json"
KEPT = timedelta(days=1)
"""So long one is kept that nobody asked for again."""
Known = dict[str, tuple[str, str]]
"""Form and id of records by the names that no record of another form has too."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What a workspace to try an app in is made of."""

    app: App
    files: Mapping[str, bytes]
    start: datetime
    """What its clock shows in the beginning."""
    demo: bool = True
    """With the sample records, not only the sample people."""

    @property
    def key(self) -> str:
        """What tells it from all others."""
        found = hashlib.sha256(f"{self.app.id} {self.start.isoformat()} {self.demo}".encode())
        found.update(demo_people().read_bytes())
        for path, content in sorted(self.files.items()):
            found.update(hashlib.sha256(path.encode()).digest() + hashlib.sha256(content).digest())
        return found.hexdigest()[:32]


def prepared(sample: Sample, folder: Path, target: Path) -> Known:
    """Make a workspace with an app, its people and its sample records in the file `target`, and
    return the records that can be named. What was made before lies in `folder` and is copied:
    only the first one of each takes its time. Raises BadDemoData."""
    made = folder / sample.key
    if not made.exists():
        _make(sample, folder, made)
    os.utime(made)
    copy_workspace(made / WORKSPACE, target)
    if (made / FILES).exists():
        shutil.copytree(made / FILES, target.with_name(FILES), dirs_exist_ok=True)
    return msgspec.json.decode((made / NAMES).read_bytes(), type=Known)


def forget_prepared(folder: Path, now: datetime) -> None:
    """Remove what nobody asked for again in a day."""
    for made in folder.iterdir() if folder.exists() else ():
        if made.stat().st_mtime < (now - KEPT).timestamp():
            shutil.rmtree(made, ignore_errors=True)


def _make(sample: Sample, folder: Path, made: Path) -> None:
    """Make it aside and put it there whole: another process may be making the same."""
    aside = folder / f"{secrets.token_hex(8)}.new"
    aside.mkdir(mode=0o700, parents=True)
    try:
        known = _nameable(_filled(sample, aside / WORKSPACE))
        (aside / NAMES).write_bytes(msgspec.json.encode(known))
        aside.rename(made)
    except OSError:
        if not made.exists():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _filled(sample: Sample, path: Path) -> Ids:
    store = open_scratch(path)
    try:
        with store.unit() as unit:
            add_people(unit, cast(_players(), sample.app), NOBODY_SIGNS_IN, sample.start)
        store.install(sample.app, sample.files, sample.start)
        if not sample.demo:
            return {}
        services = services_of(sample.app, store, path, Clock(sample.start))
        with store.unit() as unit:
            return install_demo(services, unit, sample.app)
    finally:
        store.close()


def _nameable(ids: Ids) -> Known:
    names = [name for _, name in ids]
    return {name: (form, id_) for (form, name), id_ in ids.items() if names.count(name) == 1}


def _players() -> PeopleFile:
    path = demo_people()
    return read_people(path.read_text(encoding="utf-8"), path.name)
