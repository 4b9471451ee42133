"""A sheet comes in by the same door as everything else: checked, once, and back out again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from engine.imports.plan import ImportPlan
from engine.outcomes import Denied, Invalid, Missing
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.store.imports import ImportRun
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.import_file import receive_sheet
from runtime.use_cases.import_moves import check_plan, start_import, undo_import
from tests.desk import Desk
from tests.runtime.imports.importing import Importer, csv_of, xlsx_of
from tests.workspaces import desk, small_desk

__all__ = ["desk", "small_desk"]

TWO = csv_of("标题,原因,费用", "打印机,卡纸,80", "扫描仪,不亮,90")


def _records(desk: Desk, importer: Importer, run: ImportRun) -> list[Record]:
    return [desk.stored(line.record) for line in importer.lines(run) if line.record]


def test_each_row_becomes_a_record_with_its_event(desk: Desk) -> None:
    importer = Importer(desk)

    run = importer.bring(TWO, reason="搬家")

    records = _records(desk, importer, run)
    assert [record.values["name"] for record in records] == ["打印机", "扫描仪"]
    assert [record.values["number"] for record in records] == ["T-0001", "T-0002"]
    with desk.services.store.reading() as unit:
        (event,) = unit.events.of_record(desk.form(), records[0].id)
    assert (event.door, event.reason, event.data["import"]) == ("import", "搬家", run.id)
    assert (run.state, run.rows, importer.counts(run)) == ("done", 2, {"created": 2})


def test_trying_writes_nothing(desk: Desk) -> None:
    importer = Importer(desk)
    ticket = desk.ticket("chief_north", cause="旧")

    run = importer.check(
        csv_of("记录ID,原因", f"{ticket.id},新"),
        mode="update",
        key="id",
        columns={0: "id", 1: "cause"},
    )

    assert importer.counts(run, "check") == {"changed": 1}
    assert desk.stored(ticket.id) == ticket


def test_everything_that_is_wrong_is_said_at_once_and_the_rest_comes_in(desk: Desk) -> None:
    importer = Importer(desk)

    run = importer.bring(
        csv_of("标题,费用,开始日期,截止日期", ",x,,", "好的,1,,", "迟了,,2026-03-05,2026-03-01")
    )

    assert importer.complaints(run, "run") == {
        2: ["请填写“标题”", "“费用”：“x”不是数字，请填如 1280.50 的数字"],
        4: ["截止日期不能早于开始日期"],
    }
    assert importer.counts(run) == {"created": 1, "refused": 2}


def test_records_are_found_by_a_unique_field_and_changed(desk: Desk) -> None:
    importer = Importer(desk, "chief_north", "site")
    desk.made("site", "ann", name="北站", secret="旧")
    sheet = csv_of("名称,内部代号", "北站,新", "南站,新")

    only = importer.check(sheet, mode="update", key="name")
    both = importer.bring(sheet, mode="both", key="name")

    assert importer.counts(only, "check") == {"changed": 1, "refused": 1}
    assert importer.counts(both) == {"changed": 1, "created": 1}


def test_records_are_found_by_their_number_and_an_unchanged_one_is_left(desk: Desk) -> None:
    importer = Importer(desk)
    ticket = desk.ticket("chief_north", cause="卡纸")
    sheet = csv_of("编号,原因", f"{ticket.values['number']},卡纸", "T-9999,无")

    run = importer.bring(sheet, mode="update", key="number", columns={0: "number", 1: "cause"})

    assert importer.counts(run) == {"unchanged": 1, "refused": 1}
    assert desk.stored(ticket.id).version == ticket.version


@pytest.mark.parametrize(("empty", "left"), [("keep", "卡纸"), ("clear", None)])
def test_an_empty_cell_keeps_or_empties(desk: Desk, empty: Any, left: str | None) -> None:
    importer = Importer(desk)
    ticket = desk.ticket("chief_north", cause="卡纸")
    sheet = csv_of("记录ID,标题,原因", f"{ticket.id},改名,")
    columns = {0: "id", 1: "name", 2: "cause"}

    importer.bring(sheet, mode="update", key="id", columns=columns, empty=empty)

    assert desk.stored(ticket.id).values["cause"] == left


def test_the_same_key_twice_is_refused_the_second_time(desk: Desk) -> None:
    importer = Importer(desk, form="site")

    run = importer.check(csv_of("名称", "北站", "北站"))
    tried = importer.complaints(run)
    run = importer.start(run)
    again = importer.check(csv_of("名称", "北站", "北站"), mode="both", key="name")

    assert tried == {3: ["“名称”与第 2 行重复"]}
    assert importer.complaints(run, "run") == {3: ["“名称”与第 2 行重复"]}
    assert importer.complaints(again) == {3: ["“名称”与第 2 行重复"]}


def test_who_may_give_records_away_keeps_owner_creator_and_times(desk: Desk) -> None:
    importer = Importer(desk)
    sheet = csv_of(
        "标题,负责人,创建人,创建时间,修改时间", "旧单,安静,本田,2024/3/5 9:00,2025-01-01"
    )

    run = importer.bring(sheet)

    (record,) = _records(desk, importer, run)
    people = desk.people
    assert (record.owner, record.created_by) == (people["ann"].id, people["ben"].id)
    assert record.department == people["ann"].department
    assert record.created_at == datetime(2024, 3, 5, 1, 0, tzinfo=UTC)
    assert record.updated_at == datetime(2024, 12, 31, 16, 0, tzinfo=UTC)
    assert record.last_activity_at == record.updated_at
    with desk.services.store.reading() as unit:
        (event,) = unit.events.of_record(desk.form(), record.id)
    assert (event.actor, event.at) == (people["chief_north"].id, desk.clock())


def test_who_may_not_give_records_away_may_not_name_owners(desk: Desk) -> None:
    importer = Importer(desk, form="site")
    run = importer.receive(csv_of("名称,负责人", "北站,安静"))
    services, act = desk.services, desk.act("chief_north", door="import")
    plan = ImportPlan(columns={0: "name", 1: "owner"}, sheet="")

    begun = check_plan(services, act, desk.form("site"), run.id, plan)

    assert run.plan["columns"] == {"0": "name"}
    assert isinstance(begun, Invalid)


def test_a_moment_to_come_is_no_history(desk: Desk) -> None:
    importer = Importer(desk)

    run = importer.check(csv_of("标题,创建时间", "单,2099-01-01"))

    assert importer.complaints(run) == {2: ["“创建时间”：不能晚于现在"]}


def test_rows_that_only_go_on_belong_to_the_record_above(desk: Desk) -> None:
    importer = Importer(desk)
    sheet = csv_of(
        "标题,配件.配件,配件.数量", "打印机,硒鼓,2", ",纸,5", "扫描仪,灯,1", "扫描仪,线,1", "键盘,,"
    )

    run = importer.bring(sheet)

    parts = [
        [(row["part"], row["quantity"]) for row in record.values["parts"] or ()]  # type: ignore[union-attr, index, call-overload]  # rows
        for record in _records(desk, importer, run)
    ]
    assert parts == [[("硒鼓", 2), ("纸", 5)], [("灯", 1), ("线", 1)], []]


def test_rows_of_a_sheet_of_their_own_are_found_by_the_column_they_share(desk: Desk) -> None:
    importer = Importer(desk)
    content = xlsx_of(
        工单=[["标题", "原因"], ["打印机", "卡纸"], ["扫描仪", "不亮"]],
        配件=[
            ["标题", "配件", "数量"],
            ["打印机", "硒鼓", 2],
            ["键盘", "键", 1],
            ["打印机", "纸", "x"],
        ],
    )

    run = importer.bring(content)

    said = [
        (line.sheet, line.number, [str(one) for why in line.complaints.values() for one in why])
        for line in importer.lines(run)
        if line.kind == "refused"
    ]
    assert said == [
        ("", 2, ["“配件”第 2 行“数量”：“x”不是数字，请填如 1280.50 的数字"]),
        ("配件", 3, ["主表里没有“键盘”，这一行不知道属于哪条记录"]),
    ]


def test_a_stage_is_reached_only_through_its_gates(desk: Desk) -> None:
    importer = Importer(desk)
    desk.ticket("chief_north", cause="卡纸", cost="80")
    closed = desk.ticket("chief_north")
    _move(desk, closed, "dropped")

    run = importer.bring(csv_of("标题,阶段", "新单,处理中", "新单,已取消"), reason="旧系统")

    said = importer.complaints(run, "run")
    assert set(said) == {2}
    assert "请填写“原因”" in said[2]
    assert "请先估算费用" in said[2]
    assert [record.stage for record in _records(desk, importer, run)] == ["dropped"]


def _move(desk: Desk, record: Record, target: str) -> None:
    act = desk.act("admin", reason="因为")
    advance_record(desk.services, act, desk.form(), record.id, Step(target=target, override=True))


def test_records_that_are_not_seen_are_neither_changed_nor_named(desk: Desk) -> None:
    south = desk.made("ticket", "sue", name="南区的")
    importer = Importer(desk)

    run = importer.bring(
        csv_of("记录ID,原因", f"{south.id},新"),
        mode="update",
        key="id",
        columns={0: "id", 1: "cause"},
    )

    assert importer.complaints(run, "run") == {2: ["没有找到这条记录，或您没有查看的权限"]}
    assert desk.stored(south.id) == south


def test_only_who_has_the_right_imports_and_sees_what_was_imported(desk: Desk) -> None:
    run = Importer(desk).bring(TWO)
    services, form, ann = desk.services, desk.form(), desk.act("ann", door="import")
    admin = desk.act("admin", door="import")

    assert isinstance(receive_sheet(services, ann, form, "a.csv", _stream(TWO)), Denied)
    assert isinstance(undo_import(services, ann, form, run.id), Denied)
    assert isinstance(start_import(services, admin, desk.form("site"), run.id), Missing)
    assert isinstance(undo_import(services, admin, form, run.id), ImportRun)


def _stream(content: bytes) -> Any:
    return io.BytesIO(content)


def test_rights_are_those_of_the_moment_in_which_it_is_done(desk: Desk) -> None:
    importer = Importer(desk)
    run = importer.check(TWO)
    services, act = desk.services, desk.act("chief_north", door="import")
    assert isinstance(start_import(services, act, desk.form(), run.id), ImportRun)
    with services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people["chief_north"].id, "desk", ["agent"])

    Workshop(services=services).run_due()

    run = importer.state(run)
    assert (run.state, str(run.problem)) == ("failed", "您没有导入“工单”的权限")
    assert importer.counts(run) == {}


def test_a_plan_that_makes_no_sense_is_refused(small_desk: Desk) -> None:
    importer = Importer(small_desk)
    run = importer.receive(TWO)
    services, act, form = small_desk.services, small_desk.act("chief_north"), small_desk.form()
    plan = ImportPlan(sheet="", columns={0: "name", 1: "cause"})
    wrong = [
        msgspec.structs.replace(plan, columns={}),
        msgspec.structs.replace(plan, columns={0: "name", 1: "name"}),
        msgspec.structs.replace(plan, columns={0: "nothing"}),
        msgspec.structs.replace(plan, columns={0: "name", 1: "number"}),
        msgspec.structs.replace(plan, mode="update"),
        msgspec.structs.replace(plan, mode="update", key="number"),
        msgspec.structs.replace(plan, mode="update", key="cause"),
    ]

    outcomes = [check_plan(services, act, form, run.id, one) for one in wrong]

    assert all(isinstance(one, Invalid) for one in outcomes)
    assert importer.state(run) == replace(run)


def test_a_reference_may_be_to_a_record_of_the_rows_before(desk: Desk) -> None:
    sites = Importer(desk, form="site")
    sites.bring(csv_of("名称", "北站"))

    run = Importer(desk).bring(csv_of("标题,站点", "打印机,北站"))

    (record,) = _records(desk, Importer(desk), run)
    assert record.values["site"] == _sites(desk, sites, sites_run(desk))[0].id


def sites_run(desk: Desk) -> ImportRun:
    with desk.services.store.reading() as unit:
        return unit.imports.latest("desk", "site", None, 1)[0]


def _sites(desk: Desk, importer: Importer, run: ImportRun) -> list[Record]:
    return [desk.stored(str(line.record), "site") for line in importer.lines(run)]
