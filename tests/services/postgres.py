"""How does a test get a PostgreSQL database of its own?"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.services.processes import Server, as_user, found, free_port

_numbers = count(1)
# Durability is not what these tests are about; the crash tests turn it on where they need it.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "lc_messages": "C",
}


def _program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return found(name, *map(str, folders), package="postgresql")


def _initialise(folder: Path) -> None:
    initdb = [_program("initdb"), "-D", str(folder / "data"), "-U", "postgres", "-E", "UTF8"]
    command = as_user([*initdb, "--locale=C.UTF-8", "--auth=trust", "--no-sync"], "postgres")
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def private_cluster(**more: str) -> Iterator[str]:
    """The URL of a new, empty server on a loopback port; it is gone when the block ends.

    `more` are settings of the server instead of those for tests.
    """
    with crashing_cluster(**more) as (url, _):
        yield url


@contextmanager
def crashing_cluster(**more: str) -> Iterator[tuple[str, Server]]:
    """The same, with the server itself, to be struck: SIGQUIT is what `pg_ctl -m immediate` sends.
    What was committed must be there afterwards, so give it `synchronous_commit="on"`."""
    folder = Path(tempfile.mkdtemp(prefix="dougong-pg-"))
    folder.chmod(0o777)
    try:
        _initialise(folder)
        port = free_port()
        options = [
            f"-c{name}={value}" for name, value in (_SETTINGS | more | {"port": port}).items()
        ]
        command = [_program("postgres"), "-D", str(folder / "data"), *options]
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        server = Server(as_user(command, "postgres"), folder / "log", lambda: _answers(url))
        try:
            server.start()
            yield url, server
        finally:
            server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The URL of a new, empty database on that server; it is dropped when the block ends."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            # A pool that a test forgot must not turn a green test red in its clean-up.
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A private PostgreSQL server for the whole run (one per xdist worker)."""
    with private_cluster() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database for this test alone."""
    with fresh_database(postgres_server) as url:
        yield url
