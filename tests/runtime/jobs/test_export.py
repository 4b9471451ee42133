from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition.page import FilterDef
from engine.outcomes import Denied, Missing
from runtime.jobs.workshop import Workshop
from runtime.limits import EXPORTS_AT_ONCE
from runtime.sheets.guarding import guarded, unguarded
from runtime.sheets.opening import open_book
from runtime.store import Event
from runtime.use_cases.exporting import Export
from runtime.use_cases.list_records import BadQuestion, Wanted
from runtime.use_cases.own_jobs import job_file, own_job
from runtime.use_cases.start_export import start_export
from runtime.workspace.open import install_app
from tests.desk import FILES, Desk
from tests.runtime.jobs.exports import csv_rows, export, exported, sheets

HOSTILE = (
    '=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
    '=1+1",=2', "'=1", "-", "a=1", "-5", "0123",
)  # fmt: skip


def test_a_list_becomes_a_sheet_with_values_of_their_kind(desk: Desk) -> None:
    site = desk.made("site", "ann", name="一号站")
    desk.ticket(site=site.id, cost="1234.50", due="2026-03-09", phone="13800001234", cause="卡纸")

    path, name = exported(desk, columns=("number", "name", "site", "cost", "due", "stage", "owner"))

    (rows,) = sheets(path).values()
    assert [text for _, text in rows[0]] == [
        "编号",
        "标题",
        "站点",
        "费用",
        "截止日期",
        "阶段",
        "负责人",
    ]
    kinds, texts = zip(*rows[1], strict=True)
    assert kinds == ("inlineStr", "inlineStr", "inlineStr", "n", "n", "inlineStr", "inlineStr")
    assert texts[0] == "T-0001"
    assert texts[2] == "一号站"
    assert Decimal(texts[3]) == Decimal("1234.50")
    assert int(texts[4]) == (date(2026, 3, 9) - date(1899, 12, 30)).days
    assert texts[5:] == ("待处理", "安静")
    assert name == "工单_20260302-0900.xlsx"


def test_an_english_reader_gets_english_words(desk: Desk) -> None:
    desk.ticket(cost="1")

    path, _ = exported(desk, columns=("number", "cost", "stage"), locale="en", format="csv")

    assert csv_rows(path)[0] == ["标题", "Cost", "Stage"] or csv_rows(path)[0][1:] == [
        "Cost",
        "Stage",
    ]
    assert csv_rows(path)[1][1:] == ["1.00", "Open"]


def test_the_filter_order_and_rows_are_those_of_the_list(desk: Desk) -> None:
    for cost in ("30", "10", "20"):
        desk.ticket(cost=cost)
    desk.ticket("sue", cost="99")

    path, _ = exported(
        desk,
        columns=("cost",),
        sort=("-cost",),
        filters=(FilterDef(field="cost", op=">", value="10"),),
        format="csv",
    )

    assert csv_rows(path)[1:] == [["30.00"], ["20.00"]]


def test_what_is_hidden_is_absent_and_what_is_masked_is_masked(small_desk: Desk) -> None:
    desk = small_desk
    give_export(desk, "agent")
    desk.ticket("ann", phone="13812345678", margin="777.00", cost="5")

    path, _ = exported(desk, "ann", format="csv")

    text = path.read_text("utf-8-sig")
    assert "毛利" not in text
    assert "777" not in text
    assert "138****5678" in text
    assert "13812345678" not in text


def test_masked_and_hidden_values_are_in_no_sheet_either(small_desk: Desk) -> None:
    desk = small_desk
    give_export(desk, "agent")
    desk.ticket("ann", phone="13812345678", margin="777.00", parts=[{"part": "轴", "quantity": 2}])

    path, _ = exported(desk, "ann", lines=True)

    said = {text for rows in sheets(path).values() for row in rows for _, text in row}
    assert "138****5678" in said
    assert not said & {"13812345678", "777", "777.00", "毛利"}


