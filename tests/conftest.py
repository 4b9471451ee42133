"""Which real services may every test ask for?"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.marks",
    "tests.services.postgres",
    "tests.services.redis",
    "tests.workspaces",
]

# The same examples on each run and no deadline: a busy machine is not a bug of ours.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")
