from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tests.api.client import Client
from tests.desk import Desk


def test_without_a_token_nothing_is_said(api: Client) -> None:
    answer = api.get("/forms/ticket/records", who=None)

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_record_comes_back_as_it_was_sent(api: Client) -> None:
    values = {
        "name": "打印机",
        "cost": "80.50",
        "due": "2026-03-09",
        "parts": [{"part": "硒鼓", "quantity": 2}],
    }

    made = api.post("/forms/ticket/records", {"values": values})
    read = api.get(f"/forms/ticket/records/{made.json['id']}")

    assert made.status_code == 201
    assert read.json == made.json
    shown = read.json["values"]
    assert {name: shown[name] for name in ("name", "cost", "due")} == {
        name: values[name] for name in ("name", "cost", "due")
    }
    assert [(row["part"], row["quantity"]) for row in shown["parts"]] == [("硒鼓", 2)]
    assert (shown["number"], read.json["stage"]) == ("T-0001", "open")


def test_every_complaint_comes_at_once_in_the_callers_language(api: Client) -> None:
    values = {"cost": "much", "begun": "2026-03-09", "due": "2026-03-02", "colour": "red"}

    chinese = api.post("/forms/ticket/records", {"values": values}).json["complaints"]
    english = api.post("/forms/ticket/records", {"values": values}, locale="en").json["complaints"]

    assert chinese.keys() == english.keys() == {"name", "cost", "colour", ""}
    assert chinese[""] == ["截止日期不能早于开始日期"]
    assert english[""] == ["It is due before it begins"]


def test_a_hidden_field_is_not_there_and_can_not_be_set(api: Client) -> None:
    record = api.desk.ticket("ann", margin="9.00", phone="13800000011")

    read = api.get(f"/forms/ticket/records/{record.id}").json["values"]
    written = api.patch(f"/forms/ticket/records/{record.id}", {"values": {"margin": "1"}})

    assert "margin" not in read
    assert read["phone"] != "13800000011"
    assert "****" in read["phone"]
    assert written.status_code == 422
    assert list(written.json["complaints"]) == ["margin"]


def test_foreign_records_do_not_exist(api: Client) -> None:
    foreign = api.desk.ticket("sue")
    path = f"/forms/ticket/records/{foreign.id}"

    answers = [
        api.get(path),
        api.patch(path, {"values": {"name": "mine"}}),
        api.delete(path),
        api.post(f"{path}/advance", {}),
        api.post(f"{path}/transfer", {"owner": api.desk.people["ann"].id}),
        api.post(f"{path}/comments", {"text": "hi"}),
        api.get(f"{path}/missing"),
    ]
    never_was = api.get("/forms/ticket/records/nothing")

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.get_data() for answer in answers} == {never_was.get_data()}
    assert api.desk.stored(foreign.id) == foreign


def test_the_same_key_makes_one_record(api: Client) -> None:
    first = api.post("/forms/ticket/records", {"values": {"name": "a"}}, key="k1")
    again = api.post("/forms/ticket/records", {"values": {"name": "a"}}, key="k1")
    other = api.post("/forms/ticket/records", {"values": {"name": "a"}}, key="k2")

    assert first.json["id"] == again.json["id"] != other.json["id"]
    assert api.get("/forms/ticket/records?total=true").json["total"] == 2


def test_a_key_that_was_used_for_something_else_is_refused(api: Client) -> None:
    api.post("/forms/ticket/records", {"values": {"name": "a"}}, key="k1")

    answer = api.post("/forms/ticket/records", {"values": {"name": "b"}}, key="k1")

    assert answer.status_code == 403
    assert answer.json["title"] == "这个 Idempotency-Key 已用于另一个请求"


def test_every_act_on_a_record_is_done_once_for_its_key(api: Client) -> None:
    record = api.desk.ticket("ann", cause="卡纸", cost="80")
    path = f"/forms/ticket/records/{record.id}"
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("PATCH", path, {"values": {"cause": "缺纸"}}),
        ("POST", f"{path}/comments", {"text": "已联系"}),
        ("POST", f"{path}/transfer", {"owner": api.desk.people["ben"].id}),
        ("POST", f"{path}/advance", {"override": True, "reason": "现场已确认"}),
    ]

    for number, (method, address, body) in enumerate(acts):
        for _ in range(2):
            answer = api.raw(
                method,
                f"/api/v1/apps/desk{address}",
                body,
                who="chief_north",
                key=f"act {number}",
            )
            assert answer.status_code in (200, 201), answer.json

    with api.desk.services.store.reading() as unit:
        kinds = [event.kind for event in unit.events.of_record(api.desk.form(), record.id)]
    assert kinds == ["overridden", "transferred", "commented", "edited", "created"]


