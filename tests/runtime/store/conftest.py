"""Which databases does each test of the store run on?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from runtime.store import Store

_numbers = count(1)
DATABASES = ("sqlite", "postgresql")


def _url(database: str, folder: Path, request: pytest.FixtureRequest) -> str:
    if database == "sqlite":
        return f"sqlite:///{folder / 'workspace.db'}"
    # A schema is a workspace of its own, and far sooner made than a database.
    server = request.getfixturevalue("postgres_server")
    return f"{server}?schema=workspace_{next(_numbers)}"


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty workspace on each database."""
    return _url(request.param, tmp_path, request)


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty workspace on each database."""
    opened = Store(url, tmp_path / "files")
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=DATABASES)
def shared_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A workspace on each database for tests that fill it once and then only read."""
    folder = tmp_path_factory.mktemp("workspace")
    opened = Store(_url(request.param, folder, request), folder / "files")
    yield opened
    opened.close()
