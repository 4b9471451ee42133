"""Whoever goes leaves nothing behind that nobody looks after."""

from __future__ import annotations

import re

from tests.desk import Desk
from tests.web.visitor import visitor


def _lines(html: str) -> list[str]:
    lines = re.findall(r'class="doing__item".*?</a>', html, re.DOTALL)
    return [" ".join(re.findall(r">([^<>]+)<", re.sub(r"\s*\n\s*", "", line))) for line in lines]


def test_what_somebody_leaves_is_named_once_they_are_switched_off(small_desk: Desk) -> None:
    small_desk.ticket("chief_north")
    small_desk.made("ticket", "chief_north", name="旧键盘")
    small_desk.made("site", "chief_north", name="甲")
    admin = visitor(small_desk, "admin")
    id_ = small_desk.people["chief_north"].id
    admin.get(f"/admin/people/{id_}")

    answer = admin.post(f"/admin/people/{id_}", login="chief_north", name="孙主管")
    page = admin.get(answer.headers["Location"]).text

    assert answer.headers["Location"] == f"/admin/people/{id_}/work"
    assert "“孙主管”已停用" in page
    assert _lines(page) == [
        "工单 服务台 未结束 2 共 2 条",
        "站点 服务台 未结束 1 共 1 条",
        "北区 部门负责人",
    ]


def test_what_is_not_finished_goes_to_the_one_who_is_named(small_desk: Desk) -> None:
    going, over = small_desk.ticket("ann"), small_desk.ticket("ann")
    site, foreign = small_desk.made("site", "ann", name="甲"), small_desk.ticket("sue")
    chief, admin = visitor(small_desk, "chief_north"), visitor(small_desk, "admin")
    chief.get(f"/a/desk/ticket/{over.id}")
    chief.post(f"/a/desk/ticket/{over.id}/advance", _to="dropped", _reason="不修了")
    place = f"/admin/people/{small_desk.people['ann'].id}/work"
    ben = small_desk.people["ben"].id
    assert _lines(admin.get(place).text)[0] == "工单 服务台 未结束 1 共 2 条"

    answer = admin.post(place, owner=ben)
    page = admin.get(answer.headers["Location"]).text

    assert "2 条记录已移交" in page
    assert [small_desk.stored(one.id).owner for one in (going, foreign)] == [ben, foreign.owner]
    assert small_desk.stored(site.id, "site").owner == ben
    assert small_desk.stored(over.id).owner == small_desk.people["ann"].id
    with small_desk.services.store.reading() as unit:
        latest = unit.events.of_record(small_desk.form(), going.id)[0]
    assert (latest.kind, latest.door, latest.reason) == ("transferred", "bulk", "工作交接")

    admin.post(place, owner=ben, everything="1", reason="离职")
    assert small_desk.stored(over.id).owner == ben
    assert "没有需要交接的工作" in admin.get(place).text


def test_work_goes_to_somebody_else_who_is_there(small_desk: Desk) -> None:
    record = small_desk.ticket("ann")
    admin, ann = visitor(small_desk, "admin"), visitor(small_desk, "ann")
    id_ = small_desk.people["ann"].id
    place = f"/admin/people/{id_}/work"
    admin.get(place)

    for owner in ("", id_, "nobody"):
        answer = admin.post(place, owner=owner)
        assert answer.status_code == 422
        assert "请选择一位在职的同事" in answer.text

    assert small_desk.stored(record.id).owner == id_
    assert ann.get(place).status_code == 403
