"""Which real services may every test ask for?"""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from tests.origins import forget_origins
from tests.scratch import work_in_memory

work_in_memory()

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.marks",
    "tests.services.postgres",
    "tests.services.redis",
    "tests.workspaces",
]

# Commands speak the language of whoever calls them; tests expect ours on any machine.
os.environ["LC_ALL"] = "C.UTF-8"

# The same examples on each run and no deadline: a busy machine is not a bug of ours.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


LONGEST = (
    "test_pages_law.py",
    "test_kills_in_approvals.py",
    "test_pages.py",
    "test_rights_everywhere.py",
)
"""Files that take minutes, which are not split among processes."""


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        forget_origins()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        forget_origins()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no process waits for another."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    # What was imported stays; the collector need not look at it again and again.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
