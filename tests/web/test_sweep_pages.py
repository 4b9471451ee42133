"""All that a list finds can be picked, however much it is, and is dealt with in the background."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from runtime.jobs.workshop import Workshop
from runtime.limits import MOST_AT_ONCE
from runtime.use_cases.list_records import Wanted
from runtime.use_cases.open_records import ids_of
from tests.desk import FILES, Desk, open_desk
from tests.web.visitor import Visitor, visitor

LIST = "/a/desk/ticket/"
MANY = MOST_AT_ONCE + 2
RULE = """
rule: hurry
label: 加急
form: ticket
on: {type: button, label: {zh: 加急处理, en: Hurry}, places: [list], ask: [cause]}
do: [{type: set_fields, set: {begun: 'today()'}}]
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with more tickets than one command may be about, and a few others."""
    files = {**FILES, "rules/hurry.yaml": RULE.encode()}
    with open_desk(tmp_path_factory.mktemp("full"), files=files) as desk:
        for number in range(MANY):
            desk.ticket("ann", cost="7", cause="纸" if number < 2 else None)
        desk.ticket("ben", cost="900")
        yield desk


def _chief(full: Desk) -> Visitor:
    return visitor(full, "chief_north")


def _query(chief: Visitor, feel: str = "cost < 100") -> str:
    page = chief.get(f"{LIST}?feel={feel}").text
    assert f"选择全部符合条件的 {MANY} 条" in page
    found = re.search(r'data-query="([^"]*)"', page)
    assert found
    return unescape(found[1])


def _sent(chief: Visitor, deed: str, **typed: object) -> str:
    """Send a sheet for everything, have it done, and return the page of what came of it."""
    place = f"{LIST}bulk/{deed}?{_query(chief)}"
    sheet = chief.get(place).text
    assert f"将处理全部符合条件的 {MANY} 条记录" in sheet
    assert 'name="id"' not in sheet
    key = re.search(r'name="_key" value="([^"]*)"', sheet)
    assert key
    answers = [chief.post(place, all=MANY, _key=key[1], **typed) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    there, again = (answer.headers["Location"] for answer in answers)
    assert there == again  # a second click begins nothing
    return there


def test_what_is_refused_says_why_and_is_found_again_in_the_list(full: Desk) -> None:
    chief = _chief(full)
    there = _sent(chief, "advance")
    assert "正在排队" in chief.get(there).text

    Workshop(services=full.services).run_due()

    page = chief.get(there).text
    assert "处理完成" in page
    assert f"在列表中查看未成功的 {MANY} 条" in page
    reasons = dict(
        re.findall(r'run-reasons__text">([^<]*)</span><span [^>]*>([\d,]+) 条', unescape(page))
    )
    assert reasons["请填写“原因”"] == str(MANY - 2)
    href = re.search(r'href="([^"]*left=[^"]*\.\d+)"><span class="run-reasons__text">请填写', page)
    assert href
    left = chief.get(unescape(href[1])).text
    assert f"批量操作未成功的 {MANY - 2} 条" in left
    assert len(re.findall(r"data-pick ", left)) > 0
    assert visitor(full, "ann").get(there).status_code == 404
    assert "批量推进“工单”" in chief.get("/jobs").text


def test_a_field_comes_to_all_of_them_and_to_no_other(full: Desk) -> None:
    chief = _chief(full)

    there = _sent(chief, "edit", field="cause", cause="潮湿", cost="1")
    Workshop(services=full.services).run_due()

    assert f"<dd>{MANY}</dd>" in chief.get(there).text
    ids = ids_of(full.services, full.act("admin"), full.form(), Wanted())
    found = [full.stored(id_).values for id_ in ids]
    told = [(values["cause"], str(values["cost"])) for values in found]
    assert told.count(("潮湿", "7.00")) == MANY
    assert told.count((None, "900.00")) == 1


def test_what_would_fail_with_each_is_said_on_the_sheet(full: Desk) -> None:
    chief = _chief(full)
    query = _query(chief)

    wrong = chief.post(f"{LIST}bulk/edit?{query}", all=MANY, field="cost", cost="很多")
    empty = chief.post(f"{LIST}bulk/press/hurry?{query}", all=MANY, cause="")
    fewer = chief.post(f"{LIST}bulk/delete?{query}", all=MANY - 1)

    assert {answer.status_code for answer in (wrong, empty, fewer)} == {422}
    assert 'value="很多"' in wrong.text
    assert "请填写“原因”" in empty.text
    assert f"现在符合条件的有 {MANY} 条" in fewer.text


def test_a_button_above_the_list_is_pressed_for_all_of_them(full: Desk) -> None:
    chief = _chief(full)

    _sent(chief, "press/hurry", cause="受潮")

    assert "加急处理“工单”" in chief.get("/jobs").text


def test_an_export_of_everything_is_that_of_the_list(full: Desk) -> None:
    chief = _chief(full)

    sheet = chief.get(f"{LIST}export?{_query(chief)}").text

    assert f"将导出 {MANY} 条" in sheet
