"""A file that is taken away holds nothing that the person who takes it may not see."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.masking import STAR
from runtime.jobs.workshop import Workshop
from tests.laws.answers import RECORDS, foreign
from tests.laws.house import House
from tests.laws.model import Person, World
from tests.laws.test_rights_everywhere import _change_what_is_foreign
from tests.laws.visitor import Visitor, json_of
from tests.laws.worlds import FIELDS, settled, world_of

WORLDS = int(os.environ.get("WORLDS") or 6)


def exporting(seed: int) -> World:
    """A world in which some roles may take records out."""
    chance = Random(seed)
    world = world_of(seed)
    grants = {
        role: {
            form: {**grant, "export": grant["rows"] != "none" and chance.random() < 0.7}
            for form, grant in granted.items()
        }
        for role, granted in world.grants.items()
    }
    return replace(world, grants=grants)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_exports_hold_nothing_foreign(seed: int, tmp_path: Path) -> None:
    _try(exporting(seed), tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(100, 100 + WORLDS // 4 + 1))
def test_exports_hold_nothing_foreign_on_postgres(
    seed: int, tmp_path: Path, postgres_url: str
) -> None:
    _try(exporting(seed), tmp_path, postgres_url)


def _try(world: World, folder: Path, url: str | None = None) -> None:
    with settled(world, folder, url) as house:
        for person in world.people:
            heard = _taken(house, world, person)
            _change_what_is_foreign(house, world, person)
            assert _taken(house, world, person) == heard


def _taken(house: House, world: World, person: Person) -> dict[str, str]:
    """Return all that the person can take out, after looking for what should not be in it."""
    visitor, texts = house.visitor(person.login), foreign(world, person)
    taken: dict[str, str] = {}
    for form in FIELDS:
        may = any(grant["export"] for grant in world.of(person, form))
        body = {"format": "csv"}
        started = visitor.call("POST", f"{RECORDS}/{form}/exports", body)
        assert started.status_code == (202 if may else 403)
        if not may:
            continue
        plain = _file(house, visitor, json_of(started)["id"]).decode("utf-8-sig")
        _compare(world, person, form, list(csv.DictReader(io.StringIO(plain))))
        body = {"format": "xlsx", "lines": True, "columns": ["name"]}
        started = visitor.call("POST", f"{RECORDS}/{form}/exports", body)
        assert started.status_code == 202
        taken[form] = plain + _sheets(_file(house, visitor, json_of(started)["id"]))
    leaks = [(form, what) for form in taken for word, what in texts.items() if word in taken[form]]
    assert leaks == []
    return taken


def _file(house: House, visitor: Visitor, id_: str) -> bytes:
    Workshop(services=house.services).run_due()
    with visitor.call("GET", f"/jobs/{id_}/file") as answer:
        assert answer.status_code == 200, json_of(visitor.call("GET", f"/jobs/{id_}"))
        return answer.get_data()


def _sheets(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = sorted(name for name in archive.namelist() if "sheet" in name)
        return "".join(archive.read(name).decode() for name in names)


def _compare(world: World, person: Person, form: str, rows: list[dict[str, Any]]) -> None:
    """Compare the rows with what the model says."""
    hidden, masked = world.shut(person, form)
    seen = world.visible(person, form)
    assert len(rows) == len(seen)
    for name, label in (("name", "名称"), ("note", "说明"), ("amount", "金额")):
        if name not in FIELDS[form]:
            continue
        assert (label in rows[0]) is (name not in hidden) if rows else True
        if name in masked:
            assert all(STAR in row[label] for row in rows)
        elif name not in hidden:
            assert {row[label] for row in rows} == {str(one.values[name]) for one in seen}
