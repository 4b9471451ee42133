"""How does a test get a Redis of its own?"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoAnswer

from tests.services.processes import Server, as_user, found, free_port


def _answers(url: str) -> bool:
    with Redis.from_url(url) as client:
        try:
            client.ping()
        except NoAnswer:
            return False
    return True


@contextmanager
def private_redis() -> Iterator[str]:
    """The URL of a new, empty Redis that writes nothing to disk; gone when the block ends."""
    with crashing_redis() as (url, _):
        yield url


@contextmanager
def crashing_redis() -> Iterator[tuple[str, Server]]:
    """The same, with the server itself, to be struck."""
    folder = Path(tempfile.mkdtemp(prefix="dougong-redis-"))
    port = free_port()
    command = [found("redis-server", "/usr/sbin", package="redis-server"), "--port", str(port)]
    command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    url = f"redis://127.0.0.1:{port}/0"
    server = Server(as_user(command), folder / "log", lambda: _answers(url))
    try:
        server.start()
        yield url, server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """A private Redis for the whole run (one per xdist worker)."""
    with private_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis for this test alone."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server
