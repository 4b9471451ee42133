"""How does a test get a Redis of its own?"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoAnswer

from tests.services.processes import as_user, found, free_port, running


def _wait_until_it_answers(url: str, log: Path) -> None:
    deadline = time.monotonic() + 30
    pause = threading.Event()
    while time.monotonic() < deadline:
        client = Redis.from_url(url)
        try:
            client.ping()
        except NoAnswer:
            pause.wait(0.05)
        else:
            return
        finally:
            client.close()
    raise RuntimeError(f"Redis did not start: {log.read_text(errors='replace')}")


@contextmanager
def private_redis() -> Iterator[str]:
    """The URL of a new, empty Redis that writes nothing to disk; gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="dougong-redis-"))
    port = free_port()
    command = [found("redis-server", "/usr/sbin", package="redis-server"), "--port", str(port)]
    command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    url = f"redis://127.0.0.1:{port}/0"
    try:
        with running(as_user(command), folder / "log"):
            _wait_until_it_answers(url, folder / "log")
            yield url
    finally:
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
