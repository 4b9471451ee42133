from __future__ import annotations

import csv
import io
import re
from html import unescape

from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.use_cases.own_jobs import SHOWN_KINDS
from runtime.web.admin.job_words import WORDS
from tests.desk import Desk
from tests.web.visitor import Visitor, visitor

WHO = "chief_north"
LIST = "/a/desk/ticket/"


def export(desk: Desk, who: Visitor, query: str = "", **fields: object) -> str:
    """Ask for an export as the sheet does, do it, and return the id of its job."""
    sheet = who.get(f"{LIST}export{query}")
    assert sheet.status_code == 200
    action = re.search(r'method="post" action="([^"]*/export[^"]*)"', sheet.text)
    assert action
    answer = who.post(unescape(action[1]), **{"format": "csv", **fields})
    assert answer.status_code == 200, answer.text
    found = re.search(r'data-job="/jobs/([0-9a-f]+)/panel"', answer.text)
    assert found
    Workshop(services=desk.services).run_due()
    return found[1]


def rows(who: Visitor, job: str) -> list[list[str]]:
    with who.get(f"/jobs/{job}/file") as file:
        assert file.status_code == 200
        return list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig"))))


def test_the_list_offers_its_export_to_who_may(small_desk: Desk) -> None:
    small_desk.ticket()

    assert f"{LIST}export?" in visitor(small_desk, WHO).get(LIST).text
    for login in ("ann", "audit"):
        who = visitor(small_desk, login)
        assert "export" not in who.get(LIST).text
        assert who.get(f"{LIST}export").status_code == 403


def test_the_file_has_the_filter_the_order_and_the_columns_of_the_list(small_desk: Desk) -> None:
    for cost in ("30", "10", "20"):
        small_desk.ticket(cost=cost)
    who = visitor(small_desk, WHO)

    job = export(small_desk, who, "?view=all&f=cost~>~10&sort=-cost&cols=cost,name")

    assert rows(who, job) == [["费用", "标题"], ["30.00", "打印机"], ["20.00", "打印机"]]


def test_all_fields_can_be_had_and_only_those_that_were_picked(small_desk: Desk) -> None:
    first = small_desk.ticket(cost="1", phone="13812345678")
    small_desk.ticket(cost="2")
    who = visitor(small_desk, WHO)

    job = export(small_desk, who, f"?id={first.id}", id=first.id, columns="all")

    head, *told = rows(who, job)
    assert {"编号", "标题", "费用", "毛利", "阶段", "负责人", "创建时间"} <= set(head)
    assert [row[head.index("费用")] for row in told] == ["1.00"]


def test_what_was_asked_for_is_told_and_can_be_had_again(small_desk: Desk) -> None:
    small_desk.ticket()
    who = visitor(small_desk, WHO)

    job = export(small_desk, who)

    page = who.get("/jobs").text
    assert "工单_20260302-0900.csv" in page
    assert "共 1 条" in page
    assert f'href="/jobs/{job}/file"' in page
    for other in ("ann", "admin"):
        stranger = visitor(small_desk, other)
        assert job not in stranger.get("/jobs").text
        assert stranger.get(f"/jobs/{job}/panel").status_code == 404
        assert stranger.get(f"/jobs/{job}/file").status_code == 404
        assert stranger.post(f"/jobs/{job}/retry").status_code == 404


def test_what_failed_is_told_in_words_and_can_be_tried_again(small_desk: Desk) -> None:
    small_desk.ticket()
    who = visitor(small_desk, WHO)
    with small_desk.services.store.unit() as unit:
        chief = small_desk.people[WHO].id
        unit.people.roles.set_for("person", chief, "desk", ["agent"])
        job = unit.jobs.save(
            "export_records",
            {
                "app": "desk",
                "form": "ticket",
                "export": '{"app":"desk","form":"ticket","wanted":{}}',
            },
            small_desk.clock(),
            person=chief,
        )
    Workshop(services=small_desk.services).run_due()
    assert "您没有导出“工单”的权限" in who.get("/jobs").text

    with small_desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", chief, "desk", ["chief"])
    assert who.post(f"/jobs/{job}/retry").status_code == 303
    Workshop(services=small_desk.services).run_due()

    assert "共 1 条" in who.get("/jobs").text


def test_the_same_click_twice_is_one_export(small_desk: Desk) -> None:
    small_desk.ticket()
    who = visitor(small_desk, WHO)
    key = re.search(r'name="_key" value="([^"]*)"', who.get(f"{LIST}export").text)
    assert key

    for _ in range(2):
        assert who.post(f"{LIST}export", _key=key[1]).status_code == 200

    assert who.get("/jobs").text.count("data-job=") == 1


def test_a_file_is_saved_and_never_shown_in_place(small_desk: Desk) -> None:
    small_desk.ticket()
    who = visitor(small_desk, WHO)
    job = export(small_desk, who)

    with who.get(f"/jobs/{job}/file") as file:
        assert file.headers["Content-Disposition"].startswith("attachment; filename")
        assert file.headers["Content-Type"] == "application/octet-stream"
        assert "sandbox" in file.headers["Content-Security-Policy"]
        assert file.headers["Cache-Control"] == "private, no-store"


def test_all_that_people_can_ask_for_is_told_in_words_and_done_by_something() -> None:
    assert set(SHOWN_KINDS) == set(WORDS)
    assert set(SHOWN_KINDS) <= set(kinds())
