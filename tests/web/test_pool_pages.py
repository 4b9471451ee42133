"""People look at the pool, take of it and put back, and read why a record came to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.store.query import Page
from runtime.use_cases.list_records import Wanted, list_records
from tests.desk import Desk, open_desk
from tests.runtime.pools.spring import FILES
from tests.web.visitor import visitor


@pytest.fixture
def spring(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, files=FILES) as desk:
        yield desk


def test_a_record_goes_from_one_person_to_another_through_the_pool(spring: Desk) -> None:
    record = spring.ticket("ann", cause="卡纸")
    ann, sue = visitor(spring, "ann"), visitor(spring, "sue")
    base = f"/a/desk/ticket/{record.id}"
    assert f"{base}/release" in ann.get(base).text
    assert "退回公共工单" in ann.get(f"{base}/release").text

    refused = ann.post(f"{base}/release", reason=" ")
    done = ann.post(f"{base}/release", reason="没空")
    shown = sue.get("/a/desk/ticket/pool").text
    taken = sue.post(f"{base}/claim")

    assert (refused.status_code, done.status_code) == (422, 303)
    assert "打印机" in shown
    assert "卡纸" not in shown
    assert "今天还可领取 2 条" in shown
    assert taken.headers["Location"].endswith(base)
    told = sue.get(base).text
    assert "领取了记录" in told
    assert "没空" in told


def test_who_is_refused_reads_why(spring: Desk) -> None:
    record = spring.ticket("ann")
    ann = visitor(spring, "ann")
    base = f"/a/desk/ticket/{record.id}"
    ann.post(f"{base}/release", reason="没空")

    ann.post(f"{base}/claim")

    assert "之后才能再领取" in ann.get("/a/desk/ticket/pool").text


def test_the_list_leads_to_the_pool_for_those_who_may_take(spring: Desk) -> None:
    assert "/a/desk/ticket/pool" in visitor(spring, "ann").get("/a/desk/ticket/").text
    audit = visitor(spring, "audit")
    assert "/a/desk/ticket/pool" not in audit.get("/a/desk/ticket/").text
    assert audit.get("/a/desk/ticket/pool").status_code == 403


def test_a_form_without_a_pool_has_no_such_pages(spring: Desk) -> None:
    ann = visitor(spring, "ann")

    assert ann.get("/a/desk/site/pool").status_code == 404
    assert ann.get("/a/desk/site/x/release").status_code == 404


def test_the_timeline_says_why_somebody_was_given_a_record(spring: Desk) -> None:
    for _ in range(2):
        spring.ticket("ann")
    chief = visitor(spring, "chief_north")
    chief.get("/a/desk/ticket/new")

    chief.post("/a/desk/ticket/new", name="复印机", begun="2026-03-01", cost="5000")

    act = spring.act("ben")
    page = list_records(spring.services, act, spring.form(), Wanted())
    assert isinstance(page, Page)
    (given,) = page.records
    told = visitor(spring, "ben").get(f"/a/desk/ticket/{given.id}").text
    assert "自动分配了负责人" in told
    assert "按决策表“谁来处理”第 1 条" in told
    assert "安静（2 条，已满）" in told
