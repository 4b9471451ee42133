"""Can a page for people outside be made up and looked at by people who never see a file?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from designer.app import build_app
from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from engine.editing.edits import AnyEdit
from tests.runtime.publics.counter import Counter, open_counter
from tests.web.visitor import Visitor

LIST = "/design/desk/ticket/public"
PAGE = "/design/desk/public/report"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("counter")
    with open_counter(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def visitor(counter: Counter) -> Visitor:
    made = Visitor(build_app(counter.desk.services).test_client())
    made.sign_in("admin")
    return made


def test_the_tab_lists_the_public_pages_of_the_form(visitor: Visitor) -> None:
    shown = visitor.get(LIST).text
    assert "扫码报修" in shown
    assert "问：" in shown
    assert "还没有公开表单" in visitor.get("/design/desk/site/public").text


def test_the_page_shows_what_is_asked_in_order_and_what_could_be(visitor: Visitor) -> None:
    shown = visitor.get(PAGE).text
    asked = re.findall(r'class="rule__deed[^"]*" data-label="([^"]+)"', shown)

    assert asked == ["标题", "电话", "截止日期", "原因"]
    menu = shown[shown.index('id="field-menu"') : shown.index('id="preview-title"')]
    assert "毛利" in menu
    assert "站点" not in menu
    assert {"照片", "签名", "配件"} <= set(re.findall(r">([^<>]+)<", menu))
    assert '"cells":["part","quantity","label","shelf"]' in html.unescape(menu).replace(" ", "")
    assert "每个“站点”一个二维码" in shown
    assert "主管可以生成二维码" in shown
    assert '"/public/desk"' in shown


def test_the_preview_shows_the_page_of_the_draft_and_can_not_be_sent(visitor: Visitor) -> None:
    shown = visitor.get(f"{PAGE}/preview").text

    assert "扫码报修" in shown
    assert "我同意记录以上内容" in shown
    assert "<form" not in shown


def test_a_new_one_asks_what_must_be_filled_in(counter: Counter, visitor: Visitor) -> None:
    services, admin = counter.desk.services, counter.desk.people["admin"]
    found = re.search(r"data-edits='(\[.+?public/.+?\])' data-go", visitor.get(LIST).text)
    assert found is not None
    edits = msgspec.json.decode(html.unescape(found[1]), type=list[AnyEdit])
    rev = open_held(services, "desk").head.rev

    done = edit_draft(services, admin, "desk", rev, edits)

    assert isinstance(done, Edited)
    made = open_draft(services, "desk").app.publics["ticket_public"]
    assert made.asked == ("name",)
    assert "ticket_public" in visitor.get(LIST).text


def test_only_designers_come_in(counter: Counter) -> None:
    agent = Visitor(build_app(counter.desk.services).test_client())
    agent.sign_in("ann")
    for page in (LIST, PAGE, f"{PAGE}/preview"):
        assert agent.get(page).status_code == 403
