"""From which workspace that was prepared before does a test's own one come?"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import psycopg
from sqlalchemy.engine import make_url

RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()

_numbers = count(1)
_folders: dict[tuple[str, str], TemporaryDirectory[str]] = {}
_databases: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Origin:
    """What the workspace of many tests looks like before they begin."""

    name: str
    """Two that are called the same are the same."""
    prepare: Callable[[Path, str | None], None]
    """Make it in a folder, and in an empty database or the folder's own; leave nothing open."""


def start_from_origin(origin: Origin, folder: Path, database_url: str | None) -> None:
    """Fill a folder, and an empty database or the folder's own, with a copy of the origin.

    It is made when it is asked for first; copying takes a small part of that time.
    """
    server, database = _divided(database_url)
    if not server:
        shutil.copytree(_made_once(origin), folder, dirs_exist_ok=True)
        return
    known = _folders.get((origin.name, server))
    if known is None:
        known = _folders[origin.name, server] = TemporaryDirectory(prefix="origin-")
        origin.prepare(Path(known.name), _empty_database(origin, server))
    shutil.copytree(known.name, folder, dirs_exist_ok=True)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {database} WITH (FORCE)")
        template = _databases[origin.name, server]
        admin.execute(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY FILE_COPY")


def _made_once(origin: Origin) -> Path:
    """Return the folder of an origin, which the first process of the run that needs it makes."""
    made = _together() / sha256(origin.name.encode()).hexdigest()[:32]
    with _alone(made.with_suffix(".lock")):
        if not made.exists():
            begun = made.with_suffix(f".{os.getpid()}")
            begun.mkdir()
            origin.prepare(begun, None)
            begun.rename(made)
    return made


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_origins() -> None:
    """Take away what the processes of this run kept together."""
    shutil.rmtree(_together(), ignore_errors=True)


def _together() -> Path:
    """Return where the processes of one run keep what is in no database server."""
    return Path(gettempdir()) / f"dougong-origins-{RUN}"


def _divided(database_url: str | None) -> tuple[str, str]:
    """Return the address of the server, and the name of the database; empty for SQLite."""
    if not database_url:
        return "", ""
    server, _, database = database_url.rpartition("/")
    assert make_url(database_url).database == database
    return server, database


def _empty_database(origin: Origin, server: str) -> str:
    name = _databases[origin.name, server] = f"origin_{next(_numbers)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
    return f"{server}/{name}"
