"""What can somebody take away in files, and who else may have them?"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from engine.masking import STAR
from runtime.jobs.workshop import Workshop
from tests.laws.answers import RECORDS
from tests.laws.house import House
from tests.laws.model import Person, World
from tests.laws.visitor import Visitor, json_of
from tests.laws.worlds import FIELDS

COMPARED = (("name", "名称"), ("note", "说明"), ("amount", "金额"))


def taken(house: House, world: World, person: Person) -> dict[str, str]:
    """Return all that the person can take out, by form, after comparing it with the model."""
    visitor = house.visitor(person.login)
    found: dict[str, str] = {}
    for form in FIELDS:
        may = any(grant["export"] for grant in world.of(person, form))
        plain = _export(house, world, visitor, form, may, format="csv")
        if plain is None:
            continue
        text = plain.decode("utf-8-sig")
        _compare(world, person, form, list(csv.DictReader(io.StringIO(text))))
        asked = {"format": "xlsx", "lines": True, "columns": ["name"]}
        book = _export(house, world, visitor, form, may, **asked)
        found[form] = text + _sheets(book or b"")
    return found


def _export(
    house: House, world: World, visitor: Visitor, form: str, may: bool, **asked: Any
) -> bytes | None:
    started = visitor.call("POST", f"{RECORDS}/{form}/exports", asked)
    assert started.status_code == (202 if may else 403)
    if not may:
        return None
    path = f"/jobs/{json_of(started)['id']}"
    Workshop(services=house.services).run_due()
    for other in world.people:
        if other.login != visitor.login:
            stranger = house.visitor(other.login)
            refused = [stranger.call("GET", where) for where in (path, f"{path}/file")]
            assert [answer.status_code for answer in refused] == [404, 404]
            assert stranger.get(f"{path}/file").status_code == 404
    with visitor.call("GET", f"{path}/file") as answer:
        assert answer.status_code == 200, json_of(visitor.call("GET", path))
        return answer.get_data()


def _sheets(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = sorted(name for name in archive.namelist() if "sheet" in name.casefold())
        names += [name for name in archive.namelist() if "sharedStrings" in name]
        return "".join(archive.read(name).decode() for name in names)


def _compare(world: World, person: Person, form: str, rows: list[dict[str, Any]]) -> None:
    hidden, masked = world.shut(person, form)
    seen = world.visible(person, form)
    assert len(rows) == len(seen)
    for name, label in COMPARED:
        if name not in FIELDS[form]:
            continue
        assert (label in rows[0]) is (name not in hidden) if rows else True
        if name in masked:
            assert all(STAR in row[label] for row in rows)
        elif name not in hidden:
            assert {row[label] for row in rows} == {str(one.values[name]) for one in seen}
