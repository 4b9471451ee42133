"""Does each block become what its author asked for?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.documents.pieces import (
    Clauses,
    Drawing,
    Gap,
    Grid,
    Heading,
    NextPage,
    Pairs,
    Paragraph,
    Piece,
    Signatures,
)
from engine.outcomes import Denied
from tests.runtime.documents.papers import Papers, open_papers
from tests.workspaces import DATABASES

WHOLE = """
label: 全部
form: ticket
blocks:
  - {type: heading, id: h, text: '单 {name}', level: 2, align: center}
  - {type: text, id: t, text: '原因 {cause}', align: right, small: true}
  - {type: fields, id: f, fields: [name, cost, cause], columns: 1, capitals: [cost]}
  - type: lines
    field: parts
    columns: [part, quantity]
    totals: [quantity]
    caption: 配件表
  - {type: lines, id: bare, field: parts, numbered: false}
  - type: signature
    dated: false
    signers: [{id: a, label: 甲, name: '{owner}', field: signed}, {id: b, label: 乙}]
  - {type: image, id: i, field: photo, width: 60, align: right, caption: '图 {name}'}
  - {type: qr, id: q, text: '{number}', size: 30, align: center, caption: 扫}
  - {type: page_break, id: p}
  - {type: space, id: gap, height: 12}
"""
SITES = """
label: 站点单
form: site
blocks:
  - type: related
    form: ticket
    by: site
    columns: [name, cost, margin]
    sort: [-cost]
    most: 2
    numbered: true
    caption: 工单
"""
LAWS = """
label: 条款单
form: ticket
blocks:
  - type: clauses
    form: site
    where: [{field: number, op: '>', value: 0}]
    heading: name
    text: text
    version: edition
    per: number
    newest: since
    sort: [-number]
"""


@pytest.fixture(params=DATABASES)
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Papers]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    documents = {"whole": WHOLE, "sites": SITES, "laws": LAWS}
    with open_papers(tmp_path, url, documents) as opened:
        yield opened


def drawn(papers: Papers) -> dict[type, list[Piece]]:
    """Return what the document becomes, by kind of piece."""
    rows = [{"part": "齿轮", "quantity": 2}, {"part": "皮带", "quantity": 3}]
    ticket = papers.desk.ticket(
        "ann", cost="100.5", parts=rows, photo=[papers.picture()], signed=[papers.picture()]
    )
    found: dict[type, list[Piece]] = {}
    for piece in papers.sheet("chief_north", ticket, "whole").pieces:
        found.setdefault(type(piece), []).append(piece)
    return found


def test_texts_fields_and_tables_of_the_record(papers: Papers) -> None:
    found = drawn(papers)
    assert found[Heading] == [Heading("单 打印机", 2, "center")]
    assert found[Paragraph] == [Paragraph("原因 ", "right", True)]
    assert found[Pairs] == [
        Pairs((("标题", "打印机"), ("费用", "¥100.50（壹佰元伍角整）")), 1)
    ]  # what is empty is left out
    first, bare = found[Grid]
    assert isinstance(first, Grid)
    assert isinstance(bare, Grid)
    assert [one.label for one in first.columns] == ["序号", "配件", "数量"]
    assert first.rows == (("1", "齿轮", "2"), ("2", "皮带", "3"))
    assert first.totals == ("", "合计", "5")
    assert first.caption == "配件表"
    assert bare.rows == (("齿轮", "2"), ("皮带", "3"))


def test_signatures_pictures_codes_and_room(papers: Papers) -> None:
    found = drawn(papers)
    [signed] = found[Signatures]
    assert isinstance(signed, Signatures)
    assert [(one.label, one.name, one.drawn is None) for one in signed.signers] == [
        ("甲", "安静", False), ("乙", "", True),
    ]  # fmt: skip
    assert signed.date == ""
    photo, code = found[Drawing]
    assert isinstance(photo, Drawing)
    assert isinstance(code, Drawing)
    assert (photo.width, photo.align, photo.caption) == (60, "right", "图 打印机")
    assert (code.width, code.align, code.picture.format) == (30, "center", "svg")
    assert NextPage in found
    assert found[Gap] == [Gap(12)]


def test_related_records_are_those_that_the_maker_sees(papers: Papers) -> None:
    site = papers.desk.made("site", "ann", name="北站")
    for owner, name, cost in (("ann", "甲", "1"), ("ann", "乙", "3"), ("ann", "丙", "2")):
        papers.desk.made("ticket", owner, name=name, cost=cost, margin="1", site=site.id)
    papers.desk.made("ticket", "sue", name="南", cost="9", site=site.id)

    [chief] = papers.sheet("chief_north", site, "sites").pieces
    assert isinstance(chief, Grid)
    assert [one.label for one in chief.columns] == ["序号", "标题", "费用", "毛利"]
    assert [row[1] for row in chief.rows] == ["乙", "丙"]
    [agent] = papers.sheet("ann", site, "sites").pieces
    assert isinstance(agent, Grid)
    assert [one.label for one in agent.columns] == ["序号", "标题", "费用"]
    [south] = papers.sheet("sue", site, "sites").pieces
    assert isinstance(south, Grid)
    assert [row[1] for row in south.rows] == ["南"]


def test_clauses_are_the_newest_of_each_and_without_any_there_is_no_document(
    papers: Papers,
) -> None:
    ticket = papers.desk.ticket("ann")
    none = papers.composed("ann", ticket, "laws")
    assert isinstance(none, Denied)
    assert str(none.message) == "没有可用的条款（站点），文档不能生成"

    for name, number, version, since in (
        ("保密", 1, "旧", "2025-01-01"), ("保密新", 1, "新", "2026-01-01"),
        ("验收", 2, "一", "2025-06-01"), ("不取", 0, "零", "2026-02-01"),
    ):  # fmt: skip
        made = {"number": number, "edition": version, "since": since, "text": f"{name}的正文"}
        papers.desk.made("site", "admin", name=name, **made)
    sheet = papers.sheet("ann", ticket, "laws")
    [taken] = sheet.pieces
    assert isinstance(taken, Clauses)
    assert [(one.title, one.text, one.version) for one in taken.items] == [
        ("验收", "验收的正文", "一"), ("保密新", "保密新的正文", "新"),
    ]  # fmt: skip
    assert [one["version"] for one in sheet.used] == ["一", "新"]
