"""Which passes of providers does this process hold, so that it need not ask for one each time?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

EARLY = 300.0
"""A pass is not used in the last seconds of its life."""
Other = TypeVar("Other")


class Passes:
    """Passes that providers hand out for some hours, by whom they are for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[tuple[str, ...], tuple[str, float]] = {}

    def held(self, key: tuple[str, ...]) -> str | None:
        """Return a pass that is still good."""
        with self._lock:
            text, until = self._held.get(key, ("", 0.0))
            return text if text and self._clock() < until else None

    def keep(self, key: tuple[str, ...], text: str, seconds: float) -> None:
        """Keep a pass that is good for so many seconds."""
        with self._lock:
            self._held[key] = (text, self._clock() + max(seconds - EARLY, 1.0))

    def forget(self, key: tuple[str, ...]) -> None:
        """Forget a pass that the provider does not take any more."""
        with self._lock:
            self._held.pop(key, None)

    def use(
        self, key: tuple[str, ...], fetch: Callable[[], tuple[str, float] | Other]
    ) -> str | Other:
        """Return a good pass, a new one if need be, or why there is none."""
        held = self.held(key)
        if held is not None:
            return held
        fetched = fetch()
        if isinstance(fetched, tuple):
            self.keep(key, *fetched)
            return fetched[0]
        return fetched
