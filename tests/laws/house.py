"""In which workspace are the laws tried, and how is a record put anywhere in it?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from engine.app import Form
from engine.record import Actor, Record
from runtime.app import build_app
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.ids import new_id
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import files_of, shipped
from tests import desk
from tests.desk import Clock
from tests.laws import depot
from tests.laws.visitor import Visitor, visitor

PEOPLE = {"zh": "boss", "en": "boss_en"}
"""Somebody with every role of every app, who reads Chinese and who reads English."""


@dataclass
class House:
    """A workspace with apps, its pages, and people who may do everything."""

    services: Services
    web: Flask
    clock: Clock
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def form(self, app: str, form: str) -> Form:
        return self.services.apps[app].forms[form]

    def visitor(self, login: str) -> Visitor:
        if login not in self.visitors:
            self.visitors[login] = visitor(self.services, self.web, login)
        return self.visitors[login]

    def actor(self, login: str) -> Actor:
        with self.services.store.reading() as unit:
            person = unit.people.by_login(login)
            actor = unit.people.actor(person.id) if person else None
        assert actor is not None
        return actor

    def put(self, form: Form, values: Mapping[str, Any], **place: Any) -> Record:
        """Put a record into the table as it is, past every rule."""
        now = self.services.now()
        record = Record(
            app=form.app,
            form=form.id,
            **{
                "id": new_id(now),
                "version": 1,
                "owner": None,
                "department": None,
                "pipeline": None,
                "stage": None,
                "stage_entered_at": now,
                "created_at": now,
                "created_by": None,
                "updated_at": now,
                "updated_by": None,
                "last_activity_at": now,
                **place,
            },
            values={**dict.fromkeys(form.fields), **values},
        )
        with self.services.store.unit() as unit:
            unit.records.add(form, record)
        return record

    def state(self, form: Form, id_: str) -> tuple[Record | None, int]:
        """Return a record as it is stored, and how many events it has."""
        with self.services.store.reading() as unit:
            record = unit.records.one(form, id_, deleted=True)
            return record, len(unit.events.of_record(form, id_))


@contextmanager
def open_house(folder: Path, apps: Mapping[str, Mapping[str, bytes]]) -> Iterator[House]:
    """Make a workspace with some apps and people with every role in them."""
    clock = Clock()
    settings = Settings.from_environment({"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings, clock)
    for files in apps.values():
        install_app(services, files)
    add_bosses(services)
    try:
        yield House(services, build_app(services), clock)
    finally:
        services.store.close()


def add_bosses(services: Services) -> None:
    """Add administrators with all roles of all apps, one for each language."""
    with services.store.unit() as unit:
        office = unit.people.departments.add("总部", services.now(), code="office")
        for locale, login in PEOPLE.items():
            person = unit.people.add(
                login, login, services.now(), admin=True, department=office.id, locale=locale
            )
            for app in services.apps.values():
                roles = [role.id for role in app.definition.roles]
                unit.people.roles.set_for("person", person.id, app.id, roles)


def all_apps() -> dict[str, Mapping[str, bytes]]:
    """Return the files of the shipped apps and of the small ones for tests."""
    files: dict[str, Mapping[str, bytes]] = {
        id_: files_of(folder) for id_, folder in shipped().items()
    }
    return {**files, "desk": desk.FILES, "depot": depot.FILES}


def bare_title(form: Form) -> dict[str, Any]:
    """Return the least that a record can hold: its title, if a person types one."""
    title = form.fields[form.definition.title]
    return {title.id: f"样例 {secrets.token_hex(4)}"} if title.type == "text" else {}
