"""A program brings sheets in: uploads, tries, starts, reads what became of each row, takes back."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.api.client import Answer, Client
from tests.desk import Desk

IMPORTS = "/forms/ticket/imports"
CHIEF = {"who": "chief_north"}


def _file(api: Client, text: str, who: str = "chief_north") -> str:
    sent = api.raw("POST", "/api/v1/files", text.encode(), who=who)
    assert sent.status_code == 201
    return str(sent.json["id"])


def _begin(api: Client, text: str, **body: Any) -> Answer:
    return api.post(IMPORTS, {"file": _file(api, text), **body}, **CHIEF)


def test_a_file_is_only_tried_until_it_is_started(api: Client, small_desk: Desk) -> None:
    tried = _begin(api, "标题,费用\n打印机,80\n扫描仪,很多\n")
    place = f"{IMPORTS}/{tried.json['id']}"
    records = api.get("/forms/ticket/records", **CHIEF).json["records"]
    started = api.post(f"{place}/start", None, **CHIEF)

    assert (tried.status_code, tried.json["state"], records) == (201, "checked", [])
    assert tried.json["counts"] == {"created": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert tried.json["errors"][0]["row"] == 3
    assert tried.json["errors"][0]["complaints"] == {
        "cost": ["“费用”：“很多”不是数字，请填如 1280.50 的数字"]
    }
    assert (started.status_code, started.json["state"]) == (200, "done")
    record = small_desk.stored(started.json["records"][0]["record"])
    assert record.values["name"] == "打印机"
    assert api.get(place, **CHIEF).json == started.json


def test_columns_can_be_named_and_records_updated(api: Client, small_desk: Desk) -> None:
    ticket = small_desk.ticket("chief_north", cause="旧")
    text = f"No,Why\n{ticket.values['number']},新\n"

    done = _begin(
        api,
        text,
        dry_run=False,
        mode="update",
        key="number",
        columns={"No": "number", "Why": "cause"},
    )

    assert done.json["counts"]["changed"] == 1
    assert small_desk.stored(ticket.id).values["cause"] == "新"


def test_an_import_is_taken_back(api: Client) -> None:
    done = _begin(api, "标题\n打印机\n", dry_run=False)

    undone = api.post(f"{IMPORTS}/{done.json['id']}/undo", None, **CHIEF)
    again = api.post(f"{IMPORTS}/{done.json['id']}/undo", None, **CHIEF)

    assert (undone.status_code, undone.json["state"]) == (200, "undone")
    assert undone.json["undone"] == {"done": 1}
    assert again.status_code == 422
    assert api.get("/forms/ticket/records", **CHIEF).json["records"] == []


def test_refused_rows_are_fetched_as_a_sheet(api: Client) -> None:
    tried = _begin(api, "标题,费用\n扫描仪,很多\n")

    sheet = api.get(f"{IMPORTS}/{tried.json['id']}/errors", **CHIEF)

    assert sheet.status_code == 200
    assert io.BytesIO(sheet.get_data()).read(2) == b"PK"


@pytest.mark.parametrize(
    "body",
    [
        {"columns": {"没有": "name"}},
        {"columns": {"标题": "nothing"}},
        {"mode": "update"},
        {"mode": "update", "key": "cause"},
    ],
    ids=["heading", "field", "no key", "wrong key"],
)
def test_a_plan_that_makes_no_sense_is_refused(api: Client, body: dict[str, Any]) -> None:
    assert _begin(api, "标题,原因\n打印机,卡纸\n", **body).status_code == 422


def test_who_has_no_right_to_import_is_turned_away(api: Client) -> None:
    file = _file(api, "标题\n打印机\n", who="ann")

    assert api.post(IMPORTS, {"file": file}, who="ann").status_code == 403


def test_the_file_of_somebody_else_is_not_taken(api: Client) -> None:
    file = _file(api, "标题\n打印机\n", who="ann")

    assert api.post(IMPORTS, {"file": file}, **CHIEF).status_code == 422


def test_the_import_of_somebody_else_is_not_shown(api: Client) -> None:
    tried = _begin(api, "标题\n打印机\n")

    assert api.get(f"{IMPORTS}/{tried.json['id']}", who="ann").status_code == 404
    assert api.get(f"{IMPORTS}/{tried.json['id']}", who="admin").status_code == 200
