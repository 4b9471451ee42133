"""Which real services may every test ask for?"""

from __future__ import annotations

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.postgres",
    "tests.services.redis",
]
