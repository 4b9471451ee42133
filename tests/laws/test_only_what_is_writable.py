"""Whatever is sent by whomever: only what that person may write changes in the database."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from engine.access.sight import sight_of
from engine.app import Form
from engine.record import SYSTEM_FIELDS, Record
from runtime.app import build_app
from tests.desk import Desk, open_desk
from tests.laws.visitor import Visitor, json_of, visitor

LOGINS = ("ann", "ben", "chief_north", "sue", "audit", "admin")
ALWAYS = {"version", "updated_at", "updated_by", "last_activity_at"}
"""What every change touches by itself."""
SAMPLES: dict[str, Any] = {
    "money": "99.00",
    "phone": "+8613900001111",
    "date": "2026-05-01",
    "geo": {"latitude": "31.2", "longitude": "121.5"},
    "lines": [{"part": "阀门"}],
    "auto_number": "T-9999",
    "rollup": "5.00",
    "file": ["0" * 32],
}
SYSTEM: dict[str, Any] = {
    **dict.fromkeys(SYSTEM_FIELDS, "f" * 32),
    "version": 99,
    "stage": "done",
    "pipeline": "other",
    "created_at": "2020-01-01T00:00:00Z",
    "deleted_at": "2020-01-01T00:00:00Z",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def visitors(desk: Desk) -> dict[str, Visitor]:
    web = build_app(desk.services)
    return {login: visitor(desk.services, web, login) for login in LOGINS}


def sample(desk: Desk, form: Form, name: str) -> Any:
    field = form.fields[name]
    word = f"样例 {secrets.token_hex(4)}"
    if field.type == "reference":
        return desk.made("site", "ann", name=word).id
    return word if field.type == "text" else SAMPLES[field.type]


def difference(before: Record, after: Record) -> set[str]:
    old, new = before.row(), after.row()
    return {name for name in old | new if old.get(name) != new.get(name)} - ALWAYS


def writable(desk: Desk, login: str, form: Form) -> set[str]:
    """Return what the definition lets the person write at all."""
    sight = sight_of(form, desk.people[login])
    shut = sight.hidden | sight.masked | sight.readonly
    return {id_ for id_, field in form.fields.items() if field.settable and id_ not in shut}


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("form_id", ["ticket", "site"])
def test_an_edit_changes_nothing_else(
    desk: Desk, visitors: dict[str, Visitor], login: str, form_id: str
) -> None:
    form = desk.form(form_id)
    site = sample(desk, desk.form("ticket"), "site") if form_id == "ticket" else None
    record = desk.made(form_id, "ann", name=f"原来 {login}", **({"site": site} if site else {}))
    path = f"/apps/desk/forms/{form_id}/records/{record.id}"
    may = writable(desk, login, form)
    sent = {name: sample(desk, form, name) for name in form.fields} | SYSTEM
    for name, value in sent.items():
        before = desk.stored(record.id, form_id)
        answer = visitors[login].call("PATCH", path, {"values": {name: value}})
        changed = difference(before, desk.stored(record.id, form_id))
        if answer.status_code == 200:
            assert name in may
            assert changed <= {name}, name
        else:
            assert answer.status_code in (403, 404, 422), name
            assert changed == set(), name
            if name in may:
                assert answer.status_code in (403, 404), (name, json_of(answer))


@pytest.mark.parametrize("login", LOGINS)
def test_a_form_sent_with_more_than_it_had_changes_nothing_else(
    desk: Desk, visitors: dict[str, Visitor], login: str
) -> None:
    form = desk.form("ticket")
    record = desk.made("ticket", "ann", name=f"原来 {login}")
    before = desk.stored(record.id)
    typed = {name: str(value) for name, value in SYSTEM.items()} | {"margin": "77", "number": "T-1"}
    visitors[login].post(f"/a/desk/ticket/{record.id}/edit", panel=True, **typed)
    changed = difference(before, desk.stored(record.id))
    assert changed <= ({"margin"} & writable(desk, login, form))


@pytest.mark.parametrize("login", LOGINS)
def test_a_new_record_takes_nothing_else(
    desk: Desk, visitors: dict[str, Visitor], login: str
) -> None:
    form = desk.form("ticket")
    may = writable(desk, login, form)
    path = "/apps/desk/forms/ticket/records"
    allowed = sight_of(form, desk.people[login]).create
    for name, value in ({n: sample(desk, form, n) for n in form.fields} | SYSTEM).items():
        answer = visitors[login].call("POST", path, {"values": {"name": "新的", name: value}})
        if not allowed:
            assert answer.status_code == 403
            continue
        assert (answer.status_code == 201) == (name in may), (name, json_of(answer))
        if answer.status_code == 201:
            stored = desk.stored(json_of(answer)["id"])
            assert stored.owner == stored.created_by == desk.people[login].id
            assert (stored.stage, stored.version, stored.deleted_at) == ("open", 1, None)
            filled = {id_ for id_, kept in stored.values.items() if kept is not None}
            assert filled <= {"name", "number", name}


@pytest.mark.parametrize("login", ["ann", "chief_north", "admin"])
@pytest.mark.parametrize("form_id", ["ticket", "site"])
def test_a_sheet_changes_nothing_else(
    desk: Desk, visitors: dict[str, Visitor], login: str, form_id: str
) -> None:
    form, who = desk.form(form_id), visitors[login]
    record = desk.made(form_id, "ann", name=f"原来 {login} {form_id}")
    may = writable(desk, login, form) if sight_of(form, desk.people[login]).bring_in else set()
    sent = {name: sample(desk, form, name) for name in form.fields} | SYSTEM
    for name, value in sent.items():
        if name == "id":
            continue
        before = desk.stored(record.id, form_id)
        sheet = io.BytesIO(f'id\tx\n{record.id}\t"{str(value).replace(chr(34), "")}"\n'.encode())
        file = who.http.post(
            "/api/v1/files",
            data={"file": (sheet, "sheet.csv")},
            headers={"Authorization": f"Bearer {who.token}"},
        )
        columns = {"id": "id", "x": name}
        body = {"file": json_of(file)["id"], "columns": columns, "mode": "update", "key": "id"}
        path = f"/apps/desk/forms/{form_id}/imports"
        answer = who.call("POST", path, {**body, "dry_run": False})
        changed = difference(before, desk.stored(record.id, form_id))
        assert changed <= ({name} & may), (name, json_of(answer))
        assert answer.status_code in ((201, 422) if may else (403,)), json_of(answer)
        if name in may and form.fields[name].type == "text":
            assert changed == {name}, json_of(answer)
