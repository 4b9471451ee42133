"""How is something tried on a copy of the whole workspace that nobody else sees?"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.loading.load import load_app
from runtime.services import Services
from runtime.store.copying import (
    beside,
    copy_schema,
    copy_workspace,
    drop_schema,
    schemas_like,
)
from runtime.workspace.open import open_workspace

NAME = "rehearsal_"
DAY = 86_400
SQLITE = "sqlite:///"
ROOM = 3
"""So many times the size of a database must be free for a copy and what becomes of it."""


class NoRoom(Exception):
    """The disk has no room for a copy."""


@contextmanager
def copied(services: Services) -> Iterator[Services]:
    """Open a copy of all records and apps as they are at this moment; it is gone when the block
    ends. The original is only read, and nobody does the work that is due in the copy. Raises
    NoRoom."""
    _forget_stale(services)
    name = f"{NAME}{int(services.now().timestamp())}_{secrets.token_hex(4)}"
    home = _place(services) / name
    home.mkdir(mode=0o700, parents=True)
    try:
        if services.store.dialect == "sqlite":
            yield from _in_file(services, home)
        else:
            yield from _in_schema(services, home, name)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _in_file(services: Services, home: Path) -> Iterator[Services]:
    source = Path(services.settings.database_url.removeprefix(SQLITE))
    if shutil.disk_usage(home).free < ROOM * source.stat().st_size:
        raise NoRoom
    copy_workspace(source, home / "copy.db")
    yield from _opened(services, home, f"{SQLITE}{home / 'copy.db'}")


def _in_schema(services: Services, home: Path, name: str) -> Iterator[Services]:
    url = beside(services.settings.database_url, name)
    try:
        for empty in _opened(services, home, url):
            for app in _installed(services):
                empty.store.install(load_app(app, checked=True), app, services.now())
            copy_schema(services.store, empty.store)
        yield from _opened(services, home, url)
    finally:
        drop_schema(services.store, name)


def _installed(services: Services) -> list[dict[str, bytes]]:
    with services.store.reading() as unit:
        return [dict(unit.packages.files(one.app)) for one in unit.packages.list()]


def _opened(services: Services, home: Path, url: str) -> Iterator[Services]:
    settings = replace(services.settings, home=home, database_url=url, redis_url=None)
    copy = open_workspace(settings, services.clock)
    try:
        yield copy
    finally:
        copy.store.close()


def _place(services: Services) -> Path:
    return services.settings.home / "rehearsing"


def _forget_stale(services: Services) -> None:
    """Remove what a process that died left behind."""
    now = services.now().timestamp()

    def stale(name: str) -> bool:
        at = name.removeprefix(NAME).partition("_")[0]
        return name.startswith(NAME) and at.isdigit() and int(at) + DAY < now

    folders = _place(services).glob(f"{NAME}*")
    for folder in [one for one in folders if stale(one.name)]:
        shutil.rmtree(folder, ignore_errors=True)
    if services.store.dialect == "postgresql":
        for name in filter(stale, schemas_like(services.store, NAME)):
            drop_schema(services.store, name)
