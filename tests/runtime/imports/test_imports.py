"""A sheet comes in by the same door as everything else: checked, once, and back out again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.forms.submission import read_json
from engine.imports.plan import ImportPlan
from engine.outcomes import Denied, Invalid, Missing
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.sheets.opening import open_book
from runtime.store.imports import ImportRun
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.import_errors import write_errors
from runtime.use_cases.import_file import receive_sheet
from runtime.use_cases.import_moves import check_plan, start_import, stop_import, undo_import
from runtime.use_cases.import_sheet import walk_sheet
from runtime.use_cases.import_template import make_template
from tests.desk import Desk
from tests.runtime.imports.importing import Importer, csv_of, xlsx_of
from tests.workspaces import desk, small_desk

__all__ = ["desk", "small_desk"]

TWO = csv_of("标题,原因,费用", "打印机,卡纸,80", "扫描仪,不亮,90")


def _records(desk: Desk, importer: Importer, run: ImportRun) -> list[Record]:
    return [desk.stored(line.record) for line in importer.lines(run) if line.record]


def _tickets(desk: Desk) -> int:
    with desk.services.store.reading() as unit:
        found = unit.connection.exec_driver_sql('SELECT count(*) FROM "desk__ticket"')
        return int(found.scalar_one())


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

    run = importer.bring(csv_of("名称", "北站", "北站"))
    again = importer.check(csv_of("名称", "北站", "北站"), mode="both", key="name")

    assert importer.complaints(run, "check") == {3: ["“名称”与第 2 行重复"]}
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


class Killed(BaseException):
    """The process ends at this moment."""


def test_what_was_interrupted_goes_on_without_doing_anything_twice(desk: Desk) -> None:
    importer = Importer(desk)
    rows = [f"单{n},{n}" for n in range(130)]
    run = importer.check(csv_of("标题,费用", *rows))
    services, act = desk.services, desk.act("chief_north", door="import")
    assert isinstance(start_import(services, act, desk.form(), run.id), ImportRun)
    told: list[int] = []

    def dies(done: int, total: int | None) -> None:
        told.append(done)
        if len(told) in (2, 3):
            raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            walk_sheet(services, act, run.id, "run", dies)
    assert walk_sheet(services, act, run.id, "run", dies) is None

    names = [record.values["name"] for record in _records(desk, importer, importer.state(run))]
    assert names == [f"单{n}" for n in range(130)]
    assert importer.counts(run) == {"created": 130}
    assert _tickets(desk) == 130


def test_an_import_can_be_stopped_between_two_transactions(desk: Desk) -> None:
    importer = Importer(desk)
    run = importer.check(csv_of("标题", *[f"单{n}" for n in range(100)]))
    services, act = desk.services, desk.act("chief_north", door="import")
    start_import(services, act, desk.form(), run.id)

    def stop(done: int, total: int | None) -> None:
        stop_import(services, act, desk.form(), run.id)

    walk_sheet(services, act, run.id, "run", stop)

    assert importer.state(run).state == "stopped"
    assert 0 < importer.counts(run)["created"] < 100


def test_undoing_takes_back_what_was_made_and_changed(desk: Desk) -> None:
    importer = Importer(desk)
    ticket = desk.ticket("chief_north", cause="旧", cost="1")
    sheet = csv_of("编号,标题,原因,负责人", f"{ticket.values['number']},改名,新,安静")
    columns = {0: "number", 1: "name", 2: "cause", 3: "owner"}
    changed = importer.bring(sheet, mode="update", key="number", columns=columns)
    made = importer.bring(TWO)

    changed, made = importer.undo(changed), importer.undo(made)

    after = desk.stored(ticket.id)
    assert (after.values, after.owner) == (ticket.values, ticket.owner)
    assert after.department == ticket.department
    assert [line.undone for line in importer.lines(made)] == ["done", "done"]
    with desk.services.store.reading() as unit:
        gone = unit.records.one(desk.form(), str(importer.lines(made)[0].record), deleted=True)
    assert gone is not None
    assert gone.deleted_at is not None


def test_what_was_touched_since_is_kept_and_named(desk: Desk) -> None:
    importer = Importer(desk, form="site")
    run = importer.bring(csv_of("名称", "甲", "乙", "丙"))
    first, second, _ = _sites(desk, importer, run)
    _rename(desk, first, "改过")
    desk.made("ticket", "chief_north", name="指向", site=second.id)

    run = importer.undo(run)

    assert [(line.title, line.undone, str(line.undo_reason)) for line in importer.lines(run)] == [
        ("甲", "kept", "导入之后又被修改过"),
        ("乙", "kept", "已被其他记录引用"),
        ("丙", "done", "None"),
    ]


def _sites(desk: Desk, importer: Importer, run: ImportRun) -> list[Record]:
    return [desk.stored(str(line.record), "site") for line in importer.lines(run)]


def _rename(desk: Desk, record: Record, name: str) -> None:
    form = desk.form("site")
    edit_record(
        desk.services, desk.act("admin"), form, record.id, read_json(form, {"name": name}), None
    )


def test_after_some_days_an_import_stays(desk: Desk) -> None:
    importer = Importer(desk)
    run = importer.bring(TWO)
    desk.clock.move(days=8)

    outcome = undo_import(desk.services, desk.act("chief_north"), desk.form(), run.id)

    assert isinstance(outcome, Invalid)


def test_refused_rows_come_back_as_a_sheet_that_can_be_corrected(
    desk: Desk, tmp_path: Path
) -> None:
    importer = Importer(desk)
    content = xlsx_of(
        工单=[["标题", "费用"], ["好的", "1"], ["坏的", "很多"]],
        配件=[["标题", "配件", "数量"], ["坏的", "硒鼓", "两"], ["好的", "纸", "1"]],
    )
    run = importer.bring(content)
    path = tmp_path / "errors.xlsx"

    write_errors(desk.services, desk.act("chief_north"), desk.form(), run.id, str, path)

    main, parts = open_book(path).sheets
    assert [row.cells[:2] for row in main.rows()] == [("标题", "费用"), ("坏的", "很多")]
    assert [row.cells[:3] for row in parts.rows()] == [
        ("标题", "配件", "数量"),
        ("坏的", "硒鼓", "两"),
    ]
    assert [row.cells[-1] for row in main.rows()][
        1
    ] == "“费用”：“很多”不是数字，请填如 1280.50 的数字"
    again = importer.check(path.read_bytes())
    assert again.plan["columns"] == {"0": "name", "1": "cost"}
    assert importer.counts(again, "check") == {"refused": 1}


def test_a_template_comes_back_without_asking_anything(desk: Desk, tmp_path: Path) -> None:
    importer = Importer(desk)
    path = tmp_path / "template.xlsx"
    form, act = desk.form(), desk.act("chief_north")
    make_template(desk.services, act, form, "zh", str, path)

    main, parts = (next(iter(sheet.rows())).cells for sheet in open_book(path).sheets)
    run = importer.receive(xlsx_of(工单=[main, ["打印机"]], 配件=[parts, ["打印机", "硒鼓"]]))

    targets = ["name", "site", "cause", "cost", "margin", "phone", "due", "begun"]
    assert list(run.plan["columns"].values()) == targets
    assert run.plan["lines"]["parts"]["columns"] == {"1": "part", "2": "quantity"}


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
