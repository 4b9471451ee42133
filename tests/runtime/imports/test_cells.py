"""Cells mean what people write into them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from runtime.workspace.open import install_app
from tests.desk import Desk, open_desk
from tests.runtime.imports.importing import Importer, xlsx_of

APP = """
app: kinds
version: 1.0.0
label: 类型
roles: [{id: agent, label: 坐席}]
menu: [{forms: [thing, place]}]
"""
PLACE = """
form: place
label: 地点
title: name
sections:
  - id: basics
    label: 基本
    fields:
      - {id: name, type: text, label: 名称, required: true}
      - {id: code, type: text, label: 代码, unique: true}
access:
  agent: {rows: all, create: true, edit: true, import: true}
"""
THING = """
form: thing
label: 东西
title: name
sections:
  - id: basics
    label: 基本
    fields:
      - {id: name, type: text, label: 名称, required: true}
      - {id: price, type: money, label: 价格, currency: CNY, allow_negative: true}
      - {id: weight, type: number, label: 重量, places: 3, unit: 公斤}
      - {id: pieces, type: integer, label: 件数}
      - {id: share, type: percent, label: 比例, places: 2}
      - {id: made, type: date, label: 生产日期}
      - {id: seen, type: datetime, label: 检查时间}
      - {id: opens, type: time, label: 开始}
      - {id: lasts, type: duration, label: 时长}
      - {id: ready, type: yes_no, label: 可用, "yes": 已验收, "no": 未验收}
      - id: kind
        type: select
        label: 种类
        options: [{id: big, label: {zh: 大, en: Big}}, {id: small, label: {zh: 小, en: Small}}]
      - id: uses
        type: multi_select
        label: 用途
        options: [{id: a, label: 甲}, {id: b, label: 乙}, {id: c, label: 丙}]
      - {id: words, type: tags, label: 标签}
      - {id: keeper, type: person, label: 保管人}
      - {id: part, type: department, label: 部门}
      - {id: at, type: reference, to: place, label: 地点}
      - {id: near, type: reference_list, to: place, label: 附近}
      - {id: region, type: region, label: 地区}
      - {id: mail, type: email, label: 邮箱}
      - {id: above, type: reference, to: thing, label: 上级}
access:
  agent: {rows: all, create: true, edit: true, import: true}
"""
FILES = {
    "app.yaml": APP.encode(),
    "forms/place.yaml": PLACE.encode(),
    "forms/thing.yaml": THING.encode(),
}


CELLS: list[tuple[str, Any, object]] = [
    ("价格", "1,280.50", Decimal("1280.50")),
    ("价格", "￥1,280.5", Decimal("1280.50")),
    ("价格", "12.5万", Decimal("125000.00")),
    ("价格", "1280元", Decimal("1280.00")),
    ("价格", "(30.20)", Decimal("-30.20")),
    ("价格", 1280.5, Decimal("1280.50")),
    ("重量", "2.5公斤", Decimal("2.500")),
    ("重量", 0.1 + 0.2, Decimal("0.300")),
    ("件数", "１２", 12),
    ("件数", 12, 12),
    ("比例", "15%", Decimal("0.1500")),
    ("比例", "15", Decimal("0.1500")),
    ("生产日期", "2026/1/5", date(2026, 1, 5)),
    ("生产日期", "2026年1月5日", date(2026, 1, 5)),
    ("生产日期", "2026.1.5", date(2026, 1, 5)),
    ("生产日期", "20260105", date(2026, 1, 5)),
    ("生产日期", 46027, date(2026, 1, 5)),
    ("生产日期", "2026-01-05 00:00:00", date(2026, 1, 5)),
    ("检查时间", "2026/1/5 8:30", datetime(2026, 1, 5, 0, 30, tzinfo=UTC)),
    ("检查时间", "2026年1月5日", datetime(2026, 1, 4, 16, 0, tzinfo=UTC)),
    ("检查时间", 46027.354166666664, datetime(2026, 1, 5, 0, 30, tzinfo=UTC)),
    ("开始", "8:30", time(8, 30)),
    ("时长", "2:30", timedelta(hours=2, minutes=30)),
    ("时长", "3天4小时", timedelta(days=3, hours=4)),
    ("可用", "是", True),
    ("可用", "已验收", True),
    ("可用", "TRUE", True),
    ("可用", "N", False),
    ("可用", "未验收", False),
    ("种类", "大", "big"),
    ("种类", "Small", "small"),
    ("种类", "big", "big"),
    ("用途", "乙、甲", ("a", "b")),
    ("用途", "甲,丙", ("a", "c")),
    ("用途", "a；b", ("a", "b")),
    ("标签", "急，重", ("急", "重")),
    ("地区", "广东省深圳市南山区", "440305"),
    ("邮箱", "Ann@Example.com", "Ann@example.com"),
]


class Kinds:
    """One record of the form with every kind of field, as a sheet tells it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.places = {
            name: desk.made_in("kinds", "place", name=name, code=code).id
            for name, code in (("北站", "N"), ("南站", "S"), ("东、西站", "EW"))
        }
        desk.made_in("kinds", "place", name="两处", code="P1")
        desk.made_in("kinds", "place", name="两处", code="P2")

    def read(self, label: str, cell: Any) -> tuple[Any, list[str]]:
        importer = Importer(self.desk, "admin", "thing", "kinds")
        run = importer.bring(xlsx_of(a=[["名称", label], ["它", cell]]))
        (line,) = importer.lines(run)
        if line.record is None:
            return None, [str(one) for why in line.complaints.values() for one in why]
        form = self.desk.services.apps["kinds"].forms["thing"]
        with self.desk.services.store.reading() as unit:
            record = unit.records.one(form, line.record)
        assert record is not None
        field = next(one for one in form.fields.values() if one.label == label)
        return record.values[field.id], []


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    with open_desk(tmp_path_factory.mktemp("kinds")) as desk:
        install_app(desk.services, FILES)
        yield Kinds(desk)


