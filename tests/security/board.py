"""A neutral app in which every text that people read can be a hostile one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from engine.loading.load import load_app
from engine.outcomes import Saved
from engine.record import Record
from runtime.services import Services
from runtime.store import Content
from runtime.use_cases.act import Act
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.workspace.open import install_app
from tests.laws.house import House

APP = "pin"
FOUND = "找得到"


def files_of(word: str) -> dict[str, bytes]:
    """Return the app with the word in every text of its author."""
    label = {"zh": word, "en": word}
    manifest = {
        "app": APP,
        "version": "1.0.0",
        "label": label,
        "description": label,
        "publisher": word,
        "roles": [{"id": "all", "label": label, "help": label}],
        "menu": [{"id": "work", "label": label, "forms": ["pin"]}],
        "home": [{"id": "few", "label": label, "form": "pin", "show": "list"}],
    }
    written = {"app.yaml": manifest, "forms/pin.yaml": _form(label)}
    return {name: json.dumps(data, ensure_ascii=False).encode() for name, data in written.items()}


def _form(label: dict[str, str]) -> dict[str, Any]:
    return {
        "form": "pin",
        "label": label,
        "help": label,
        "title": "name",
        "subtitle": "long",
        "search": ["name"],
        "sections": [{"id": "all", "label": label, "help": label, "fields": _fields(label)}],
        "stages": [
            {"id": "up", "label": label, "help": label, "gate": _gate(label)},
            {"id": "down", "label": label},
        ],
        "list": {
            "columns": ["name", "long", "words", "pick", "other", "keeper", "paper"],
            "views": [{"id": "all_of_it", "label": label}],
        },
        "board": {"card": ["long", "pick", "other", "keeper"]},
        "related": [{"form": "pin", "by": "other", "label": label, "timeline": True}],
        "access": {"all": {"rows": "all", "create": True, "edit": True, "advance": True}},
    }


def _gate(label: dict[str, str]) -> dict[str, Any]:
    return {
        "that": [{"id": "never", "that": "1 = 2", "message": label}],
        "evidence": [{"id": "proof", "label": label, "help": label}],
    }


def _fields(label: dict[str, str]) -> list[dict[str, Any]]:
    plain = {"label": label, "help": label, "placeholder": label}
    piece = {"id": "piece", "type": "text", "label": label}
    return [
        {"id": "name", "type": "text", **plain},
        {"id": "long", "type": "long_text", **plain},
        {"id": "rich", "type": "rich_text", "label": label},
        {"id": "words", "type": "tags", "label": label},
        {"id": "pick", "type": "select", "label": label, "options": [{"id": "a", "label": label}]},
        {"id": "other", "type": "reference", "to": "pin", "label": label},
        {"id": "keeper", "type": "person", "label": label},
        {"id": "paper", "type": "file", "label": label},
        {"id": "rows", "type": "lines", "label": label, "fields": [piece]},
    ]


PAGES = (
    "/", "/menu", "/new", "/search?q=" + FOUND, "/a/pin/pin/", "/a/pin/pin/board",
    "/a/pin/pin/new", "/a/pin/pin/filter", "/a/pin/pin/columns", "/a/pin/pin/trash",
    "/a/pin/pin/{id}", "/a/pin/pin/{id}/edit", "/a/pin/pin/{id}/advance",
    "/a/pin/pin/{id}/transfer", "/a/pin/pin/bulk/edit?id={id}", "/admin/people",
    "/admin/departments", "/admin/apps", "/me",
)  # fmt: skip


@dataclass
class Wall:
    """The app with a record, all of whose texts can be said anew."""

    house: House
    record: Record
    other: Record

    def say(self, word: str) -> None:
        """Put a word into every text: the author's, the record's, people's, comments', files'."""
        services = self.house.services
        loaded = load_app(files_of(word), checked=True)
        services.store.serve(loaded)
        services.apps[APP] = loaded
        form = loaded.forms["pin"]
        boss = self.house.actor("boss")
        with services.store.unit() as unit:
            unit.people.edit(boss.id, name=word, post=word)
            unit.people.departments.edit(boss.department or "", name=word)
            content = services.store.files.put(BytesIO(b"%PDF-1.4"), 1000)
            assert isinstance(content, Content)
            paper = unit.files.add(content, f"{word}.pdf", boss.id, services.now()).id
            self.other = _resaid(unit, form, self.other, {"name": f"{FOUND} {word}"})
            values = {
                "name": f"{FOUND} {word}", "long": word, "words": (word,), "pick": "a",
                "other": self.other.id, "keeper": boss.id, "paper": (paper,),
                "rows": ({"id": "1" * 32, "piece": word},),
            }  # fmt: skip
            self.record = _resaid(unit, form, self.record, values)
            unit.files.keep(form, None, self.record)
        remark = Remark(text=word)
        act = Act(actor=boss, door="form")
        assert isinstance(comment_record(services, act, form, self.record.id, remark), Saved)


def _resaid(unit: Any, form: Any, record: Record, values: dict[str, Any]) -> Record:
    said = {**record.values, **values}
    after = replace(record, version=record.version + 1, values=said)
    assert unit.records.save(form, record, after)
    return after


def wall_in(house: House, services: Services) -> Wall:
    """Install the app with harmless words, and put up its records."""
    install_app(services, files_of("好"))
    with services.store.unit() as unit:
        for login in ("boss", "boss_en"):
            person = unit.people.by_login(login)
            assert person is not None
            unit.people.roles.set_for("person", person.id, APP, ["all"])
    owner = house.actor("boss")
    place = {
        "owner": owner.id, "department": owner.department, "created_by": owner.id,
        "pipeline": "main", "stage": "up",
    }  # fmt: skip
    form = services.apps[APP].forms["pin"]
    other = house.put(form, {"name": FOUND}, **place)
    return Wall(house, house.put(form, {"name": FOUND}, **place), other)


class _Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.links += [text or "" for name, text in attrs if name in ("href", "src", "action")]


def shape_of(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page with the names of their attributes."""
    reader = _Shape()
    reader.feed(page)
    reader.close()
    strange = [link for link in reader.links if re.match(r"\s*(javascript|data|vbscript):", link)]
    assert strange == []
    return reader.elements
