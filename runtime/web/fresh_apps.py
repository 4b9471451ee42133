"""How do pages notice that another process installed or published an app?"""

from __future__ import annotations

import threading
import time

from flask import Flask

from runtime.services import Services
from runtime.workspace.fresh import keeps_fresh

EVERY = 1.0
"""Seconds between two looks."""


def notice_installations(app: Flask, services: Services) -> None:
    """Look, before a request and at most once in a while, whether the apps are still as they are
    installed."""
    refresh, looking = keeps_fresh(services), threading.Lock()
    looked = [time.monotonic()]

    def look() -> None:
        if time.monotonic() - looked[0] < EVERY or not looking.acquire(blocking=False):
            return
        try:
            refresh()
            looked[0] = time.monotonic()
        finally:
            looking.release()

    app.before_request(look)