@pytest.mark.parametrize(("label", "cell", "value"), CELLS)
def test_a_cell_is_read_as_people_write_it(
    kinds: Kinds, label: str, cell: Any, value: object
) -> None:
    assert kinds.read(label, cell) == (value, [])


def test_people_are_named_by_name_login_or_id(kinds: Kinds) -> None:
    ann = kinds.desk.people["ann"].id

    assert {kinds.read("保管人", text)[0] for text in ("安静", "ann", "ANN", ann)} == {ann}


def test_departments_are_named_by_name_path_code_or_id(kinds: Kinds) -> None:
    north = kinds.desk.people["ann"].department
    assert north is not None

    found = {kinds.read("部门", text)[0] for text in ("北区", "总部/北区", "north", north)}

    assert found == {north}


def test_records_are_named_by_title_unique_value_or_id(kinds: Kinds) -> None:
    north = kinds.places["北站"]

    assert {kinds.read("地点", text)[0] for text in ("北站", "N", north)} == {north}


def test_several_records_stand_in_one_cell_and_a_title_may_hold_the_sign_between(
    kinds: Kinds,
) -> None:
    found, _ = kinds.read("附近", "北站、南站")
    alone, _ = kinds.read("附近", "东、西站")

    assert set(found) == {kinds.places["北站"], kinds.places["南站"]}
    assert alone == (kinds.places["东、西站"],)


@pytest.mark.parametrize(
    ("label", "cell", "said"),
    [
        ("价格", "很多", "“价格”：“很多”不是数字，请填如 1280.50 的数字"),
        ("价格", "1.234", "“价格”：最多 2 位小数"),
        ("生产日期", "2026-02-30", "“生产日期”：没有“2026-02-30”这一天"),
        ("生产日期", "2026-01-05 08:30", "“生产日期”：“2026-01-05 08:30”不是日期"),
        ("种类", "中", "“种类”：没有“中”这个选项，可选：大、小"),
        ("保管人", "无名", "“保管人”：在职人员中没有“无名”"),
        ("部门", "西区", "“部门”：没有“西区”这个部门"),
        ("地点", "西站", "“地点”：“地点”里没有“西站”，或您看不到它"),
        ("地点", "两处", "“地点”：“两处”有 2 个，分不清是哪个"),
        ("附近", "北站、西站", "“附近”：“地点”里没有“西站”"),
        ("重量", "#N/A", "“重量”：单元格里是公式错误 #N/A"),
        ("邮箱", "无", "“邮箱”：“无”不是邮箱地址"),
    ],
)
def test_a_cell_that_means_nothing_is_refused_in_the_words_of_the_form(
    kinds: Kinds, label: str, cell: Any, said: str
) -> None:
    value, complaints = kinds.read(label, cell)

    assert value is None
    assert len(complaints) >= 1
    assert complaints[0].startswith(said)


def test_a_row_may_name_what_an_earlier_row_makes(kinds: Kinds) -> None:
    importer = Importer(kinds.desk, "admin", "thing", "kinds")
    sheet = xlsx_of(a=[["名称", "上级"], ["甲一", ""], ["甲二", "甲一"], ["甲三", "甲四"]])

    run = importer.check(sheet)
    tried = importer.counts(run, "check")
    run = importer.start(run)

    first, second, third = importer.lines(run)
    form = kinds.desk.services.apps["kinds"].forms["thing"]
    with kinds.desk.services.store.reading() as unit:
        below = unit.records.one(form, str(second.record))
    assert tried == importer.counts(run) == {"created": 2, "refused": 1}
    assert below is not None
    assert below.values["above"] == first.record
    assert third.kind == "refused"
