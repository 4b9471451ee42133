"""How long must somebody wait who keeps trying wrong passwords?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE = 4
"""Wrong tries before anybody has to wait."""
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
MOST_KEYS = 20_000


@dataclass(frozen=True)
class _Failures:
    count: int
    last: datetime

    def open_at(self) -> datetime:
        over = self.count - FREE
        wait = min(timedelta(seconds=2 ** min(over, 12)), LONGEST) if over > 0 else timedelta(0)
        return self.last + wait


class Tries:
    """Failed sign-ins of this process, by account and by address; the wait doubles each time."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, keys: Iterable[str], now: datetime) -> timedelta:
        """Return how long it is until any of these may try again."""
        with self._lock:
            known = [self._failures[key] for key in keys if key in self._failures]
        return max((each.open_at() - now for each in known), default=timedelta(0))

    def failed(self, keys: Iterable[str], now: datetime) -> None:
        """Count a failure for each key."""
        with self._lock:
            for key in keys:
                before = self._failures.pop(key, None)
                fresh = before is None or now - before.last > FORGOTTEN_AFTER
                count = 1 if fresh or before is None else before.count + 1
                self._failures[key] = _Failures(count, now)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, keys: Iterable[str]) -> None:
        """Forget the failures."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)
