"""The page of a record shows, asks for and takes exactly what the visitor may."""

from __future__ import annotations

import io
import re
from typing import Any

from werkzeug.test import TestResponse

from engine.record import Record
from tests.desk import Desk
from tests.web.visitor import Visitor, visitor

PANEL = {"X-Panel": "1"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def address(ticket: Record, part: str = "") -> str:
    return f"/a/desk/ticket/{ticket.id}{part}"


def upload(somebody: Visitor, name: str = "纪要.pdf", content: bytes = PDF) -> dict[str, Any]:
    somebody.get("/a/desk/ticket/new")
    data = {"csrf_token": somebody.csrf, "file": (io.BytesIO(content), name)}
    answer = somebody.client.post("/files", data=data, headers=PANEL)
    assert answer.status_code == 201, answer.text
    return dict(answer.json or {})


def advance(somebody: Visitor, ticket: Record, **fields: str) -> TestResponse:
    somebody.get(address(ticket))
    return somebody.post(address(ticket, "/advance"), headers=PANEL, **fields)


def reasons_in(html: str) -> list[str]:
    alert = re.search(r'role="alert".*?</ul>', html, re.DOTALL)
    return re.findall(r"<li><span>(.*?)</span>", alert[0]) if alert else []


def test_the_sheet_asks_for_just_what_is_missing(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cost="10")

    html = visitor(small_desk, "ann").get(address(ticket, "/advance"), headers=PANEL).text

    assert 'name="cause"' in html
    assert 'name="_evidence-minutes"' in html
    assert 'name="cost"' not in html
    assert 'name="name"' not in html


def test_a_refusal_lists_every_reason_and_keeps_what_was_typed(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann = visitor(small_desk, "ann")

    answer = advance(ann, ticket, _to="fixing", _fields="cause", cause="纸卡了")

    assert answer.status_code == 422
    assert reasons_in(answer.text) == [
        "请先估算费用",
        "请上传“会议纪要”，至少 1 份（pdf）",
    ]
    assert answer.text.count("请先估算费用") == 1
    assert answer.text.count('class="why-link"') == 1
    assert 'value="纸卡了"' in answer.text
    assert small_desk.stored(ticket.id).values.get("cause") is None


def test_one_answer_fills_in_hands_in_and_moves(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cost="10")
    chief = visitor(small_desk, "chief_north")
    ann = visitor(small_desk, "ann")
    file = upload(ann)
    ann.get(address(ticket))
    given = {"item": "minutes", "file": file["id"]}
    ann.post(address(ticket, "/evidence"), headers=PANEL, **given)
    page = chief.get(address(ticket)).text
    piece = re.search(r"/evidence/([0-9a-f]{32})\"", page)
    assert piece
    chief.post(address(ticket, f"/evidence/{piece[1]}"), verdict="accepted")

    answer = advance(ann, ticket, _to="fixing", _fields="cause", cause="纸卡了")

    assert answer.status_code == 200, answer.text
    stored = small_desk.stored(ticket.id)
    assert (stored.stage, stored.values["cause"]) == ("fixing", "纸卡了")


def test_evidence_waits_for_its_reviewer_and_says_so(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cost="10", cause="纸卡了")
    ann = visitor(small_desk, "ann")
    file = upload(ann)

    answer = advance(ann, ticket, _to="fixing", **{"_evidence-minutes": file["id"]})

    assert answer.status_code == 422
    assert "等待审核" in answer.text
    assert file["id"] in answer.text


def test_a_rejected_piece_shows_its_reason(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")
    file = upload(ann)
    ann.get(address(ticket))
    ann.post(address(ticket, "/evidence"), item="minutes", file=file["id"])
    piece = re.search(r"/evidence/([0-9a-f]{32})\"", chief.get(address(ticket)).text)
    assert piece

    unexplained = chief.post(address(ticket, f"/evidence/{piece[1]}"), verdict="rejected")
    explained = chief.post(
        address(ticket, f"/evidence/{piece[1]}"), verdict="rejected", reason="没有签字"
    )

    assert unexplained.status_code == 422
    assert "请写明退回的原因" in unexplained.text
    assert explained.status_code == 303
    assert "没有签字" in ann.get(address(ticket)).text


def test_the_board_and_the_form_leave_different_doors_in_the_timeline(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann = visitor(small_desk, "ann")

    advance(ann, ticket, _to="dropped", _reason="客户撤单", _door="board")

    html = ann.get(address(ticket)).text
    assert "看板" in html
    assert "客户撤单" in html


def test_back_and_aside_want_a_reason(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann = visitor(small_desk, "ann")

    answer = advance(ann, ticket, _to="dropped")

    assert answer.status_code == 422
    assert "请写明原因" in answer.text
    assert small_desk.stored(ticket.id).stage == "open"


def test_who_may_override_can_pass_with_a_reason(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann, chief = visitor(small_desk, "ann"), visitor(small_desk, "chief_north")

    assert 'name="_override"' not in ann.get(address(ticket, "/advance"), headers=PANEL).text
    assert 'name="_override"' in chief.get(address(ticket, "/advance"), headers=PANEL).text
    refused = advance(chief, ticket, _to="fixing", _override="yes")
    passed = advance(chief, ticket, _to="fixing", _override="yes", _reason="客户等不了")

    assert refused.status_code == 422
    assert passed.status_code == 200
    assert "客户等不了" in chief.get(address(ticket)).text


def test_the_page_offers_only_what_the_visitor_may_do(small_desk: Desk) -> None:
    ticket = small_desk.ticket()

    ann = visitor(small_desk, "ann").get(address(ticket)).text
    audit = visitor(small_desk, "audit").get(address(ticket)).text

    assert f'{address(ticket, "/edit")}"' in ann
    assert f'{address(ticket, "/delete")}"' not in ann
    for part in ("/edit", "/advance", "/delete", "/transfer"):
        assert f'href="{address(ticket, part)}' not in audit


def test_a_record_out_of_sight_has_no_page_and_no_acts(small_desk: Desk) -> None:
    ticket = small_desk.ticket("sue")
    ann = visitor(small_desk, "ann")
    ann.get("/a/desk/ticket/new")

    for part in ("", "/gate", "/advance"):
        assert ann.get(address(ticket, part)).status_code == 404
    for part in ("/advance", "/comments", "/transfer", "/delete", "/restore", "/evidence"):
        assert ann.post(address(ticket, part), text="x", _to="fixing").status_code == 404


def test_a_change_is_told_in_words_of_the_form(small_desk: Desk) -> None:
    ticket = small_desk.ticket(cause="未知")
    ann = visitor(small_desk, "ann")
    ann.get(address(ticket))
    ann.post(address(ticket, "/edit"), _version="1", _fields="cause", cause="纸卡了")

    html = ann.get(address(ticket)).text

    assert re.search(r"原因</span> <del>未知</del>.*<ins>纸卡了</ins>", html)


def test_changes_of_hidden_fields_are_not_told(small_desk: Desk) -> None:
    ticket = small_desk.ticket(margin="5")
    chief = visitor(small_desk, "chief_north")
    chief.get(address(ticket))
    chief.post(address(ticket, "/edit"), _version="1", _fields="margin", margin="4321")

    assert "4,321" in chief.get(address(ticket)).text
    assert "4,321" not in visitor(small_desk, "ann").get(address(ticket)).text


def test_a_comment_is_shown_as_text_whatever_it_holds(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann = visitor(small_desk, "ann")
    ann.get(address(ticket))

    ann.post(address(ticket, "/comments"), text="<script>alert(1)</script>")

    html = ann.get(address(ticket)).text
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_what_is_deleted_can_be_restored_by_who_may_delete(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    chief = visitor(small_desk, "chief_north")
    chief.get(address(ticket))

    chief.post(address(ticket, "/delete"), reason="重复")
    gone = chief.get(address(ticket)).status_code
    chief.get("/a/desk/ticket/")
    chief.post(address(ticket, "/restore"))

    assert gone == 404
    assert chief.get(address(ticket)).status_code == 200


def test_a_transfer_goes_to_a_colleague_and_to_nobody_else(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    chief = visitor(small_desk, "chief_north")
    chief.get(address(ticket))

    refused = chief.post(address(ticket, "/transfer"), owner="0" * 32)
    moved = chief.post(address(ticket, "/transfer"), owner=small_desk.people["ben"].id)

    assert refused.status_code == 422
    assert moved.status_code == 303
    assert small_desk.stored(ticket.id).owner == small_desk.people["ben"].id


def test_after_a_transfer_who_still_sees_the_record_stays_on_it(small_desk: Desk) -> None:
    kept, given = small_desk.ticket(), small_desk.ticket()
    chief = visitor(small_desk, "chief_north")
    chief.get(address(kept))

    near = chief.post(address(kept, "/transfer"), owner=small_desk.people["ben"].id)
    far = chief.post(address(given, "/transfer"), owner=small_desk.people["sue"].id)

    assert near.location == address(kept)
    assert far.location == "/a/desk/ticket/"


def test_people_are_found_by_their_initials(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    answer = ann.get("/people?q=szg", headers=PANEL)

    assert answer.json is not None
    assert [one["title"] for one in answer.json["choices"]] == ["孙主管"]


def test_a_picker_offers_no_record_out_of_sight(small_desk: Desk) -> None:
    small_desk.ticket("ann", cause="x")
    small_desk.ticket("sue", cause="y")

    answer = visitor(small_desk, "ann").get("/a/desk/ticket/choices", headers=PANEL)

    assert answer.json is not None
    assert len(answer.json["choices"]) == 1
