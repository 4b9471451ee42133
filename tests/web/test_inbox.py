"""The inbox holds what somebody has to do; what is finished there is finished everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from engine.wording import Message, Said
from runtime.store.tasks import Task
from tests.desk import Desk
from tests.web.visitor import Visitor, visitor


def asked(desk: Desk, login: str, title: str | Said, **other: object) -> str:
    """Give somebody something to do."""
    task = Task(
        key=str(title),
        kind="todo",
        person=desk.people[login].id,
        title=Message(title) if isinstance(title, str) else title,
        opened_at=desk.clock(),
    )
    with desk.services.store.unit() as unit:
        return unit.tasks.open(replace(task, **other))  # type: ignore[arg-type]  # its fields


def shown(somebody: Visitor, box: str = "todo", **more: str) -> list[str]:
    """Return each line of a box: title, what it is about, and its mark."""
    page = somebody.get("/todo", query_string={"box": box, **more}).text
    lines = re.findall(r'class="doing__item".*?</a>', page, re.DOTALL)
    part = re.compile(r'class="(?:doing__title|doing__meta|badge)[^>]*>(?:<span.*?</span>)?([^<]*)')
    return [" | ".join(part.findall(line)) for line in lines]


def test_a_to_do_says_what_it_is_about_and_by_when(small_desk: Desk) -> None:
    ticket = small_desk.ticket("ann")
    place = {"app": "desk", "form": "ticket", "record": ticket.id}
    due = small_desk.clock() + timedelta(hours=5)
    asked(small_desk, "ann", "给报修人回电话", **place, note="建议先看手册", due=due)
    asked(small_desk, "ann", "整理工位", kind="todo")
    ann = visitor(small_desk, "ann")

    first, second = shown(ann)
    assert first == "给报修人回电话 | 工单 · 打印机 · 建议先看手册 | 今天 14:00 前"
    assert second == "整理工位 | "
    assert shown(visitor(small_desk, "ben")) == []

    small_desk.clock.move(hours=41)
    assert shown(visitor(small_desk, "ann"))[0].endswith("| 已超时 36 小时")


def test_what_waits_is_counted_on_every_page_and_shown_first_at_home(small_desk: Desk) -> None:
    asked(small_desk, "ann", Said({"zh": "回电话", "en": "Call back"}))
    asked(small_desk, "ann", "看一眼", kind="cc")
    ann = visitor(small_desk, "ann")

    assert 'class="count tone-red">1<' in ann.get("/a/desk/ticket/").text
    assert "回电话" in ann.get("/").text
    assert 'class="count tone-red"' not in visitor(small_desk, "ben").get("/a/desk/ticket/").text


def test_a_finished_to_do_moves_to_what_was_done_and_into_the_timeline(small_desk: Desk) -> None:
    ticket = small_desk.ticket("ann")
    place = {"app": "desk", "form": "ticket", "record": ticket.id}
    id_ = asked(small_desk, "ann", "给报修人回电话", **place)
    ann = visitor(small_desk, "ann")

    assert "给报修人回电话" in ann.get(f"/todo/{id_}").text
    assert ann.post(f"/todo/{id_}/finish", note="已约周三").status_code == 303

    assert shown(ann) == []
    assert shown(ann, "done") == ["给报修人回电话 | 工单 · 打印机 · 已约周三"]
    record = ann.get(f"/a/desk/ticket/{ticket.id}").text
    assert "完成了待办" in record
    assert "已约周三" in record


def test_a_second_click_finishes_nothing_twice(small_desk: Desk) -> None:
    ticket = small_desk.ticket("ann")
    place = {"app": "desk", "form": "ticket", "record": ticket.id}
    id_ = asked(small_desk, "ann", "给报修人回电话", **place)
    ann = visitor(small_desk, "ann")
    ann.post(f"/todo/{id_}/finish", note="第一次")
    ann.post(f"/todo/{id_}/finish", note="第二次")

    assert shown(ann, "done") == ["给报修人回电话 | 工单 · 打印机 · 第一次"]
    assert ann.get(f"/a/desk/ticket/{ticket.id}").text.count("完成了待办") == 1


def test_the_to_do_of_somebody_else_is_not_there(small_desk: Desk) -> None:
    id_ = asked(small_desk, "ann", "给报修人回电话")
    ben = visitor(small_desk, "ben")

    assert ben.get(f"/todo/{id_}").status_code == 404
    assert ben.post(f"/todo/{id_}/finish").status_code == 404
    assert shown(visitor(small_desk, "ann")) == ["给报修人回电话 | "]


def test_what_became_void_says_so(small_desk: Desk) -> None:
    id_ = asked(small_desk, "ann", "给报修人回电话")
    ann = visitor(small_desk, "ann")
    with small_desk.services.store.unit() as unit:
        unit.tasks.void([id_], "withdrawn", small_desk.clock())

    ann.post(f"/todo/{id_}/finish")
    assert "这件事已不用再做" in ann.get(f"/todo/{id_}").text
    assert shown(ann, "done") == []


def test_several_are_finished_at_once_each_for_itself(small_desk: Desk) -> None:
    mine = [asked(small_desk, "ann", title) for title in ("甲", "乙", "丙")]
    foreign = asked(small_desk, "ben", "丁")
    ann = visitor(small_desk, "ann")
    with small_desk.services.store.unit() as unit:
        unit.tasks.void([mine[2]], "withdrawn", small_desk.clock())

    sheet = ann.get("/todo/batch/finish", query_string={"id": [*mine, foreign]}).text
    result = ann.post("/todo/batch/finish", id=[*mine, foreign]).text

    assert "丁" not in sheet
    assert "2 条成功，2 条未成功" in result
    assert shown(ann) == []
    assert shown(visitor(small_desk, "ben")) == ["丁 | "]


def test_the_inbox_is_narrowed_by_form_words_and_lateness(small_desk: Desk) -> None:
    site = small_desk.made("site", "chief_north", name="总站")
    ticket = small_desk.ticket("ann")
    asked(small_desk, "ann", "核对站点", app="desk", form="site", record=site.id)
    late = small_desk.clock() - timedelta(minutes=1)
    asked(small_desk, "ann", "回电话", app="desk", form="ticket", record=ticket.id, due=late)
    ann = visitor(small_desk, "ann")

    assert shown(ann, form="desk.site") == ["核对站点 | 站点 · 总站"]
    assert shown(ann, q="电话") == ["回电话 | 工单 · 打印机 | 已超时 1 分钟"]
    assert shown(ann, late="1") == ["回电话 | 工单 · 打印机 | 已超时 1 分钟"]
    assert "没有符合条件的" in ann.get("/todo?q=nothing").text


def test_more_than_a_page_is_turned_over(small_desk: Desk) -> None:
    for number in range(53):
        asked(small_desk, "ann", f"第 {number:02} 件")
    ann = visitor(small_desk, "ann")

    assert len(shown(ann)) == 50
    assert shown(ann, skip="50") == ["第 50 件 | ", "第 51 件 | ", "第 52 件 | "]
    assert 'href="?box=todo&amp;skip=50"' in ann.get("/todo").text


def test_the_title_of_a_record_that_one_may_not_see_is_not_told(small_desk: Desk) -> None:
    foreign = small_desk.ticket("sue")
    with small_desk.services.store.unit() as unit:
        unit.tasks.open(
            Task(
                key="k",
                kind="todo",
                person=small_desk.people["ann"].id,
                app="desk",
                form="ticket",
                record=foreign.id,
                title=Message("去看看"),
                opened_at=small_desk.clock(),
                state="done",
                outcome="done",
                ended_at=small_desk.clock(),
            )
        )

    assert shown(visitor(small_desk, "ann"), "done") == ["去看看 | 工单"]
