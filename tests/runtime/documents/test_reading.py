"""Does a document hold just what its maker may see, said as the record page says it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outcomes import Denied, Missing
from runtime.use_cases.documents.compose import Composed
from tests.runtime.documents.papers import Papers, logo, open_papers
from tests.workspaces import DATABASES

DOCUMENTS = {
    "offer": f"""
label: 单据
form: ticket
file_name: '单据 {{number}} {{name}}'
page: {{header: '站 {{site}}', footer: '脚 {{name}}', numbers: false}}
watermark: "{{maker}} {{maker_no}} {{made_at}} {{made_on}}"
logo: {logo()}
blocks:
  - {{type: fields, fields: [name, cost, margin, phone, site, owner, stage, due], empty: true}}
  - type: text
    text: '{{{{大}}}} {{cost:capitals}} 利 {{margin}} 甲 {{site.secret}} 乙 {{cost + 1}}'
  - {{type: text, text: 有利润, if: margin > 0}}
  - {{type: text, text: 有费用, if: cost > 0}}
""",
    "english": """
label: {zh: 英文单据, en: Paper}
form: ticket
language: en
blocks: [{type: fields, fields: [name, cost, due, stage]}]
""",
}


@pytest.fixture(params=DATABASES)
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Papers]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_papers(tmp_path, url, DOCUMENTS) as opened:
        yield opened


def test_each_maker_gets_a_document_of_what_they_see(papers: Papers) -> None:
    site = papers.desk.made("site", "ann", name="北站", secret="暗号")
    given = {"cost": "12.50", "margin": "3", "phone": "13800138000", "due": "2026-04-01"}
    ticket = papers.desk.ticket("ann", site=site.id, **given)

    chief = papers.text("chief_north", ticket, "offer")
    for line in ("费用：¥12.50", "毛利：¥3.00", "站点：北站", "负责人：安静"):
        assert line in chief
    assert "截止日期：2026-04-01" in chief
    assert "阶段：待处理" in chief
    assert "{大} 壹拾贰元伍角整 利 ¥3.00 甲 暗号 乙 13.50" in chief
    assert "有利润" in chief
    assert "站 北站" in chief
    assert "脚 打印机" in chief
    assert "孙主管 chief_north 2026-03-02 09:00 2026-03-02" in chief

    agent = papers.text("ann", ticket, "offer")
    assert "毛利" not in agent
    assert "138****8000" in agent
    assert "利 *** 甲 *** 乙 13.50" in agent
    assert "有利润" not in agent  # whether it is there would tell of what is hidden
    assert "有费用" in agent
    assert "暗号" not in agent
    assert papers.sheet("ann", ticket, "offer").logo is not None


def test_paper_tells_the_employee_number_of_who_made_it(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann")
    with papers.desk.services.store.unit() as unit:
        unit.people.edit(papers.desk.people["ann"].id, number="A-017")
    assert "A-017 2026-03-02 09:00" in papers.text("ann", ticket, "offer")


def test_who_does_not_see_the_record_gets_no_document(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann")
    assert isinstance(papers.composed("sue", ticket, "offer"), Missing)


def test_a_document_speaks_its_own_language_and_is_called_as_it_says(papers: Papers) -> None:
    ticket = papers.desk.ticket("ann", cost="8")
    text = papers.text("chief_north", ticket, "english")
    assert text.startswith("Paper\nTitle：打印机")
    assert "Stage" in text
    assert "Open" in text
    composed = papers.composed("chief_north", ticket, "offer")
    assert isinstance(composed, Composed)
    assert composed.name == f"单据 {ticket.values['number']} 打印机.pdf"
    assert not isinstance(composed, Denied)
