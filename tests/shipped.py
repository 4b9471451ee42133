"""How does a test get the shipped apps in a workspace, with the people of the demo?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import make_server

from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.demo_data import install_demo
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import demo_people, files_of, shipped
from runtime.workspace.people_file import add_people, read_people
from tests.origins import Origin, start_from_origin
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@contextmanager
def shipped_workspace(
    folder: Path, apps: Iterable[str] = ("sales_crm", "store_sales"), *, demo: bool = False
) -> Iterator[Services]:
    """Open a new workspace with some shipped apps, their people, and the records of the demo."""
    names = tuple(apps)
    origin = Origin(f"shipped {names} {demo}", partial(_prepare, names, demo))
    start_from_origin(origin, folder, None)
    services = _opened(folder)
    try:
        yield services
    finally:
        services.store.close()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application at an address of this machine until the block ends."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, partial(_closed_at_last, app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _closed_at_last(app: Flask, environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
    """Answer, and close the answer even where the server forgets it: Werkzeug's does when the
    browser has gone on to another page amid a file, and the file would warn in a later test."""
    answer = app(environ, start)
    with closing(answer):  # type: ignore[type-var]  # every answer of Flask can be closed
        yield from answer


def _opened(folder: Path) -> Services:
    environment = {"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"}
    return open_workspace(Settings.from_environment(environment))


def _prepare(names: tuple[str, ...], demo: bool, folder: Path, _: str | None) -> None:
    services = _opened(folder)
    apps = [install_app(services, files_of(shipped()[name])) for name in names]
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
    with services.store.unit() as unit:
        add_people(unit, people, hashed, services.now())
        for app in apps if demo else ():
            install_demo(services, unit, app)
    services.store.close()
