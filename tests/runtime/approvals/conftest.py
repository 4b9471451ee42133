from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.approvals.office import Office, open_office
from tests.workspaces import DATABASES


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The app with approvals: on SQLite, then on PostgreSQL."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_office(tmp_path, url) as opened:
        yield opened


@pytest.fixture
def small_office(tmp_path: Path) -> Iterator[Office]:
    """The app with approvals on SQLite, for what has nothing to do with the database."""
    with open_office(tmp_path) as opened:
        yield opened
