"""How long must somebody wait who keeps guessing wrong?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from runtime.services import Services
from runtime.store.failed_tries import Failures

FREE = 4
"""Wrong tries before anybody has to wait."""
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


class Tries:
    """Wrong tries, by account and by address; the wait doubles each time. They are counted in the
    database: another web process knows of them at once, and after a restart they still count."""

    def __init__(self, services: Services, free: int = FREE) -> None:
        self._services = services
        self._free = free

    def wait(self, keys: Collection[str]) -> timedelta:
        """Return how long it is until any of these may try again."""
        now = self._services.now()
        with self._services.store.reading() as unit:
            known = unit.failed_tries.of(keys)
        waits = (each.last + self._after(each) - now for each in known)
        return max(waits, default=timedelta(0))

    def _after(self, failures: Failures) -> timedelta:
        over = failures.count - self._free
        return min(timedelta(seconds=2 ** min(over, 12)), LONGEST) if over > 0 else timedelta(0)

    def failed(self, keys: Collection[str]) -> None:
        """Count a failure for each key."""
        now = self._services.now()
        with self._services.store.unit() as unit:
            for key in sorted(keys):
                unit.failed_tries.count(key, now, now - FORGOTTEN_AFTER)

    def succeeded(self, keys: Collection[str]) -> None:
        """Forget the failures."""
        with self._services.store.reading() as unit:
            known = unit.failed_tries.of(keys)
        if known:
            with self._services.store.unit() as unit:
                unit.failed_tries.clear(keys)
