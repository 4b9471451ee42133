"""An app begins with nothing, or with what a sheet holds, and is there for its people."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask

from designer.app import build_app
from designer.beginning.apps import app_id
from designer.beginning.sheet_guess import columns_of, fields_of
from runtime.services import Services
from tests.desk import Desk, open_desk
from tests.web.visitor import Visitor

SHEET = (
    ("名称", "数量", "单价", "状态", "购入日期", "在保", "联系电话", "资产编号"),
    ("投影仪", "2", "¥3,200.00", "在用", "2025-03-01", "是", "13800138000", "007"),
    ("打印机", "1", "1500", "在用", "2024/11/20", "否", "13900139000", "012"),
    ("白板", "4", "320.5", "停用", "2023-01-09", "否", "", "100"),
    ("路由器", "3", "260", "停用", "2025-06-30", "是", "13700137000", "101"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(desk: Desk) -> Flask:
    return build_app(desk.services)


def _visitor(app: Flask, login: str) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.sign_in(login)
    return visitor


def _book(folder: Path) -> bytes:
    path = folder / "设备.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("设备")
    for number, row in enumerate(SHEET):
        page.write_row(number, 0, row)
    book.close()
    return path.read_bytes()


def _new(services: Services, before: set[str]) -> str:
    (made,) = set(services.apps) - before
    return made


def test_an_app_from_nothing_has_its_maker_and_gets_a_first_form(desk: Desk, app: Flask) -> None:
    admin, before = _visitor(app, "admin"), set(desk.services.apps)

    begun = admin.post("/design/new", label="设备管理", icon="tools", users="all")
    made = _new(desk.services, before)
    assert begun.headers["Location"].endswith(f"/design/{made}/new/form")
    assert f"/design/{made}/" in admin.get("/design/").text

    refused = admin.post(f"/design/{made}/new/form", label="设备", id="Nope")
    assert refused.status_code == 422
    added = admin.post(f"/design/{made}/new/form", label="设备", id="device")
    assert added.headers["Location"].endswith(f"/design/{made}/device")
    assert "设备" in admin.get(f"/design/{made}/device").text
    assert admin.get(f"/design/{made}/device/preview?role=member").status_code == 200
    # It is a draft still: nobody finds it before it is published.
    assert admin.get(f"/a/{made}/device/").status_code == 404


def test_only_who_designs_an_app_or_administers_may_begin_one(app: Flask) -> None:
    ann = _visitor(app, "ann")

    assert ann.get("/design/new").status_code == 403
    assert ann.post("/design/new", label="我的").status_code == 403
    assert ann.get("/design/").status_code == 403
    assert _visitor(app, "admin").post("/design/new", label="").status_code == 422


def test_a_sheet_becomes_an_app_with_its_records(desk: Desk, app: Flask, tmp_path: Path) -> None:
    admin, before = _visitor(app, "admin"), set(desk.services.apps)

    asked = admin.post("/design/new/sheet", file=(BytesIO(_book(tmp_path)), "设备.xlsx"))
    page = asked.headers["Location"]
    assert "从“设备.xlsx”认出 8 列、4 行数据" in admin.get(page).text
    # The column of the telephone numbers is left out.
    kept = {f"keep-{at}": "on" for at in range(8) if at != 6}
    wish = {"label": "设备台账", "form_label": "设备", "users": "all", **kept}
    report = admin.post(page, **wish).headers["Location"]
    made = _new(desk.services, before)

    fields = desk.services.apps[made].forms["record"].fields
    assert [one.type for one in fields.values()] == [
        "text", "integer", "money", "select", "date", "yes_no", "text",
    ]  # fmt: skip
    assert report.startswith(f"/a/{made}/record/import/")
    listed = admin.get(f"/a/{made}/record/").text
    assert all(row[0] in listed for row in SHEET[1:])
    assert "3,200.00" in listed
    # Everybody may use it at once, and sees what is their own.
    ben = _visitor(app, "ben")
    assert "投影仪" not in ben.get(f"/a/{made}/record/").text
    assert ben.get(f"/a/{made}/record/new").status_code == 200
    assert f"/a/{made}/record/" in ben.get("/menu").text


def test_a_sheet_as_people_keep_it_loses_nothing(desk: Desk, app: Flask, tmp_path: Path) -> None:
    """A merged title on top, one heading twice, a column without one, an empty one, a word that
    the platform uses itself, and an empty row."""
    admin, before = _visitor(app, "admin"), set(desk.services.apps)
    book = xlsxwriter.Workbook(str(tmp_path / "kept.xlsx"))
    page = book.add_worksheet()
    page.merge_range("A1:E1", "2026 年设备台账")
    page.write_row(1, 0, ("名称", "负责人", None, "负责人", "", ""))
    page.write_row(2, 0, ("投影仪", "张三", None, "甲", "", "三楼"))
    page.write_row(4, 0, ("打印机", "李四", None, "乙", "", "一楼"))
    book.close()

    file = (BytesIO((tmp_path / "kept.xlsx").read_bytes()), "台账.xlsx")
    there = admin.post("/design/new/sheet", file=file).headers["Location"]
    asked = admin.get(there).text
    assert "认出 4 列、2 行数据" in asked
    admin.post(
        there, label="台账", form_label="设备", **{f"keep-{at}": "on" for at in (0, 1, 3, 5)}
    )
    made = _new(desk.services, before)

    form = desk.services.apps[made].forms["record"]
    assert [one.label for one in form.fields.values()] == ["名称", "负责人", "负责人 2", "F"]
    listed = admin.get(f"/a/{made}/record/").text
    assert all(
        word in listed for word in ("投影仪", "张三", "甲", "三楼", "打印机", "李四", "一楼")
    )


def test_columns_are_told_by_their_cells() -> None:
    rows = [("15%", "08:30", "a@b.cn", "长" * 80, ""), ("5.5%", "17:45", "c@d.com", "短", "")]
    columns = columns_of(("折扣", "时间", "邮箱", "说明", "手机"), rows)

    assert [one.type for one in columns] == ["percent", "time", "email", "long_text", "phone"]
    assert next(iter(fields_of(columns)))["label"] == "折扣"


def test_a_choice_is_made_of_short_words_that_differ() -> None:
    remark = "皮带老化，需要尽快更换；已联系厂家，等对方确认时间"
    rows = [("一车间" if n % 2 else "二车间", "杭州", remark, f"备用{n % 3}") for n in range(8)]
    columns = columns_of(("车间", "城市", "备注", "用途"), rows)

    assert [one.type for one in columns] == ["select", "text", "text", "select"]


def test_an_app_is_called_by_its_english_name_where_it_has_one() -> None:
    assert app_id("Field visits", ()) == "field_visits"
    assert app_id("Field visits", {"field_visits"}) == "field_visits_2"
    assert app_id("设备", ()).startswith("app_")
