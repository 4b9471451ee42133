"""Somebody lets a colleague decide for a time, and keeps the words that they use again."""

from __future__ import annotations

import re

from tests.desk import Desk
from tests.web.visitor import visitor

PAGE = "/me/approvals"


def handed(desk: Desk, login: str, to: str, **more: str) -> tuple[int, str]:
    somebody = visitor(desk, login)
    somebody.get(PAGE)
    span = {"starts_at": "2026-03-03T09:00", "ends_at": "2026-03-06T18:00"}
    fields = {"stand_in": desk.people[to].id, "what": "", **span, **more}
    answer = somebody.post(PAGE, **fields)
    return answer.status_code, answer.text


def test_a_stand_in_is_shown_to_both_and_ended_by_who_chose_it(small_desk: Desk) -> None:
    assert handed(small_desk, "ann", "ben", reason="休假")[0] == 303
    ann, ben = visitor(small_desk, "ann"), visitor(small_desk, "ben")

    mine = ann.get(PAGE).text
    assert "本田" in mine
    assert "2026-03-03 09:00 – 2026-03-06 18:00 · 休假" in mine
    assert "未开始" in mine
    theirs = ben.get(PAGE).text
    assert "委托给我的" in theirs
    assert "安静" in theirs

    id_ = re.search(rf"{PAGE}/(\w+)/end", mine)
    assert id_
    assert ben.post(f"{PAGE}/{id_[1]}/end").status_code == 404
    ann.get(PAGE)
    assert ann.post(f"{PAGE}/{id_[1]}/end").status_code == 303
    assert "本田" not in ann.get(PAGE).text


def test_what_is_wrong_with_a_stand_in_is_said_beside_it(small_desk: Desk) -> None:
    status, page = handed(small_desk, "ann", "ann", ends_at="2026-03-01T09:00")
    assert status == 422
    assert "不能委托给自己" in page
    assert "结束时间要晚于开始时间和现在" in page
    assert handed(small_desk, "ann", "ben", starts_at="soon")[0] == 422
    assert "请填写日期和时间" in handed(small_desk, "ann", "ben", starts_at="soon")[1]


def test_phrases_are_kept_once_and_forgotten_by_their_owner_only(small_desk: Desk) -> None:
    ann, ben = visitor(small_desk, "ann"), visitor(small_desk, "ben")
    ann.get(PAGE)
    ann.post(f"{PAGE}/phrases", text=" 核对无误，  同意 ")
    ann.post(f"{PAGE}/phrases", text="核对无误， 同意")
    page = ann.get(PAGE).text

    ids = re.findall(rf"{PAGE}/phrases/(\w+)/remove", page)
    assert len(ids) == 1
    assert "核对无误， 同意" in page
    ben.get(PAGE)
    assert ben.post(f"{PAGE}/phrases/{ids[0]}/remove").status_code == 404
    assert ann.post(f"{PAGE}/phrases/{ids[0]}/remove").status_code == 303
    assert "核对无误" not in ann.get(PAGE).text


def test_a_phrase_is_neither_empty_nor_endless(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get(PAGE)

    assert ann.post(f"{PAGE}/phrases", text="  ").status_code == 422
    assert "最长 200 字" in ann.post(f"{PAGE}/phrases", text="长" * 201).text
