"""Who may design looks at decision tables, tries them, and changes them in a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from designer.app import build_app
from designer.drafts.editing import open_draft
from engine.definition.decision import DecisionDef
from runtime.sheets.opening import open_book
from tests.desk import Desk, open_desk
from tests.runtime.pools.spring import FILES
from tests.web.visitor import Visitor

TABLE = "/design/desk/decisions/who"


@pytest.fixture
def spring(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, files=FILES) as desk:
        yield desk


def designer(spring: Desk, login: str = "admin") -> Visitor:
    made = Visitor(build_app(spring.services).test_client())
    made.sign_in(login)
    return made


def sheet(visitor: Visitor, folder: Path) -> list[list[str]]:
    answer = visitor.client.get(f"{TABLE}/sheet")
    assert answer.status_code == 200
    path = folder / "given.xlsx"
    path.write_bytes(answer.data)
    found = open_book(path).sheet(None)
    assert found is not None
    return [list(row.cells) for row in found.rows()]


def upload(visitor: Visitor, rows: list[list[str]], folder: Path) -> tuple[int, str]:
    path = folder / "brought.xlsx"
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    visitor.get(TABLE)
    data = {"csrf_token": visitor.csrf, "file": (io.BytesIO(path.read_bytes()), "who.xlsx")}
    answer = visitor.client.post(f"{TABLE}/sheet", data=data)
    return answer.status_code, answer.text


def test_a_table_is_shown_with_its_words(spring: Desk) -> None:
    shown = designer(spring).get(TABLE).text

    for text in ("谁来处理", "费用", "人员", "角色", "从上到下，第一条成立的为准", "&gt; 1000"):
        assert text in shown
    assert TABLE in designer(spring).get("/design/desk/").text


@pytest.mark.parametrize(
    ("cost", "fitting", "answer"),
    [("5000", "1", "[ann, ben]"), ("500", "2", "agent"), ("", "4", "null")],
)
def test_what_would_come_out_is_told(spring: Desk, cost: str, fitting: str, answer: str) -> None:
    shown = designer(spring).get(f"{TABLE}?cost={cost}").text

    row = shown.split('class="is-hit"')[1].split("</tr>")[0]
    assert f"<span data-number>{fitting}</span>" in row
    assert f'<dd class="strong">{answer}</dd>' in shown


def test_what_is_no_number_is_pointed_out(spring: Desk) -> None:
    assert "看不懂这个值" in designer(spring).get(f"{TABLE}?cost=lots").text


def drafted(spring: Desk) -> DecisionDef:
    return open_draft(spring.services, "desk").app.decisions["who"].definition


def check(visitor: Visitor, rows: list[list[str]]) -> Any:
    visitor.get(TABLE)
    answer = visitor.client.post(
        f"{TABLE}/check", json={"rows": rows}, headers={"X-CSRFToken": visitor.csrf}
    )
    assert answer.status_code == 200
    return answer.json


def test_a_sheet_that_was_not_changed_is_the_same_table(spring: Desk, tmp_path: Path) -> None:
    admin = designer(spring)

    status, _ = upload(admin, sheet(admin, tmp_path), tmp_path)

    assert status == 302
    assert drafted(spring) == spring.services.apps["desk"].decisions["who"].definition


def test_a_sheet_changes_the_draft_and_nothing_that_is_published(
    spring: Desk, tmp_path: Path
) -> None:
    admin = designer(spring)
    rows = sheet(admin, tmp_path)
    rows.insert(1, ["≥ 20 万", "", "chief", "空", "大额"])

    status, _ = upload(admin, rows, tmp_path)

    assert status == 302
    first = drafted(spring).rules[0]
    assert (first.when, first.then) == ((">= 200000",), ("null", '"chief"', "null"))
    assert first.note == "大额"
    assert len(spring.services.apps["desk"].decisions["who"].definition.rules) == 4


def test_typed_rows_are_judged_and_nothing_is_kept(spring: Desk) -> None:
    before = drafted(spring)

    judged = check(designer(spring), [["大于 1000", "ann", "空", "空", ""], ["", "x", "", "", "y"]])

    assert judged["fits"]
    assert judged["rows"][0] == ["> 1000", '"ann"', "null", "null", ""]
    assert judged["told"][1] == ["", "x", "", "", "y"]
    assert drafted(spring) == before


def test_what_is_wrong_is_told_at_its_rule(spring: Desk) -> None:
    rows = [["> 10", "a", "", "", ""], ["> 100", "b", "", "", ""], ["很多", "c", "", "", ""]]
    found = check(designer(spring), rows)
    assert [(one["row"], one["column"]) for one in found["marks"]] == [(2, 0)]
    assert not found["fits"]

    found = check(designer(spring), rows[:2])
    kinds = {(one["kind"], one["row"]): one["text"] for one in found["marks"]}
    assert "前面的规则已包含" in kinds["never", 1]
    assert "没有规则成立，例如 “费用”为" in kinds["gap", None]
    assert not found["fits"]


def test_a_wrong_cell_in_a_sheet_is_told_by_its_rule(spring: Desk, tmp_path: Path) -> None:
    admin = designer(spring)
    rows = sheet(admin, tmp_path)
    rows[2][0] = '> "viel"'

    status, shown = upload(admin, rows, tmp_path)

    assert status == 422
    assert "第 2 条" in shown
    assert "数字不能与文字比较" in shown


def test_a_gap_in_a_sheet_is_told(spring: Desk, tmp_path: Path) -> None:
    admin = designer(spring)

    status, shown = upload(admin, sheet(admin, tmp_path)[:-1], tmp_path)

    assert status == 422
    assert "没有规则成立" in shown


def test_a_sheet_with_other_columns_is_refused(spring: Desk, tmp_path: Path) -> None:
    status, shown = upload(designer(spring), [["甲", "乙"]], tmp_path)

    assert status == 422
    assert "第一行要依次是这些列" in shown


def test_only_designers_see_tables(spring: Desk) -> None:
    ann = designer(spring, "ann")
    assert ann.get(TABLE).status_code == 403
    assert ann.get(f"{TABLE}/sheet").status_code == 403
    assert upload(ann, [], spring.services.settings.home)[0] == 403
    assert designer(spring).get("/design/desk/decisions/none").status_code == 404