def test_a_conversion_is_done_once_for_its_key(api: Client) -> None:
    record = api.desk.ticket("ann")
    path = f"/forms/ticket/records/{record.id}/convert/to_site"

    first = api.post(path, {}, key="k1")
    again = api.post(path, {}, key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["made"] == again.json["made"]
    assert api.get("/forms/site/records?total=true").json["total"] == 1


def test_a_change_of_what_another_changed_shows_both(api: Client) -> None:
    record = api.desk.ticket("ann", cause="?")
    path = f"/forms/ticket/records/{record.id}"
    api.patch(path, {"values": {"cause": "卡纸"}, "version": record.version})

    answer = api.patch(path, {"values": {"cause": "缺纸"}, "version": record.version})

    assert answer.status_code == 409
    assert answer.json["clashes"] == [
        {"field": "cause", "base": "?", "mine": "缺纸", "theirs": "卡纸"}
    ]


def test_pages_follow_one_another_without_gap_or_repetition(api: Client) -> None:
    made = {api.desk.ticket("ann").id for _ in range(7)}

    seen: list[str] = []
    after: str | None = None
    while True:
        query = "limit=3&sort=name,-created_at" + (f"&after={after}" if after else "")
        page: dict[str, Any] = api.get(f"/forms/ticket/records?{query}").json
        seen += [record["id"] for record in page["records"]]
        after = page["next"]
        if after is None:
            break

    assert len(seen) == 7
    assert set(seen) == made


def test_a_filter_that_makes_no_sense_is_refused_with_a_suggestion(api: Client) -> None:
    answer = api.get('/forms/ticket/records?filter={"field":"cots","op":">","value":"1"}')

    assert answer.status_code == 400
    assert answer.json["title"] == "没有字段“cots”，是否想写“cost”？"


def test_a_filter_may_be_written_in_feel(api: Client) -> None:
    for cost, name in (("10", "Alpha"), ("50", "beta"), ("90", "gamma")):
        made = api.post("/forms/ticket/records", {"values": {"name": name, "cost": cost}})
        assert made.status_code == 201

    def names(filter_: Any) -> set[str]:
        asked = quote(json.dumps(filter_))
        answer = api.get(f"/forms/ticket/records?filter={asked}").json
        return {record["values"]["name"] for record in answer["records"]}

    assert names({"feel": "cost > 20 and cost < 80"}) == {"beta"}
    assert names({"feel": 'contains(lower case(name), "al") or cost = 90'}) == {"Alpha", "gamma"}
    cheap = {"field": "cost", "op": "<", "value": 60}
    assert names({"all": [cheap, {"feel": 'name = "beta" or name = "gamma"'}]}) == {"beta"}
    assert names({"any": []}) == set()
    assert names({"all": []}) == {"Alpha", "beta", "gamma"}
    assert api.get(
        f"/forms/ticket/aggregate?measures=count&filter={quote(json.dumps({'feel': 'cost > 20'}))}"
    ).json["groups"] == [{"count": 2}]


def test_every_mistake_in_feel_has_its_place_and_a_suggestion(api: Client) -> None:
    asked = quote(json.dumps({"feel": "cots > 1 and matches(name, 5)"}))

    answer = api.get(f"/forms/ticket/records?filter={asked}", locale="en")

    assert answer.status_code == 400
    first, second = answer.json["errors"]
    assert (first["code"], first["start"], first["end"]) == ("feel.unknown_name", 0, 4)
    assert first["suggestion"] == "cost"
    assert (
        first["message"]
        == answer.json["title"]
        == ("There is no field “cots”, did you mean “cost”?")
    )
    assert second["start"] == 27


def test_feel_does_not_reach_what_is_hidden(api: Client) -> None:
    for feel in (
        "margin > 1",
        "not(margin = null)",
        'phone = "1"',
        "if margin > 1 then 1=1 else 2=1",
    ):
        asked = quote(json.dumps({"feel": feel}))
        answer = api.get(f"/forms/ticket/records?filter={asked}")
        assert (answer.status_code, "权限" in answer.json["title"]) == (400, True)


def test_totals_count_only_what_the_caller_sees(api: Client) -> None:
    api.desk.ticket("ann", cost="10")
    api.desk.ticket("ann", cost="5.50")
    api.desk.ticket("sue", cost="1000")

    groups = api.get("/forms/ticket/aggregate?by=stage&measures=count,sum:cost").json["groups"]

    assert groups == [{"stage": "open", "count": 2, "sum:cost": "15.50"}]


def test_hidden_fields_can_not_be_asked_about(api: Client) -> None:
    api.desk.ticket("ann", margin="9.00")
    root = "/forms/ticket"

    answers = [
        api.get(f'{root}/records?filter={{"field":"margin","op":">","value":"1"}}'),
        api.get(f"{root}/records?sort=margin"),
        api.get(f"{root}/records?columns=margin"),
        api.get(f"{root}/aggregate?measures=sum:margin"),
        api.get(f"{root}/aggregate?by=margin"),
        api.get(f"{root}/records?sort=phone"),
        api.get(f'{root}/records?filter={{"field":"phone","op":"=","value":"13800000011"}}'),
    ]

    assert {answer.status_code for answer in answers} == {400}


def test_the_recycle_bin_takes_and_gives_back(api: Client) -> None:
    record = api.desk.ticket("ann")
    path = f"/forms/ticket/records/{record.id}"

    refused = api.delete(path)
    deleted = api.delete(path, who="chief_north")
    gone = api.get(path)
    restored = api.post(f"{path}/restore", {}, who="chief_north")

    assert (refused.status_code, deleted.status_code, gone.status_code) == (403, 200, 404)
    assert restored.status_code == 200
    assert api.get(path).status_code == 200


def test_every_change_is_in_the_log_with_its_door(api: Client) -> None:
    record = api.desk.ticket("ann", cause="?")
    api.patch(f"/forms/ticket/records/{record.id}", {"values": {"cause": "卡纸"}})

    with api.desk.services.store.reading() as unit:
        latest = unit.events.of_record(api.desk.form(), record.id)[0]

    assert (latest.kind, latest.door, latest.actor) == ("edited", "api", api.desk.people["ann"].id)
    assert {name: list(change) for name, change in latest.changes.items()} == {
        "cause": ["?", "卡纸"]
    }


def test_the_desk_is_described(api: Client, small_desk: Desk) -> None:
    described = api.raw("GET", "/api/v1/openapi.json", who=None).json

    assert described["openapi"] == "3.1.0"
    assert "/api/v1/apps/desk/forms/ticket/records/{id}/advance" in described["paths"]
