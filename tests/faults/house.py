"""How does a test keep the processes of a workspace running while it kills them?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from runtime.settings import Settings

ROOT = Path(__file__).parents[2]
LOG = "processes.log"
"""What they say, in the home of the workspace."""


@dataclass
class House:
    """The processes of one workspace: those that serve, and those that only work."""

    nursery: subprocess.Popen[str]
    trades: Sequence[str]
    """What is done in it, each by a process of its own, in the words of the nursery."""
    running: dict[str, int] = field(default_factory=dict)
    """Process numbers by what they do."""
    killed: list[str] = field(default_factory=list)
    """What those did who were killed."""

    def start(self) -> None:
        """Start whatever does not run, as who ends without a database does not."""
        for trade in self.trades:
            if trade not in self.running or not Path(f"/proc/{self.running[trade]}").exists():
                assert self.nursery.stdin is not None
                assert self.nursery.stdout is not None
                self.nursery.stdin.write(f"{trade}\n")
                self.nursery.stdin.flush()
                self.running[trade] = int(self.nursery.stdout.readline())

    def kill_one(self, chance: random.Random) -> None:
        """kill -9 for any of those killed least so far, which another one follows at once."""
        self.start()
        fewest = min(map(self.killed.count, self.running))
        trade = chance.choice([x for x in sorted(self.running) if self.killed.count(x) == fewest])
        with suppress(ProcessLookupError):
            os.kill(self.running.pop(trade), signal.SIGKILL)
        self.killed.append(trade)
        self.start()

    def end(self) -> None:
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.nursery.kill()
        self.nursery.wait()


@contextmanager
def house(settings: Settings, trades: Sequence[str], **environment: str) -> Iterator[House]:
    """Let processes serve a workspace and work for it until the block ends."""
    given = {
        "HOME_DIR": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "CHEAP_PASSWORDS": "1",
        "PATH": os.environ["PATH"],
        **environment,
    }
    with (settings.home / LOG).open("wb") as log:
        nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            text=True, cwd=ROOT, env=given,
        )  # fmt: skip
    there = House(nursery, trades)
    try:
        there.start()
        yield there
    finally:
        there.end()
        for pipe in (nursery.stdin, nursery.stdout):
            if pipe is not None:
                pipe.close()
