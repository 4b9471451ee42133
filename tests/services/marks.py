"""Which tests need which service, so that some can be chosen with `-m`?"""

from __future__ import annotations

import pytest

_NEEDS = {"browser": "browser", "postgres_server": "postgres", "redis_server": "redis"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the services among its fixtures."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in _NEEDS:
                item.add_marker(_NEEDS[fixture])