def give_export(desk: Desk, role: str, hide: tuple[str, str] = ("", "")) -> None:
    """Let a role take records out, as an author would who adds the right to the grant."""
    ticket = FILES["forms/ticket.yaml"].decode()
    grant = f"  {role}: {{"
    assert grant in ticket
    changed = ticket.replace(grant, f"{grant}export: true, ").replace(*hide)
    install_app(desk.services, {**FILES, "forms/ticket.yaml": changed.encode()})


def test_the_rows_of_a_sub_table_stand_on_a_sheet_of_their_own(desk: Desk) -> None:
    record = desk.ticket(parts=[{"part": "滚轴", "quantity": 2}, {"part": "=齿轮", "quantity": 1}])

    path, _ = exported(desk, columns=("name",), lines=True)

    main, parts = sheets(path).values()
    assert [text for _, text in main[1]] == [record.id, "打印机"]
    assert [text for _, text in parts[0]] == ["记录标识", "标题", "配件", "数量"]
    assert [[text for _, text in row] for row in parts[1:]] == [
        [record.id, "打印机", "滚轴", "2"],
        [record.id, "打印机", "=齿轮", "1"],
    ]


@pytest.mark.parametrize("format_", ["xlsx", "csv", "csv_gb18030"])
def test_no_text_becomes_a_formula(small_desk: Desk, format_: str) -> None:
    for text in HOSTILE:
        small_desk.made("ticket", "ann", cause=text, name=text)
        small_desk.clock.move(seconds=1)

    path, _ = exported(small_desk, columns=("cause", "name"), sort=("created_at",), format=format_)

    if format_ == "xlsx":
        (rows,) = sheets(path).values()
        assert {kind for row in rows for kind, _ in row} == {"inlineStr"}
    else:
        encoding = "utf-8-sig" if format_ == "csv" else "gb18030"
        cells = [cell for row in csv_rows(path, encoding)[1:] for cell in row]
        assert not [cell for cell in cells if cell[0] in "=+-@＝" and cell != "-5"]
    # What is brought back by our own import is what was there.
    (sheet,) = open_book(path).sheets
    assert [row.cells[0] for row in sheet.rows()][1:] == [text.strip() for text in HOSTILE]


@given(st.text(min_size=1))
def test_a_guarded_text_never_begins_a_formula_and_can_be_had_back(text: str) -> None:
    safe = guarded(text)

    assert safe[0] not in "=@\t\r\n＝＋－＠"
    assert safe[0] not in "+-" or Decimal(safe).is_finite()
    assert unguarded(safe) == text


def test_a_table_of_text_is_marked_so_that_excel_reads_chinese(desk: Desk) -> None:
    desk.ticket(cause="卡纸")

    utf8, _ = exported(desk, columns=("cause",), format="csv")
    older, name = exported(desk, columns=("cause",), format="csv_gb18030")

    assert utf8.read_bytes().startswith(b"\xef\xbb\xbf")
    assert csv_rows(older, "gb18030")[1] == ["卡纸"]
    assert name.endswith(".csv")


def test_without_the_right_nothing_is_taken_out(desk: Desk) -> None:
    wish = Export(app="desk", form="ticket", wanted=Wanted())

    for login in ("ann", "audit"):
        assert isinstance(start_export(desk.services, desk.act(login), desk.form(), wish), Denied)


def test_who_lost_the_right_meanwhile_gets_nothing(desk: Desk) -> None:
    desk.ticket()
    started = export(desk)
    with desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people["chief_north"].id, "desk", ["auditor"])

    Workshop(services=desk.services).run_due()

    job = own_job(desk.services, desk.act("chief_north"), started.job)
    assert not isinstance(job, Missing)
    assert job.state == "failed"
    assert "没有导出" in str(job.problem)
    assert list(desk.services.store.job_files.names()) == []


def test_a_column_that_was_hidden_meanwhile_is_refused_in_words(small_desk: Desk) -> None:
    desk = small_desk
    give_export(desk, "agent")
    desk.ticket(cost="5")
    started = export(desk, "ann", columns=("name", "cost"))
    give_export(desk, "agent", hide=("hide: [margin]", "hide: [margin, cost]"))

    Workshop(services=desk.services).run_due()

    job = own_job(desk.services, desk.act("ann"), started.job)
    assert not isinstance(job, Missing)
    assert "费用" in str(job.problem)
    assert list(desk.services.store.job_files.names()) == []


