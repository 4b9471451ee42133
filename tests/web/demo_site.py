"""Both shipped apps with their demo records, served once for all tests of a module."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from designer.app import build_app
from engine.outcomes import Missing
from engine.record import Actor
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.read_record import read_record
from runtime.workspace.demo_data import install_demo
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import demo_people, files_of, shipped
from runtime.workspace.people_file import add_people, read_people
from tests.web.site import PASSWORD


@dataclass(frozen=True)
class DemoSite:
    """A served workspace with everything in it."""

    url: str
    services: Services
    app: Flask

    def actor(self, login: str) -> Actor:
        with self.services.store.reading() as unit:
            person = unit.people.by_login(login)
            actor = unit.people.actor(person.id) if person else None
        assert actor is not None
        return actor

    def first(self, app: str, form: str, login: str = "admin") -> str:
        """Return the id of one record that the person sees."""
        act = Act(actor=self.actor(login), door="form")
        found = list_records(
            self.services, act, self.services.apps[app].forms[form], Wanted(limit=1)
        )
        assert isinstance(found, Page)
        assert found.records, f"{app}/{form} has no demo record"
        return found.records[0].id

    def convertible(self, app: str, form: str, conversion: str) -> str | None:
        """Return the id of a record that can be converted now."""
        act = Act(actor=self.actor("admin"), door="form")
        found = self.services.apps[app].forms[form]
        listed = list_records(self.services, act, found, Wanted(limit=100))
        assert isinstance(listed, Page)
        for record in listed.records:
            reading = read_record(self.services, act, found, record.id)
            offered = () if isinstance(reading, Missing) else reading.conversions
            if conversion in {each.id for each in offered}:
                return record.id
        return None


@contextmanager
def demo_site(folder: Path) -> Iterator[DemoSite]:
    """Make the workspace and serve it until the block ends."""
    settings = Settings.from_environment({"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings)
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    folders: Mapping[str, Path] = shipped()
    apps = [install_app(services, files_of(folders[id_])) for id_ in sorted(folders)]
    with services.store.unit() as unit:
        hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
        add_people(unit, people, hashed, services.now())
        for each in apps:
            install_demo(services, unit, each)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    app = build_app(services)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield DemoSite(f"http://127.0.0.1:{server.server_port}", services, app)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        services.store.close()
