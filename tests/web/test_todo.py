"""What somebody is to do stands on one page: verdicts that others wait for, then what is late."""

from __future__ import annotations

import re

from tests.desk import Desk
from tests.web.test_records import PDF, address, advance, upload
from tests.web.visitor import Visitor, visitor


def hand_in(desk: Desk, login: str, *ids: str) -> None:
    somebody = visitor(desk, login)
    for number, id_ in enumerate(ids):
        file = upload(somebody, content=PDF + bytes([32 + number]))["id"]
        somebody.get(f"/a/desk/ticket/{id_}")
        somebody.post(f"/a/desk/ticket/{id_}/evidence", item="minutes", file=file)


def todo(somebody: Visitor) -> list[str]:
    """Return each line of the page: title, what it is about, and its mark."""
    lines = re.findall(r'class="doing__item".*?</a>', somebody.get("/todo").text, re.DOTALL)
    part = re.compile(r'class="(?:doing__title|doing__meta|badge)[^>]*>([^<]*)<')
    return [" ".join(part.findall(line)) for line in lines]


def test_a_reviewer_is_told_what_waits_and_nobody_else(small_desk: Desk) -> None:
    ticket, foreign = small_desk.ticket("ann"), small_desk.ticket("sue")
    hand_in(small_desk, "ann", ticket.id)
    hand_in(small_desk, "sue", foreign.id)
    chief = visitor(small_desk, "chief_north")

    assert todo(chief) == ["打印机 工单 · 会议纪要 1 份待审核"]
    assert todo(visitor(small_desk, "ann")) == []
    assert todo(visitor(small_desk, "admin")) == []
    assert "有 1 件事需要处理" in chief.get("/").text


def test_what_was_judged_or_is_no_longer_asked_for_waits_no_more(small_desk: Desk) -> None:
    judged, passed = small_desk.ticket("ann"), small_desk.ticket("ann", cause="卡纸", cost="1")
    hand_in(small_desk, "ann", judged.id, passed.id)
    chief = visitor(small_desk, "chief_north")
    assert len(todo(chief)) == 2

    piece = re.search(r"/evidence/([0-9a-f]{32})\"", chief.get(address(judged)).text)
    assert piece
    chief.post(address(judged, f"/evidence/{piece[1]}"), verdict="accepted")
    advance(chief, passed, _to="fixing", _override="yes", _reason="现场已确认")

    assert todo(chief) == []


def test_the_own_evidence_is_for_others_to_judge(small_desk: Desk) -> None:
    hand_in(small_desk, "chief_north", small_desk.ticket("ann").id)

    assert todo(visitor(small_desk, "chief_north")) == []


def test_verdicts_come_before_what_is_late(small_desk: Desk) -> None:
    small_desk.ticket("chief_north")
    small_desk.clock.move(days=5)
    hand_in(small_desk, "ann", small_desk.ticket("ann").id)

    first, second = todo(visitor(small_desk, "chief_north"))

    assert first.endswith("会议纪要 1 份待审核")
    assert "停留" in second
