"""Can documents be made up, moved about and looked at by people who never see a file?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.app import build_app
from designer.drafts.editing import open_draft
from tests.desk import Desk, open_desk
from tests.runtime.documents.papers import png, with_documents
from tests.web.visitor import Visitor

PAPER = """
label: 单据
form: ticket
roles: [chief]
blocks:
  - {type: heading, id: head, text: '工单 {number}'}
  - {type: lines, id: parts, field: parts, if: cost > 0}
  - {type: text, id: last, text: '费用 {cost}'}
"""
PAGE = "/design/desk/documents/paper"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_desk(folder, files=with_documents({"paper": PAPER})) as opened:
        yield opened


@pytest.fixture(scope="module")
def visitor(desk: Desk) -> Visitor:
    made = Visitor(build_app(desk.services).test_client())
    made.sign_in("admin")
    return made


def test_the_tab_lists_the_documents_of_the_form(visitor: Visitor) -> None:
    shown = visitor.get("/design/desk/ticket/documents").text
    assert "单据" in shown
    assert "3 块内容" in shown
    assert "由主管生成" in shown
    assert "还没有文档" in visitor.get("/design/desk/site/documents").text


def test_the_page_shows_the_blocks_in_order_with_what_can_be_added(visitor: Visitor) -> None:
    shown = visitor.get(PAGE).text
    at = [shown.index(text) for text in ("工单 【编号】", "如果", "费用 【费用】")]
    assert at == sorted(at)
    for offered in ("字段列表", "明细表", "签名栏", "二维码", "换页", "条款"):
        assert offered in shown
    assert 'data-sort="[&#34;documents/paper.yaml&#34;,&#34;blocks&#34;]"' in shown.replace(
        "'", '"'
    )


def test_the_preview_is_of_a_record_or_of_sample_words(desk: Desk, visitor: Visitor) -> None:
    sample = visitor.get(f"{PAGE}/preview").text
    assert sample.count("data:image/svg+xml;base64,") == 1
    ticket = desk.ticket("ann", cost="5", parts=[{"part": "齿轮", "quantity": 2}])
    real = visitor.get(f"{PAGE}/preview?record={ticket.id}").text
    assert real.count("data:image/svg+xml;base64,") == 1
    assert real != sample
    assert "这条记录已经不在了" in visitor.get(f"{PAGE}/preview?record=nothing").text
    with desk.services.store.reading() as unit:
        kinds = [event.kind for event in unit.events.of_record(desk.form(), ticket.id)]
    assert "document_made" not in kinds


def test_a_logo_comes_from_a_picture(desk: Desk, visitor: Visitor) -> None:
    visitor.get(PAGE)
    token = {"csrf_token": visitor.csrf}
    bad = {**token, "file": (io.BytesIO(b"GIF89a"), "logo.gif")}
    visitor.client.post(f"{PAGE}/logo", data=bad)
    assert "标志应是 PNG 图片" in visitor.get(PAGE).text
    good = {**token, "file": (io.BytesIO(png(20, 20)), "logo.png")}
    assert visitor.client.post(f"{PAGE}/logo", data=good).status_code == 303
    logo = open_draft(desk.services, "desk").value(("documents/paper.yaml", "logo"))
    assert logo.startswith("data:image/png;base64,")


def test_only_designers_come_in(desk: Desk) -> None:
    agent = Visitor(build_app(desk.services).test_client())
    agent.sign_in("ann")
    assert agent.get(PAGE).status_code == 403
