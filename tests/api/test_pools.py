"""Programs take from a pool and put back by the same rules as people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.api.client import Client, client_of
from tests.desk import open_desk
from tests.runtime.pools.spring import FILES


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Client]:
    with open_desk(tmp_path, files=FILES) as desk:
        yield client_of(desk)


def records(id_: str, verb: str) -> str:
    return f"/forms/ticket/records/{id_}/{verb}"


def test_what_is_put_back_waits_without_its_hidden_fields(api: Client) -> None:
    record = api.desk.ticket("ann", cause="卡纸", cost="80")

    done = api.post(records(record.id, "release"), {"reason": "没空"}, who="ann")
    listed = api.get("/forms/ticket/pool", who="sue")

    assert done.status_code == 200
    assert listed.status_code == 200
    assert listed.json["count"] == 1
    assert listed.json["room"] == {"today": 2, "held": 0, "most": 3}
    (waits,) = listed.json["records"]
    assert waits["id"] == record.id
    assert waits["values"]["name"] == "打印机"
    assert not {"cause", "phone", "margin"} & waits["values"].keys()


def test_one_key_takes_and_puts_back_once(api: Client) -> None:
    record = api.desk.ticket("ann")
    path = f"/api/v1/apps/desk{records(record.id, 'release')}"

    gone = [api.raw("POST", path, {"reason": "没空"}, who="ann", key="k") for _ in range(2)]
    other = api.raw("POST", path, {"reason": "不想做"}, who="ann", key="k")
    path = f"/api/v1/apps/desk{records(record.id, 'claim')}"
    got = [api.raw("POST", path, None, who="ben", key="k") for _ in range(2)]

    assert [one.status_code for one in gone] == [200, 200]
    assert other.status_code == 403
    assert [one.status_code for one in got] == [200, 200]
    assert got[0].json == got[1].json
    with api.desk.services.store.reading() as unit:
        events = unit.events.of_record(api.desk.form(), record.id)
    assert [one.kind for one in events] == ["claimed", "released", "created"]


def test_every_no_says_why(api: Client) -> None:
    record = api.desk.ticket("ann")
    api.post(records(record.id, "release"), {"reason": "没空"}, who="ann")

    again = api.post(records(record.id, "claim"), None, who="ann")
    other = api.post(records(record.id, "claim"), None, who="audit")
    silent = api.post(records(api.desk.ticket("ben").id, "release"), {"reason": " "}, who="ben")

    assert (again.status_code, other.status_code, silent.status_code) == (422, 403, 422)
    assert "之后才能再领取" in str(again.json)


@pytest.mark.parametrize("limit", ["0", "201", "x"])
def test_a_page_has_its_bounds(api: Client, limit: str) -> None:
    assert api.get(f"/forms/ticket/pool?limit={limit}", who="sue").status_code == 400


def test_pages_follow_each_other(api: Client) -> None:
    ids = []
    for login in ("ann", "ben", "sue"):
        record = api.desk.ticket(login)
        api.post(records(record.id, "release"), {"reason": "没空"}, who=login)
        ids.append(record.id)
        api.desk.clock.move(minutes=1)

    first = api.get("/forms/ticket/pool?limit=2", who="sue").json
    after = urlencode({"after": first["next"]})
    rest = api.get(f"/forms/ticket/pool?{after}", who="sue").json

    assert [one["id"] for one in (*first["records"], *rest["records"])] == ids
