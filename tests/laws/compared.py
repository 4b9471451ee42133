"""Do filters in FEEL, measures and sheets that are brought in say what the model says?"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from engine.masking import STAR
from tests.laws.answers import RECORDS
from tests.laws.model import Person, Thing, World
from tests.laws.visitor import Visitor, json_of

Told = Callable[[Thing], Any]
UNKNOWN = "nowhere"


def looked_up(world: World, person: Person, site: Thing | None, name: str) -> str | None:
    """Return what a lookup shows of a site."""
    hidden, masked = world.shut(person, "site")
    if site is None or name in hidden or not world.within(person, site, "rows"):
        return None
    return STAR * 6 if name in masked else str(site.values[name])


def compare_feel(world: World, person: Person, visitor: Visitor) -> None:
    """Filters over fields, lookups, references, lines and tags find what the model finds, or are
    refused if any field that they read is shut."""
    seen = world.visible(person, "item")
    shut, beyond = set().union(*world.shut(person, "item")), _shut_beyond(world, person)
    middle = "m"
    code = _code_of(world, person)
    asked: dict[str, tuple[bool, Told]] = {
        f'note < "{middle}"': ("note" in shut, lambda one: one.values["note"] < middle),
        "amount > 5000000": ("amount" in shut, lambda one: float(one.values["amount"]) > 5e6),
        f'site.code < "{middle}"': (
            bool({"site", "site.code"} & (shut | beyond)),
            lambda one: (code(one.values["site"]) or "z") < middle,
        ),
        f'not(site.code < "{middle}") or site = null': (
            bool({"site", "site.code"} & (shut | beyond)),
            lambda one: one.values["site"] is None or (code(one.values["site"]) or "a") >= middle,
        ),
        f'code < "{middle}"': (
            bool({"site", "code", "site.code"} & (shut | beyond)),
            lambda one: (code(one.values["site"]) or "z") < middle,
        ),
        f'some p in parts satisfies p.part < "{middle}"': (
            "parts" in shut,
            lambda one: any(row["part"] < middle for row in one.values["parts"]),
        ),
        f'some p in parts satisfies p.at.code < "{middle}"': (
            "parts" in shut or "site.code" in beyond,
            lambda one: any((code(row["at"]) or "z") < middle for row in one.values["parts"]),
        ),
        "count(parts) > 1": ("parts" in shut, lambda one: len(one.values["parts"]) > 1),
        'list contains(marks, "red")': ("marks" in shut, lambda one: "red" in one.values["marks"]),
    }
    for feel, (refused, holds) in asked.items():
        found = _found(visitor, feel)
        expected = None if refused else {one.id for one in seen if holds(one)}
        assert found == expected, feel


def _code_of(world: World, person: Person) -> Callable[[str | None], str | None]:
    return lambda id_: looked_up(world, person, world.site(id_), "code")


def _shut_beyond(world: World, person: Person) -> set[str]:
    fields = set().union(*world.shut(person, "site"))
    if not world.enters(person, "site"):
        fields |= {"code", "tel"}
    return {f"site.{name}" for name in fields}


def _found(visitor: Visitor, feel: str) -> set[str] | None:
    asked = json.dumps({"feel": feel})
    answer = visitor.call("GET", f"{RECORDS}/item/records", filter=asked, limit=200)
    counted = visitor.call("GET", f"{RECORDS}/item/aggregate", filter=asked)
    assert answer.status_code == counted.status_code, feel
    if answer.status_code != 200:
        assert answer.status_code == 400
        return None
    ids = {one["id"] for one in json_of(answer)["records"]}
    assert json_of(counted)["groups"][0]["count"] == len(ids)
    return ids


def compare_measures(world: World, person: Person, visitor: Visitor) -> None:
    """Each measure is that of the records seen, with a filter and without one."""
    shut = set().union(*world.shut(person, "item"))
    for feel in (None, 'kind = "a"'):
        if feel and "kind" in shut:
            continue
        seen = world.visible(person, "item")
        seen = [one for one in seen if not feel or one.values["kind"] == "a"]
        asked = {"filter": json.dumps({"feel": feel})} if feel else {}
        for field, expected in _measures(seen).items():
            named = ",".join(f"{kind}:{field}" for kind in expected)
            answer = visitor.call("GET", f"{RECORDS}/item/aggregate", measures=named, **asked)
            assert answer.status_code == (400 if field in shut else 200)
            if field not in shut:
                (group,) = json_of(answer)["groups"]
                got = {kind: _exact(group[f"{kind}:{field}"]) for kind in expected}
                assert got == {kind: _exact(value) for kind, value in expected.items()}


def _exact(value: Any) -> Any:
    try:
        return None if value is None else round(Decimal(str(value)), 6)
    except ArithmeticError:
        return value


def _measures(seen: list[Thing]) -> dict[str, dict[str, Any]]:
    amounts = [Decimal(one.values["amount"]) for one in seen]
    notes = [str(one.values["note"]) for one in seen]
    whole = sum(amounts, Decimal())
    return {
        "amount": {
            "sum": whole if seen else None,
            "avg": whole / len(seen) if seen else None,
            "min": min(amounts, default=None),
            "max": max(amounts, default=None),
            "distinct": len(set(amounts)),
            "count": len(seen),
        },
        "note": {
            "min": min(notes, default=None),
            "max": max(notes, default=None),
            "distinct": len(set(notes)),
        },
    }


def compare_import(world: World, person: Person, visitor: Visitor) -> None:
    """A sheet that names a record which is not seen is told what one that names none is told."""
    sites = [thing for thing in world.things if thing.form == "site"]
    seen = {one.id for one in world.visible(person, "site")}
    titled = "name" not in set().union(*world.shut(person, "site"))
    known = {one.id: one.id in seen for one in sites}
    known |= {str(one.values["name"]): titled and one.id in seen for one in sites}
    if not any(grant["create"] for grant in world.of(person, "item")):
        return
    told = _tried(visitor, [UNKNOWN, *known], str(world.things[0].values["name"]))
    if told is None:
        return
    nothing = told.pop(UNKNOWN)
    assert nothing
    for text, found in known.items():
        assert told[text].replace(text, UNKNOWN) == ("" if found else nothing)


def _tried(visitor: Visitor, names: list[str], seed: str) -> dict[str, str] | None:
    """Return what is said of the site in each row of a sheet; None if no sheet is taken."""
    Random(seed).shuffle(names)
    rows = "".join(f"新,{name}\n" for name in names)
    sheet = io.BytesIO(f"甲,乙\n{rows}".encode())
    headers = {"Authorization": f"Bearer {visitor.token}"}
    sent = visitor.http.post("/api/v1/files", data={"file": (sheet, "sheet.csv")}, headers=headers)
    body = {"file": json_of(sent)["id"], "columns": {"甲": "name", "乙": "site"}}
    answer = visitor.call("POST", f"{RECORDS}/item/imports", body)
    if answer.status_code != 201:
        assert answer.status_code in (403, 422), answer.status_code
        return None
    told = dict.fromkeys(names, "")
    for line in json_of(answer)["errors"]:
        told[names[line["row"] - 2]] = "".join(line["complaints"].get("site", ()))
    return told
