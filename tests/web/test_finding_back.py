"""Pages tell why one looks at a record, what a search found in it, and how one gets back."""

from __future__ import annotations

import re
from dataclasses import replace

from msgspec.structs import replace as with_parts

from engine.definition.page import Card
from tests.desk import Desk
from tests.web.visitor import visitor


def told(desk: Desk, sort: str) -> list[str]:
    """Return what a short list on the workbench says at the end of each line."""
    card = Card(id="dear", label="贵的", form="ticket", show="list", sort=(sort,))
    app = desk.services.apps["desk"]
    home = with_parts(app.definition, home=(card,))
    desk.services.apps["desk"] = replace(app, definition=with_parts(app.definition, home=()))
    ann = visitor(desk, "ann")
    before = ann.get("/?app=desk").text
    desk.services.apps["desk"] = replace(app, definition=home)
    page = ann.get("/?app=desk").text
    assert ["没有要处理的事" in text for text in (before, page)] == [True, False]
    part = page.split('aria-label="贵的"')[1].split("</section>")[0]
    return re.findall(r'class="doing__when">([^<]*)<', part)


def test_a_short_list_tells_what_it_is_sorted_by(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="1200")
    small_desk.ticket("ann", cost="90.5")

    assert told(small_desk, "-cost") == ["¥1,200", "¥90.50"]
    today = small_desk.services.today(small_desk.clock()).strftime("%m-%d")
    assert told(small_desk, "-updated_at") == [today, today]


def test_a_search_marks_what_was_asked_for_and_nothing_else(small_desk: Desk) -> None:
    small_desk.made("ticket", "ann", name="打印机 <A3>")
    page = visitor(small_desk, "ann").get("/search?q=a3").text

    assert "打印机 &lt;<mark>A3</mark>&gt;" in page


def test_an_error_leads_back_to_a_page_of_ours_only(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    here = ann.get("/nowhere", headers={"Referer": "http://localhost/todo?box=cc"}).text
    assert 'href="/todo?box=cc"' in here
    foreign = ann.get("/nowhere", headers={"Referer": "http://elsewhere.test/todo?box=cc"}).text
    assert "返回上一页" not in foreign