def test_a_file_is_only_there_for_who_asked_and_still_may(desk: Desk) -> None:
    desk.ticket()
    started = export(desk)
    Workshop(services=desk.services).run_due()

    def file_for(login: str) -> object:
        with desk.services.store.reading() as unit:
            actor = unit.people.actor(desk.people[login].id)
        assert actor is not None
        act = desk.act(login)
        return job_file(desk.services, type(act)(actor=actor, door="form"), started.job)

    assert isinstance(file_for("admin"), Missing)
    assert isinstance(file_for("chief_north"), tuple)
    with desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people["chief_north"].id, "desk", ["auditor"])
    assert isinstance(file_for("chief_north"), Missing)


def test_a_file_is_gone_after_some_days(desk: Desk) -> None:
    desk.ticket()
    started = export(desk)
    workshop = Workshop(services=desk.services)
    workshop.prepare()
    workshop.run_due()
    desk.clock.move(days=400)

    assert isinstance(job_file(desk.services, desk.act("chief_north"), started.job), Missing)
    assert list(desk.services.store.job_files.names())
    with desk.services.store.unit() as unit:
        tidying = unit.jobs.save("tidy_jobs", {}, desk.clock(), key="tidy_jobs")
    assert workshop.run(tidying, desk.clock())
    assert list(desk.services.store.job_files.names()) == []


def test_who_took_what_is_written_down(desk: Desk) -> None:
    desk.ticket()
    desk.ticket()
    filters = (FilterDef(field="name", op="=", value="打印机"),)

    exported(desk, filters=filters, columns=("name",))

    (happened,) = exports_noted(desk)
    assert (happened.actor, happened.form) == (desk.people["chief_north"].id, "ticket")
    assert happened.data["count"] == 2
    assert happened.data["wanted"]["columns"] == ("name",)


def exports_noted(desk: Desk) -> list[Event]:
    from sqlalchemy import select

    from runtime.store.platform_tables import event

    with desk.services.store.reading() as unit:
        rows = unit.connection.execute(select(event.c.id).where(event.c.kind == "exported"))
        found = [unit.events.one(row.id) for row in rows]
    return [each for each in found if each is not None]


def test_a_list_that_can_not_be_asked_for_is_refused_at_once(desk: Desk) -> None:
    for wanted in (
        Wanted(columns=("nothing",)),
        Wanted(sort=("nothing",)),
        Wanted(filters=(FilterDef(field="nothing", op="=", value="1"),)),
    ):
        wish = Export(app="desk", form="ticket", wanted=wanted)
        outcome = start_export(desk.services, desk.act("chief_north"), desk.form(), wish)
        assert isinstance(outcome, BadQuestion)


def test_one_person_exports_only_so_much_at_a_time(desk: Desk) -> None:
    for _ in range(EXPORTS_AT_ONCE):
        export(desk)

    wish = Export(app="desk", form="ticket", wanted=Wanted())
    outcome = start_export(desk.services, desk.act("chief_north"), desk.form(), wish)

    assert isinstance(outcome, Denied)


def test_more_than_one_batch_is_whole_and_in_order(small_desk: Desk) -> None:
    from dataclasses import replace

    from runtime.store.ids import new_id
    from runtime.use_cases.exporting import BATCH

    first = small_desk.made("ticket", "ann", name="0")
    with small_desk.services.store.unit() as unit:
        for n in range(1, 2 * BATCH + 50):
            one = replace(
                first, id=new_id(small_desk.clock()), values={**first.values, "name": str(n)}
            )
            unit.records.add(small_desk.form(), one)

    path, _ = exported(small_desk, columns=("name",), sort=("id",), format="csv")

    assert [row[0] for row in csv_rows(path)[1:]] == [str(n) for n in range(2 * BATCH + 50)]
