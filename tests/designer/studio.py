"""Both shipped apps and their people, with the pages of the designer, served for browser tests."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.serving import make_server

from designer.app import build_app
from engine.app import Form
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import demo_people, files_of, shipped
from runtime.workspace.people_file import add_people, read_people
from tests.web.site import PASSWORD


@dataclass(frozen=True)
class Studio:
    """A served workspace without records."""

    url: str
    services: Services

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of every app."""
        apps = self.services.apps.values()
        return tuple(form for app in apps for form in app.forms.values())

    def pages_of(self, form: Form) -> list[str]:
        """Return the addresses of all pages about a form; a field of each type is chosen once."""
        base = f"/design/{form.app}/{form.id}"
        return [base, *(f"{base}/{tab}" for tab in ("stages", "access", "lists"))]


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """Make the workspace and serve it until the block ends."""
    settings = Settings.from_environment({"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings)
    for path in shipped().values():
        install_app(services, files_of(path))
    people = read_people(demo_people().read_text(encoding="utf-8"), "people.yaml")
    hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
    with services.store.unit() as unit:
        add_people(unit, people, hashed, services.now())
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, build_app(services), threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield Studio(f"http://127.0.0.1:{server.server_port}", services)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        services.store.close()
