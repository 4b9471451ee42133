"""How does a test start a real server that never outlives it?"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def free_port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def found(name: str, *folders: str, package: str) -> str:
    """The path of a program; a failure that names its Debian package when there is none."""
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *folders]))
    if path is None:
        raise RuntimeError(f"'{name}' is not installed: apt-get install {package}")
    return path


def as_user(command: list[str], user: str | None = None) -> list[str]:
    """The command, run as `user` when we are root, and ended by the kernel when we die."""
    if not sys.platform.startswith("linux"):
        return command
    drop = []
    if user is not None and os.geteuid() == 0:
        drop = ["--reuid", user, "--regid", user, "--init-groups"]
    return ["setpriv", *drop, "--pdeathsig", "INT", "--", *command]


@contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process while the block lasts; interrupted, then killed, and always waited for."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd="/"
        )
    try:
        yield process
    finally:
        process.send_signal(2)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Server:
    """A real server that can be struck down and started anew; it never outlives its block."""

    command: list[str]
    log: Path
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. From the main thread only: the kernel ends it with
        the thread that started it."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/"
            )
        deadline, pause = time.monotonic() + 60, threading.Event()
        while not self.answers():
            said = self.log.read_text(errors="replace")
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            pause.wait(0.02)

    def strike(self, number: signal.Signals) -> None:
        """Send a signal that ends it, and start it again."""
        self.end(number)
        self.start()

    def end(self, number: signal.Signals = signal.SIGINT) -> None:
        """Send a signal that ends it."""
        if self.process is not None:
            self.process.send_signal(number)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
