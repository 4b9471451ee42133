"""A filter is put together by choosing or by writing, and says in place what is wrong with it."""

from __future__ import annotations

import json
import re
from typing import Any

from werkzeug.test import TestResponse

from tests.desk import Desk
from tests.web.visitor import Visitor, visitor

SHEET = "/a/desk/ticket/filter"


def _condition(field: str, op: str, *values: str) -> dict[str, Any]:
    return {"field": field, "op": op, "values": list(values)}


def _all(*items: dict[str, Any]) -> str:
    return json.dumps({"all": True, "items": items})


def _any(*items: dict[str, Any]) -> dict[str, Any]:
    return {"all": False, "items": items}


def _set(who: Visitor, filter_: str) -> TestResponse:
    return who.post(f"{SHEET}?view=all", mode="visual", filter=filter_)


def _write(who: Visitor, feel: str) -> TestResponse:
    return who.post(f"{SHEET}?view=all", mode="feel", feel=feel)


def _check(who: Visitor, **asked: str) -> dict[str, Any]:
    answer = who.post(f"{SHEET}/check", **asked)
    assert answer.status_code == 200
    data: dict[str, Any] = answer.get_json()
    return data


def _model(who: Visitor, feel: str = "") -> dict[str, Any]:
    page = who.get(SHEET, query_string={"view": "all", "feel": feel}).text
    found = re.search(r"<script type=\"application/json\" data-model>(.*?)</script>", page, re.S)
    assert found
    model: dict[str, Any] = json.loads(found[1])
    return model


def test_conditions_in_groups_find_what_they_say(small_desk: Desk) -> None:
    for cause, cost in (("纸", "100"), ("墨", "900"), ("光", None)):
        small_desk.ticket("ann", cause=cause, cost=cost)
    ann = visitor(small_desk, "ann")
    dear = _condition("cost", ">=", "500")
    filter_ = _all(_any(dear, _condition("cost", "empty")), _condition("cause", "!=", "光"))

    gone = _set(ann, filter_)

    page = ann.get(f"{gone.headers['Location']}&cols=cause").text
    assert ("墨" in page, "纸" in page, ">光<" in page) == (True, False, False)


def test_a_written_filter_goes_into_the_address_as_it_was_written(small_desk: Desk) -> None:
    gone = _write(visitor(small_desk, "ann"), 'cause = "a & b" or cost > 5')

    assert gone.headers["Location"].endswith("?view=all&feel=cause+%3D+%22a+%26+b%22+or+cost+%3E+5")


def test_the_sheet_draws_the_filter_that_holds(small_desk: Desk) -> None:
    model = _model(visitor(small_desk, "ann"), 'cost > 5 and (cause = "a" or due = null)')

    assert model["filter"]["all"] is True
    first, group = model["filter"]["items"]
    assert first == _condition("cost", ">", "5")
    assert (group["all"], len(group["items"])) == (False, 2)


def test_the_people_of_a_filter_are_drawn_by_name(small_desk: Desk) -> None:
    ben = small_desk.people["ben"].id

    model = _model(visitor(small_desk, "chief_north"), f'owner in ("{ben}")')

    (condition,) = model["filter"]["items"]
    assert condition["titles"] == {ben: "本田"}


