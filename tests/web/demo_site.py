"""Both shipped apps with their demo records, served once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from designer.app import build_app
from engine.outcomes import Missing
from engine.record import Actor
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.read_record import read_record
from tests.shipped import serving, shipped_workspace


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
    with shipped_workspace(folder, demo=True) as services:
        app = build_app(services)
        with serving(app) as url:
            yield DemoSite(url, services, app)
