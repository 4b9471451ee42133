"""How does a test get the small app in a workspace, on each database?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, open_desk

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The app in a new workspace: on SQLite, then on PostgreSQL."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_desk(tmp_path, url) as opened:
        yield opened


@pytest.fixture
def small_desk(tmp_path: Path) -> Iterator[Desk]:
    """The app in a new workspace on SQLite, for what has nothing to do with the database."""
    with open_desk(tmp_path) as opened:
        yield opened
