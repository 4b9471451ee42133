"""How does a test start a process that does jobs, and kill it?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from types import MappingProxyType

from tests.desk import Desk

ROOT = Path(__file__).parents[3]
PATIENCE = 120


class Labourer:
    """One process that does jobs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(line.strip())

    def hear(self, word: str) -> str:
        """Wait until it says something with a word in it."""
        deadline = time.monotonic() + PATIENCE
        heard: list[str] = []
        while time.monotonic() < deadline:
            try:
                line = self._said.get(timeout=0.2)
            except Empty:
                assert self._process.poll() is None, heard
                continue
            heard.append(line)
            if word in line:
                return line
        raise AssertionError(f"never heard {word}: {heard}")

    def send(self, number: signal.Signals) -> None:
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()

    def ended(self) -> int:
        return self._process.wait(PATIENCE)


FOR_TESTS = ("tests.runtime.jobs.kinds_for_tests",)


@contextmanager
def labourer(desk: Desk, **environment: str) -> Iterator[Labourer]:
    """Start a process that does jobs of the kinds for tests in the workspace of the desk."""
    with process(desk, FOR_TESTS, environment) as there:
        there.hear("ready")
        yield there


@contextmanager
def process(
    desk: Desk, module: Sequence[str], environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Labourer]:
    """Start a module as a process in the workspace of the desk."""
    settings = desk.services.settings
    given = {
        "HOME_DIR": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "PATH": os.environ["PATH"],
        **environment,
    }
    command = [sys.executable, "-m", *module]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=given
    )
    try:
        yield Labourer(started)
    finally:
        started.kill()
        started.wait()
        assert started.stdout is not None
        started.stdout.close()


def until(true: Callable[[], bool]) -> None:
    """Look again and again until something has come true."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        pause.wait(0.05)
