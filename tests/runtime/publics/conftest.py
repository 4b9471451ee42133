"""Which counter do the tests of public forms stand at?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.publics.counter import Counter, open_counter
from tests.workspaces import DATABASES


@pytest.fixture(params=DATABASES)
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_counter(tmp_path, url) as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as opened:
        yield opened
