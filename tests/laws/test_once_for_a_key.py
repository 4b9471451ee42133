"""By each address that changes something, one key does one thing once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from engine.record import Record
from tests.api.client import Answer, Client, client_of
from tests.desk import Desk
from tests.web.test_records import PDF

REPOSITORY = Path(__file__).parents[2]
ROOT = "/api/v1/apps/<app>/forms/<form>"
ONE = f"{ROOT}/records/<id>"
FILES = ("POST", "/api/v1/files")
NOT_OF_THE_RECORDS = {"idempotency", "session", "token"}


@dataclass(frozen=True)
class Asked:
    """One request, and what else could be asked with the same key."""

    body: dict[str, Any] | None
    other: dict[str, Any] | None
    piece: str = ""


def _plain(body: dict[str, Any], other: dict[str, Any]) -> Callable[[Client, Record], Asked]:
    return lambda api, record: Asked(body, other)


def _transfer(api: Client, record: Record) -> Asked:
    people = api.desk.people
    return Asked({"owner": people["ben"].id}, {"owner": people["chief_north"].id})


def _restore(api: Client, record: Record) -> Asked:
    assert api.delete(f"/forms/ticket/records/{record.id}", who="chief_north").status_code == 200
    return Asked(None, {"why": "another"})


def _evidence(api: Client, record: Record) -> Asked:
    files = [_uploaded(api, "chief_north") for _ in range(2)]
    first, second = ({"item": "minutes", "file": file} for file in files)
    return Asked(first, second)


def _review(api: Client, record: Record) -> Asked:
    body = {"item": "minutes", "file": _uploaded(api, "ann")}
    assert api.post(f"/forms/ticket/records/{record.id}/evidence", body).status_code == 201
    with api.desk.services.store.reading() as unit:
        (piece,) = unit.evidence.of(api.desk.form(), record.id)
    return Asked({"verdict": "accepted"}, {"verdict": "rejected", "reason": "模糊"}, piece.id)


def _bulk(body: dict[str, Any], **other: Any) -> Callable[[Client, Record], Asked]:
    def asked(api: Client, record: Record) -> Asked:
        ids = [record.id, api.desk.ticket("ann", cause="缺纸", cost="1").id]
        return Asked({**body, "ids": ids}, {**body, "ids": ids, **other})

    return asked


def _bulk_transfer(api: Client, record: Record) -> Asked:
    owner = {name: api.desk.people[name].id for name in ("ben", "chief_north")}
    asked = _bulk({"do": "transfer", "owner": owner["ben"]}, owner=owner["chief_north"])
    return asked(api, record)


def _sheet(api: Client, rows: str = "标题\n甲") -> str:
    answer = api.raw(*FILES, rows.encode(), who="chief_north")
    assert answer.status_code == 201
    return str(answer.json["id"])


def _import(api: Client, record: Record) -> Asked:
    first, second = _sheet(api), _sheet(api, "标题\n乙")
    return Asked({"file": first, "dry_run": False}, {"file": second})


def _start_import(api: Client, record: Record) -> Asked:
    answer = api.post("/forms/ticket/imports", {"file": _sheet(api)}, who="chief_north")
    return Asked(None, {"why": "another"}, answer.json["id"])


def _undo_import(api: Client, record: Record) -> Asked:
    body = {"file": _sheet(api), "dry_run": False}
    answer = api.post("/forms/ticket/imports", body, who="chief_north")
    return Asked(None, {"why": "another"}, answer.json["id"])


def _uploaded(api: Client, who: str) -> str:
    answer = api.raw(*FILES, PDF, who=who)
    assert answer.status_code == 201
    return str(answer.json["id"])


DEEDS: dict[str, tuple[str, str, Callable[[Client, Record], Asked]]] = {
    "create": (
        "POST",
        f"{ROOT}/records",
        _plain({"values": {"name": "一"}}, {"values": {"name": "二"}}),
    ),
    "edit": ("PATCH", ONE, _plain({"values": {"cause": "一"}}, {"values": {"cause": "二"}})),
    "delete": ("DELETE", ONE, _plain({}, {"why": "another"})),
    "restore": ("POST", f"{ONE}/restore", _restore),
    "advance": (
        "POST",
        f"{ONE}/advance",
        _plain({"override": True, "reason": "一"}, {"override": True, "reason": "二"}),
    ),
    "transfer": ("POST", f"{ONE}/transfer", _transfer),
    "comment": ("POST", f"{ONE}/comments", _plain({"text": "一"}, {"text": "二"})),
    "evidence": ("POST", f"{ONE}/evidence", _evidence),
    "review": ("POST", f"{ONE}/evidence/<piece>/review", _review),
    "convert": (
        "POST",
        f"{ONE}/convert/<conversion>",
        _plain({}, {"values": {"site": {"name": "另一个"}}}),
    ),
    "export": ("POST", f"{ROOT}/exports", _plain({"format": "csv"}, {"format": "xlsx"})),
    "import": ("POST", f"{ROOT}/imports", _import),
    "start import": ("POST", f"{ROOT}/imports/<run>/start", _start_import),
    "undo import": ("POST", f"{ROOT}/imports/<run>/undo", _undo_import),
    "bulk edit": (
        "POST",
        f"{ROOT}/bulk",
        _bulk({"do": "edit", "values": {"cause": "一"}}, values={"cause": "二"}),
    ),
    "bulk advance": (
        "POST",
        f"{ROOT}/bulk",
        _bulk({"do": "advance", "to": "dropped", "reason": "一"}, to="done"),
    ),
    "bulk transfer": ("POST", f"{ROOT}/bulk", _bulk_transfer),
    "bulk delete": ("POST", f"{ROOT}/bulk", _bulk({"do": "delete"}, reason="另一个")),
}


TRIED_ELSEWHERE = {
    **dict.fromkeys(
        (
            ("POST", f"{ONE}/approvals"),
            ("POST", "/api/v1/approvals/<id>/withdraw"),
            ("POST", "/api/v1/approvals/<id>/urge"),
            ("POST", "/api/v1/tasks"),
            ("POST", "/api/v1/tasks/<id>"),
            ("POST", "/api/v1/delegations"),
            ("DELETE", "/api/v1/delegations/<id>"),
        ),
        "tests/api/test_approvals.py",
    ),
    ("POST", "/api/v1/freezes/<freeze>/lift"): "tests/runtime/rules/test_freezing.py",
    ("POST", f"{ONE}/claim"): "tests/api/test_pools.py",
    ("POST", f"{ONE}/release"): "tests/api/test_pools.py",
    ("POST", f"{ONE}/documents/<document>"): "tests/runtime/documents/test_asking.py",
    ("POST", f"{ONE}/press/<rule>"): "tests/runtime/rules/test_buttons.py",
}
"""What the small app has nothing for, and where its keys are tried."""


def test_every_address_that_changes_something_is_tried(small_desk: Desk) -> None:
    rules = client_of(small_desk).http.application.url_map.iter_rules()
    changing = {
        (method, rule.rule)
        for rule in rules
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }

    tried = {(method, rule) for method, rule, _ in DEEDS.values()} | {FILES}
    assert changing == tried | TRIED_ELSEWHERE.keys()
    assert [where for where in TRIED_ELSEWHERE.values() if not (REPOSITORY / where).exists()] == []


@pytest.mark.parametrize("deed", DEEDS)
def test_one_key_does_one_thing_once(desk: Desk, deed: str) -> None:
    api, record = client_of(desk), desk.ticket("ann", cause="卡纸", cost="80")
    method, rule, prepare = DEEDS[deed]
    asked = prepare(api, record)
    path = rule.replace("<app>", "desk").replace("<form>", "ticket").replace("<id>", record.id)
    path = (
        path.replace("<run>", asked.piece)
        .replace("<piece>", asked.piece)
        .replace("<conversion>", "to_site")
    )
    before = _everything(desk)

    def send(body: dict[str, Any] | None) -> Answer:
        return api.raw(method, path, body, who="chief_north", key="k")

    first = send(asked.body)
    after = _everything(desk)
    desk.clock.move(hours=1)
    again, other = send(asked.body), send(asked.other)

    assert first.status_code in (200, 201, 202), first.json
    assert before != after
    assert (again.status_code, again.json) == (first.status_code, first.json)
    _refused(other)
    assert _everything(desk) == after


def test_one_key_keeps_one_file(desk: Desk) -> None:
    api = client_of(desk)

    def send(content: bytes) -> Answer:
        return api.raw(*FILES, content, key="k")

    first = send(PDF)
    after = _everything(desk)
    again, other = send(PDF), send(PDF + b"\n")

    assert (again.status_code, again.json) == (201, first.json)
    _refused(other)
    assert _everything(desk) == after


def test_what_was_refused_once_can_be_done_with_the_same_key(desk: Desk) -> None:
    api, record = client_of(desk), desk.ticket("ann")
    path, body = f"/forms/ticket/records/{record.id}/advance", {"to": "fixing"}

    first = api.post(path, body, key="k")
    api.patch(f"/forms/ticket/records/{record.id}", {"values": {"cause": "卡纸", "cost": "9"}})
    again = api.post(path, body, key="k")

    assert (first.status_code, again.status_code) == (409, 409)
    assert len(again.json["reasons"]) < len(first.json["reasons"])


def test_of_many_records_only_those_are_tried_again_that_were_left(desk: Desk) -> None:
    api = client_of(desk)
    ready, short = desk.made("site", "ann", name="甲"), desk.made("site", "ann", name="乙")
    body = {"do": "edit", "ids": [ready.id, short.id], "values": {"name": "丙"}}

    first = api.post("/forms/site/bulk", body, who="chief_north", key="k").json["results"]
    api.patch(f"/forms/site/records/{ready.id}", {"values": {"name": "丁"}}, who="chief_north")
    again = api.post("/forms/site/bulk", body, who="chief_north", key="k").json["results"]

    assert [one["status"] for one in first] == [200, 422]
    assert [one["status"] for one in again] == [200, 200]
    assert desk.stored(ready.id, "site").values["name"] == "丁"
    assert desk.stored(short.id, "site").values["name"] == "丙"


def _refused(answer: Answer) -> None:
    assert answer.status_code == 403
    assert answer.json["title"] == "这个 Idempotency-Key 已用于另一个请求"


def _everything(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that says something about records."""
    with desk.services.store.reading() as unit:
        tables = MetaData()
        tables.reflect(unit.connection)
        return {
            name: sorted(map(tuple, unit.connection.execute(select(table))), key=repr)
            for name, table in tables.tables.items()
            if name not in NOT_OF_THE_RECORDS
        }


def test_programs_are_told_of_every_address_and_that_it_takes_a_key(small_desk: Desk) -> None:
    told = client_of(small_desk).raw("GET", "/api/v1/openapi.json", who=None).json["paths"]
    taking_keys = {
        (method.upper(), path)
        for path, ways in told.items()
        for method, what in ways.items()
        if any(one["name"] == "Idempotency-Key" for one in what["parameters"])
    }
    places = str.maketrans({"<": "{", ">": "}"})
    form = ROOT.replace("<app>", "desk").replace("<form>", "ticket")

    for method, rule in {*((method, rule) for method, rule, _ in DEEDS.values()), FILES}:
        path = rule.replace(ROOT, form).replace("<conversion>", "to_site").translate(places)
        assert (method, path) in taking_keys
