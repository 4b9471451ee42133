"""Sheets are read as people see them, and what could do harm is refused at once."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from runtime.limits import IMPORT_ROWS
from runtime.sheets.books import NO_RESULT, Unreadable
from runtime.sheets.opening import open_book

ROWS = "名称,金额\n张三,12.5\n李四,\n"
CELLS = st.lists(
    st.lists(
        st.one_of(
            st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
            st.integers(-(10**12), 10**12),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=8,
)


def _read(path: Path, sheet: int = 0) -> list[tuple[str, ...]]:
    return [row.cells for row in open_book(path).sheets[sheet].rows()]


def _kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        _read(path)
    return str(refused.value.message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_table_is_read_in_every_usual_spelling(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    content = ROWS.replace(",", separator).encode(encoding)

    assert _read(_kept(tmp_path, content)) == [("名称", "金额"), ("张三", "12.5"), ("李四",)]


def test_quotes_hold_separators_line_ends_and_quotes(tmp_path: Path) -> None:
    content = b'a,b\r\n"x,\ny","say ""hi"""\r\n'

    assert _read(_kept(tmp_path, content)) == [("a", "b"), ("x,\ny", 'say "hi"')]


def test_a_quote_without_its_partner_is_not_guessed_at(tmp_path: Path) -> None:
    assert "第 2 行的引号" in _refusal(_kept(tmp_path, b'a,b\n"x,1\ny,2\n'))


def test_a_separator_can_be_declared(tmp_path: Path) -> None:
    assert _read(_kept(tmp_path, b"sep=;\na;b,c\n1;2,3\n")) == [("a", "b,c"), ("1", "2,3")]


def test_cells_are_what_people_see(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("甲")
        looks = {
            code: book.add_format({"num_format": code})
            for code in ("yyyy/m/d", "0.00%", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm", '0.0"米"')
        }
        moment = datetime(2026, 1, 5, 8, 30)  # noqa: DTZ001 - a sheet's times have no zone
        sheet.write_datetime(0, 0, moment, looks["yyyy/m/d"])
        sheet.write_number(0, 1, 0.155, looks["0.00%"])
        sheet.write_datetime(0, 2, moment, looks["yyyy-mm-dd hh:mm"])
        sheet.write_number(0, 3, 8.5 / 24, looks["hh:mm"])
        sheet.write_number(0, 4, 30.5 / 24, looks["[h]:mm"])
        sheet.write_number(0, 5, 1.5, looks['0.0"米"'])
        sheet.write_number(0, 6, 13800138000)
        sheet.write_number(0, 7, 0.1 + 0.2)
        sheet.write_boolean(0, 8, True)
        sheet.write_formula(0, 9, "=1+1", value=2)
        sheet.write_formula(0, 10, "=NA()", value="#N/A")
        sheet.write_string(2, 1, "  空一行  ")

    assert [(row.number, row.cells) for row in open_book(path).sheets[0].rows()] == [
        (
            1,
            (
                "2026-01-05", "15.5%", "2026-01-05 08:30:00", "08:30:00", "30:30:00", "1.5",
                "13800138000", "0.3", "TRUE", "2", "#N/A",
            ),
        ),
        (3, ("", "空一行")),
    ]  # fmt: skip


def test_a_formula_that_was_never_worked_out_says_so(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'

    assert _read(_book_with(tmp_path, rows)) == [(NO_RESULT, "x")]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("看得见").write_string(0, 0, "x")
        book.add_worksheet("看不见").hide()

    assert [sheet.name for sheet in open_book(path).sheets] == ["看得见"]


@settings(max_examples=60, deadline=None)
@given(rows=CELLS)
def test_two_readers_read_the_same(tmp_path_factory: pytest.TempPathFactory, rows: object) -> None:
    path = tmp_path_factory.mktemp("two") / "a.xlsx"
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("a")
        for at, row in enumerate(rows):  # type: ignore[arg-type, var-annotated]  # lists of cells
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)

    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("a").to_python()

    ours = {row.number: row.cells for row in open_book(path).sheets[0].rows()}
    for number, row in enumerate(theirs, start=1):
        texts = [_text(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if CalamineWorkbook.from_path(str(path)).get_sheet_by_name("a").start == (0, 0):
            assert ours.get(number, ()) == tuple(texts)


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _book_with(folder: Path, rows: bytes, head: bytes = b"") -> Path:
    """Return a workbook with one sheet whose XML is given."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("a").write_number(0, 0, 1)
    path = folder / "made.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                start = b'<?xml version="1.0"?>' + head
                space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                sheet = b'<worksheet xmlns="' + space + b'"><sheetData>'
                content = start + sheet + rows + b"</sheetData></worksheet>"
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (b"<row>" + b"<c/>" * 5_000_000 + b"</row>", "表格太大"),
        (b'<row r="1"><c r="XFD1"><v>1</v></c></row>', "超过 200 列"),
        (b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "文件已损坏"),
        (b"<row><c><v>1</v></row>", "文件已损坏"),
        (b"<row><c><v>1</v></c></row>" * (IMPORT_ROWS + 10), "最多导入"),
        (b'<row><c t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c></row>", "字的单元格"),
        (b" " * 200_000_000, "解压后太大"),
    ],
    ids=["cells", "columns", "lost text", "cut short", "rows", "long cell", "unpacked"],
)
def test_what_is_too_much_or_broken_is_refused_soon(
    tmp_path: Path, rows: bytes, words: str
) -> None:
    path = _book_with(tmp_path, rows)

    said = _refusal(path)

    assert words in said


def test_a_cell_far_out_costs_nothing(tmp_path: Path) -> None:
    first, last = b'<row r="1"><c><v>1</v></c></row>', b'<row r="1048576"><c><v>2</v></c></row>'
    (sheet,) = open_book(_book_with(tmp_path, first + last)).sheets

    assert [(row.number, row.cells) for row in sheet.rows()] == [(1, ("1",)), (1_048_576, ("2",))]


def test_entities_are_refused(tmp_path: Path) -> None:
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rows = b"<row><c t='str'><v>&b;</v></c></row>"

    assert "文件已损坏" in _refusal(_book_with(tmp_path, rows, head))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "这不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Excel"),
        (b"PK\x03\x04 no archive", "文件已损坏"),
        (b"\x00\x01\x02\xff\xfe,\x81", "文字编码"),
    ],
    ids=["pdf", "xls", "zip", "bytes"],
)
def test_what_is_no_sheet_is_refused_in_plain_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    assert words in _refusal(_kept(tmp_path, content))
