"""Whatever anybody writes anywhere is read as text, never as a part of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from engine.fields.rich_text import RichText
from tests.laws.house import open_house
from tests.security.board import PAGES, Wall, shape_of, wall_in
from tests.security.hostile import PAYLOADS
from tests.shipped import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEEN = ("/", "/search?q=找得到", "/a/pin/pin/", "/a/pin/pin/board", "/a/pin/pin/{id}",
        "/a/pin/pin/{id}/edit", "/a/pin/pin/{id}/advance", "/admin/people")  # fmt: skip


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wall]:
    with open_house(tmp_path_factory.mktemp("wall"), {}) as house:
        yield wall_in(house, house.services)


def shapes(wall: Wall) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    boss = wall.house.visitor("boss")
    found = {}
    for page in PAGES:
        answer = boss.get(page.format(id=wall.record.id))
        assert answer.status_code == 200, page
        found[page] = shape_of(answer.text)
    return found


def test_a_page_has_the_same_elements_whatever_the_texts_say(wall: Wall) -> None:
    wall.say("平常的话，有 空格、标点 and two words")
    usual = shapes(wall)
    for payload in PAYLOADS:
        before = len(usual["/a/pin/pin/{id}"])
        wall.say(payload)
        now = shapes(wall)
        # Each time there is one comment more in the timeline, and nothing else.
        assert len(now.pop("/a/pin/pin/{id}")) >= before
        assert [page for page in now if now[page] != usual[page]] == [], payload


def test_a_comment_is_text(wall: Wall) -> None:
    path = f"/a/pin/pin/{wall.record.id}"
    wall.say("平常")
    first = len(shape_of(wall.house.visitor("boss").get(path).text))
    wall.say("还是平常")
    step = len(shape_of(wall.house.visitor("boss").get(path).text)) - first
    for payload in PAYLOADS[:8]:
        before = shape_of(wall.house.visitor("boss").get(path).text)
        wall.say(payload)
        assert len(shape_of(wall.house.visitor("boss").get(path).text)) - len(before) == step


@pytest.mark.parametrize("payload", PAYLOADS)
def test_rich_text_keeps_no_script(payload: str) -> None:
    rich = RichText(id="it", label="它")
    kept = str(rich.parse(f"<p>前{payload}后</p>") or "")
    for tag, names in shape_of(kept):
        assert tag in ALLOWED, kept
        assert not [name for name in names if name.startswith(("on", "style", "hx-", "data-"))]


ALLOWED = frozenset(
    {"p", "br", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "blockquote", "code"}
    | {"pre", "h1", "h2", "h3", "h4", "hr", "div", "span", "table", "thead", "tbody", "tr", "th"}
    | {"td", "sub", "sup", "del", "ins", "mark"}
)


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_runs_nothing_of_it(wall: Wall, page: Page) -> None:
    wall.say(" ".join(PAYLOADS))
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on(
        "console",
        lambda said: heard.append(said.text) if "Content Security Policy" in said.text else None,
    )
    with serving(wall.house.web) as url:
        cookie = wall.house.visitor("boss").http.get_cookie("session")
        assert cookie is not None
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
        for path in SEEN:
            page.goto(url + path.format(id=wall.record.id), wait_until="load")
            assert page.title()
            assert page.evaluate("typeof window.__pwned") == "undefined", path
    assert heard == []
