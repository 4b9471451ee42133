"""An import goes on after it was interrupted, stops, is taken back, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Invalid
from engine.record import Record
from runtime.sheets.opening import open_book
from runtime.store.imports import ImportRun
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.import_errors import write_errors
from runtime.use_cases.import_moves import start_import, stop_import, undo_import
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
