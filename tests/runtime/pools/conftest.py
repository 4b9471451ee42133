from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, open_desk
from tests.runtime.pools.spring import FILES
from tests.workspaces import DATABASES


@pytest.fixture(params=DATABASES)
def spring(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The app with a pool of tickets: on SQLite, then on PostgreSQL."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_desk(tmp_path, url, FILES) as opened:
        yield opened


@pytest.fixture
def small_spring(tmp_path: Path) -> Iterator[Desk]:
    """The app with a pool on SQLite, for what has nothing to do with the database."""
    with open_desk(tmp_path, files=FILES) as opened:
        yield opened
