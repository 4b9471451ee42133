"""How does a test keep the processes of a workspace running while it kills them?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from runtime.settings import Settings
from tests.services.processes import free_port

ROOT = Path(__file__).parents[2]


@dataclass
class House:
    """The processes of one workspace: those that serve, and those that only work."""

    nursery: subprocess.Popen[str]
    ports: tuple[int, ...]
    workers: int
    running: dict[str, int] = field(default_factory=dict)
    """Process numbers by what they do."""
    kills: int = 0

    def start(self) -> None:
        """Start whatever does not run."""
        trades = [f"serve {port}" for port in self.ports]
        for trade in (*trades, *(f"work {number}" for number in range(self.workers))):
            if trade not in self.running:
                assert self.nursery.stdin is not None
                assert self.nursery.stdout is not None
                self.nursery.stdin.write(f"{trade}\n")
                self.nursery.stdin.flush()
                self.running[trade] = int(self.nursery.stdout.readline())

    def kill_one(self, chance: random.Random) -> None:
        """kill -9 for any of them, which another one follows at once."""
        trade = chance.choice(sorted(self.running))
        with suppress(ProcessLookupError):
            os.kill(self.running.pop(trade), signal.SIGKILL)
            self.kills += 1
        self.start()

    def end(self) -> None:
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.nursery.kill()
        self.nursery.wait()


@contextmanager
def house(settings: Settings, workers: int, **environment: str) -> Iterator[House]:
    """Let two processes serve a workspace, and some work for it, until the block ends."""
    given = {
        "HOME_DIR": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "CHEAP_PASSWORDS": "1",
        "PATH": os.environ["PATH"],
        **environment,
    }
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, cwd=ROOT, env=given,
    )  # fmt: skip
    there = House(nursery, (free_port(), free_port()), workers)
    try:
        there.start()
        yield there
    finally:
        there.end()
        for pipe in (nursery.stdin, nursery.stdout):
            if pipe is not None:
                pipe.close()


class Trouble:
    """Kills one process after another, at moments that nobody can foresee."""

    def __init__(self, there: House, seed: int, kills: int) -> None:
        self._house, self._chance, self._kills = there, random.Random(seed), kills
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._make, daemon=True)

    def __enter__(self) -> Trouble:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _make(self) -> None:
        # Not a wait for something to happen: the blow must be able to fall at any moment.
        while self._house.kills < self._kills:
            if self._over.wait(self._chance.uniform(0.3, 1.0)):
                return
            self._house.kill_one(self._chance)
