"""Which processes of a workspace are there in a moment, so that they can be killed at any other?"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from werkzeug.serving import make_server

from runtime.app import build_app
from runtime.jobs.alone import work_alone
from runtime.jobs.along import work_along
from runtime.jobs.workshop import Workshop
from runtime.logs import log_plainly
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import open_workspace


def serve(services: Services, port: str) -> None:
    """Serve pages and the API, and do jobs beside, as the one process of a small house does; with
    Redis, call workers to them instead."""
    work_along(services)
    make_server("127.0.0.1", int(port), build_app(services), threaded=True).serve_forever()


def work(services: Services, _: str) -> None:
    """Do nothing but jobs."""
    work_alone(Workshop(services=services), 2)


TRADES: Mapping[str, Callable[[Services, str], None]] = {
    "serve": serve,
    "call": serve,
    "work": work,
    "obey": work,
}
BY_REDIS = ("call", "obey")


def main() -> None:
    """Fork a process for each line of the input, and tell its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        trade, _, more = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            _live(trade, more)
        os.write(1, f"{child}\n".encode())


def _live(trade: str, more: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.close(0)
    os.dup2(2, 1)  # the answers of the nursery are not to be mixed with what is logged
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    log_plainly()
    settings = Settings.from_environment()
    if trade not in BY_REDIS:
        settings = replace(settings, redis_url=None, job_threads=2)
    TRADES[trade](open_workspace(settings), more)
    os._exit(0)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(0.2)
    os._exit(1)


if __name__ == "__main__":
    main()