def test_a_part_that_cannot_be_drawn_is_shown_in_words_and_kept(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    model = _model(ann, "cost > 5 and due > begun")

    _, odd = model["filter"]["items"]
    assert odd["text"] == "due > begun"
    assert "截止日期" in odd["told"]
    gone = _set(ann, json.dumps(model["filter"]))
    assert "due+%3E+begun" in gone.headers["Location"]


def test_what_only_text_can_say_opens_as_text(small_desk: Desk) -> None:
    assert _model(visitor(small_desk, "ann"), "due > begun")["filter"] is None


def test_hidden_and_masked_fields_are_neither_offered_nor_understood(small_desk: Desk) -> None:
    ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")

    offered = {field["id"] for field in _model(ann)["fields"]}
    assert {"cost", "site.name"} <= offered
    assert not {"margin", "phone", "site.secret"} & offered
    assert "margin" in {field["id"] for field in _model(chief)["fields"]}
    for feel in ("margin > 0", 'phone = "1"', 'site.secret = "1"'):
        assert _write(ann, feel).status_code == 422
    assert "margin" not in ann.get(f"{SHEET}/words").text
    assert _set(ann, _all(_condition("margin", ">", "0"))).status_code == 422


def test_mistakes_come_with_their_place_and_what_would_be_right(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    (problem,) = _check(ann, mode="feel", feel='cause = "🙂" and cots > 5')["problems"]

    # Browsers count an emoji as two.
    assert (problem["start"], problem["end"]) == (17, 21)
    assert problem["suggestion"] == "cost"
    assert "cots" in problem["message"]


def test_what_people_call_a_thing_is_turned_into_what_it_is_written_as(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    problems = _check(ann, mode="feel", feel='费用 > 5 and stage = "已完成"')["problems"]

    assert [each["suggestion"] for each in problems] == ["cost", '"done"']


def test_a_filter_is_told_in_words_and_counted(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="900")
    small_desk.ticket("ben", cost="900")

    answer = _check(visitor(small_desk, "ann"), mode="feel", feel='cost > 5 and stage = "open"')

    assert answer["told"] == "意思是：费用 大于 ¥5，且 阶段 是 待处理"
    assert answer["count"] == "符合的有 1 条"
    assert answer["problems"] == []
    assert len(answer["filter"]["items"]) == 2


def test_a_value_that_does_not_fit_is_told_at_its_condition(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    filter_ = _all(_condition("cause", "=", "a"), _any(_condition("cost", ">", "viel")))

    answer = _check(ann, mode="visual", filter=filter_)
    page = _set(ann, filter_)

    assert [each["at"] for each in answer["at"]] == [[1, 0]]
    assert page.status_code == 422
    assert "viel" in page.text


def test_a_sheet_sent_with_mistakes_keeps_what_was_written(small_desk: Desk) -> None:
    page = _write(visitor(small_desk, "ann"), "cots > 5")

    assert page.status_code == 422
    assert ">cots > 5</textarea>" in page.text.replace("&gt;", ">")
    assert "是否想写“cost”" in page.text


def test_nonsense_is_refused_without_a_breakdown(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    deep = '{"all": true, "items": [' * 40 + "]}" * 40

    odd = _all(_condition("id", "later_than", "\ud83d"), _condition(".", "in", "\0"))

    for sent in (odd, "", "[]", "null", "{", '{"items": 5}', '{"field": "x"}', deep, "9" * 5000):
        assert _set(ann, sent).status_code == 422


TYPED = {
    "phone": "+8613800138000",
    "number": "12",
    "date": "2026-03-02",
    "text": "a b",
    "tags": "x",
    "time": "10:30",
}


def _values(field: dict[str, Any], shape: str) -> list[str]:
    """Return what somebody could fill in."""
    one = (
        field["options"][0][0]
        if "options" in field
        else TYPED.get(field["id"]) or TYPED.get(field["kind"], "01hx")
    )
    two = [one, one.replace("12", "15").replace("03-02", "03-09")]
    return {"none": [], "days": ["7"], "two": two, "several": [one]}.get(shape, [one])


def test_whatever_the_menus_offer_can_be_asked_and_is_drawn_again(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")
    model = _model(admin)
    wrong = []

    for field in model["fields"]:
        for entry in model["menus"][field["kind"]]:
            op, _, fixed = entry["op"].partition(":")
            values = [fixed] if fixed else _values(field, entry["shape"])
            condition = _condition(field["id"], op, *values)
            answer = _check(admin, mode="visual", filter=_all(condition))
            again = _check(admin, mode="feel", feel=answer["feel"])
            if answer["at"] or not answer["count"] or not _same(again["filter"], condition):
                wrong.append((condition, answer, again["filter"]))

    assert wrong == []
    assert {"cost", "site.name", "owner.department"} <= {each["id"] for each in model["fields"]}


def _same(drawn: dict[str, Any] | None, asked: dict[str, Any]) -> bool:
    """Whether a filter shows just one condition."""
    items = (drawn or {}).get("items", [])
    return len(items) == 1 and {k: items[0].get(k) for k in asked} == asked


def test_completion_knows_fields_choices_and_functions_by_their_words(small_desk: Desk) -> None:
    words = visitor(small_desk, "ann").get(f"{SHEET}/words").get_json()

    fields = {field["id"]: field["label"] for field in words["fields"][""]}
    assert fields["cost"] == "费用"
    assert {field["id"] for field in words["fields"]["site"]} >= {"name"}
    assert ["done", "已完成"] in words["options"]["stage"]
    assert words["sources"]["owner"] == "/people"
    assert words["sources"]["site"] == "/a/desk/site/choices"
    assert {"today", "contains"} <= {function["id"] for function in words["functions"]}
    assert "user.id" in {word["id"] for word in words["words"]}


def test_the_board_filters_alike_and_stays_the_board(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="900")
    ann = visitor(small_desk, "ann")

    gone = ann.post(
        f"{SHEET}?view=all&door=board", mode="visual", filter=_all(_condition("cost", ">", "5"))
    )

    assert gone.headers["Location"].startswith("/a/desk/ticket/board?view=all&feel=")
    assert "费用 大于 ¥5" in ann.get(gone.headers["Location"]).text


def test_who_sees_no_records_is_asked_nothing(small_desk: Desk) -> None:
    stranger = visitor(small_desk, "audit")

    assert stranger.get(SHEET).status_code == 200
    assert visitor(small_desk).get(SHEET).status_code == 303
