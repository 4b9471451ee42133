from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.client import Client, client_of
from tests.runtime.approvals.office import Office, open_office

RECORDS = "/api/v1/apps/desk/forms/ticket/records"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def api(office: Office) -> Client:
    return client_of(office)


def _submitted(api: Client, office: Office) -> str:
    record = office.ticket("ann", cost="2000.00")
    body = {"workflow": "review", "remark": "请批"}
    answer = api.raw("POST", f"{RECORDS}/{record.id}/approvals", body)
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def _task(api: Client, who: str, box: str = "approve") -> str:
    answer = api.raw("GET", f"/api/v1/tasks?box={box}", who=who)
    assert answer.status_code == 200
    return str(answer.json["tasks"][0]["id"])


def test_a_program_submits_returns_mends_and_agrees(api: Client, office: Office) -> None:
    approval = _submitted(api, office)
    task = _task(api, "chief_north")
    back = {"do": "return", "opinion": "写原因"}
    assert api.raw("POST", f"/api/v1/tasks/{task}", back, who="chief_north").status_code == 200

    mended = {"do": "resubmit", "values": {"cause": "磨损"}}
    task = _task(api, "ann", "todo")
    assert api.raw("POST", f"/api/v1/tasks/{task}", mended).status_code == 200

    agree = {"do": "agree"}
    task = _task(api, "chief_north")
    first = api.raw("POST", f"/api/v1/tasks/{task}", agree, who="chief_north", key="k1")
    again = api.raw("POST", f"/api/v1/tasks/{task}", agree, who="chief_north", key="k1")
    assert (first.status_code, again.status_code) == (200, 200)
    late = api.raw("POST", f"/api/v1/tasks/{task}", agree, who="chief_north")
    assert late.status_code == 409
    assert late.json["reasons"]

    look = api.raw("GET", f"/api/v1/approvals/{approval}")
    assert look.json["state"] == "running"
    told = [(step["step"], step["state"]) for step in look.json["steps"]]
    assert told[-1] == ("audit", "open")
    assert "磨损" in str(office.stored(look.json["record"]).values["cause"])


def test_several_tasks_are_decided_alike_and_each_has_its_answer(
    api: Client, office: Office
) -> None:
    _submitted(api, office)
    _submitted(api, office)
    tasks = [
        task["id"] for task in api.raw("GET", "/api/v1/tasks", who="chief_north").json["tasks"]
    ]
    body = {"tasks": [*tasks, "nothing"], "do": "agree", "opinion": "同意"}
    answer = api.raw("POST", "/api/v1/tasks", body, who="chief_north")
    assert [one["status"] for one in answer.json["results"]] == [200, 200, 404]


def test_only_who_submitted_takes_it_back(api: Client, office: Office) -> None:
    approval = _submitted(api, office)
    path = f"/api/v1/approvals/{approval}/withdraw"
    assert api.raw("POST", path, {}, who="sue").status_code == 404
    assert api.raw("POST", path, {}, who="chief_north").status_code in (403, 409)
    assert api.raw("POST", path, {"reason": "填错"}).json["outcome"] == "withdrawn"


def test_a_stand_in_decides_for_the_time_that_is_handed_over(api: Client, office: Office) -> None:
    handed = {
        "stand_in": office.people["ben"].id,
        "starts_at": "2026-03-02T01:00:00+00:00",
        "ends_at": "2026-03-05T01:00:00+00:00",
    }
    made = api.raw("POST", "/api/v1/delegations", handed, who="chief_north")
    assert made.status_code == 201
    same = api.raw("POST", "/api/v1/delegations", handed, who="chief_north")
    assert same.status_code == 422
    _submitted(api, office)
    assert _task(api, "ben")

    listed = api.raw("GET", "/api/v1/delegations", who="ben")
    assert [one["id"] for one in listed.json["taken"]] == [made.json["id"]]
    gone = api.raw("DELETE", f"/api/v1/delegations/{made.json['id']}", who="ben")
    assert gone.status_code == 404
    gone = api.raw("DELETE", f"/api/v1/delegations/{made.json['id']}", who="chief_north")
    assert gone.status_code == 200


def test_nobody_hands_over_to_themselves_or_in_a_circle(api: Client, office: Office) -> None:
    def hand(who: str, to: str, **more: str) -> int:
        body = {
            "stand_in": office.people[to].id,
            "starts_at": "2026-03-02T01:00:00+00:00",
            "ends_at": "2026-03-05T01:00:00+00:00",
            **more,
        }
        return api.raw("POST", "/api/v1/delegations", body, who=who).status_code

    assert hand("ann", "ann") == 422
    assert hand("ann", "ben", ends_at="2026-03-01T01:00:00+00:00") == 422
    assert hand("ann", "ben", app="nowhere") == 422
    assert hand("ann", "ben", ends_at="0001-01-01T00:00:00+08:00") == 422
    assert hand("ann", "ben") == 201
    assert hand("ben", "ann") == 422
