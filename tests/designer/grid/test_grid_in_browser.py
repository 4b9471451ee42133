"""A decision table is edited like a sheet: keys, typing, a pasted block, and what is wrong told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.designer.bench import Bench, open_bench, settled
from tests.services.chromium import PHONE
from tests.web.eyes import SEEN, barriers
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
  document.activeElement.dispatchEvent(paste);
}"""


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with open_bench(tmp_path_factory.mktemp("bench")) as made:
        yield made


def rules(bench: Bench) -> list[tuple[object, ...]]:
    definition = bench.app.decisions["who"].definition
    return [(*rule.when, *rule.then) for rule in definition.rules]


def in_order(page: Page) -> None:
    assert barriers(page) == []
    seen = page.evaluate(SEEN)
    assert (seen["breaches"], seen["styled"]) == ([], [])
    assert seen["over"] <= 0


def test_a_table_is_edited_like_a_sheet(browser: Browser, bench: Bench) -> None:
    page = bench.designer(browser, "decisions/who")
    heard = listen_for_trouble(page)
    page.locator("#grid td[data-column='0']").first.click()
    page.keyboard.type("> 1 万")
    page.keyboard.press("Enter")
    settled(page, 1)
    assert rules(bench)[0][0] == "> 10000"

    _mend(page, bench)
    _type_on(page, bench)
    _paste(page, bench)
    _shape(page, bench)
    in_order(page)
    page.keyboard.press("Control+z")
    settled(page, 6)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as in chromium.py
    in_order(page)
    _go_on(page, bench)
    assert heard == []


def _go_on(page: Page, bench: Bench) -> None:
    """What was typed last is kept even if the page is left at once."""
    page.locator("#grid .grid-note").first.click()
    page.keyboard.type("large")
    page.locator("a[href='/design/desk/']").locator("visible=true").first.click()
    page.wait_for_url(f"{bench.url}/design/desk/")
    assert bench.app.decisions["who"].definition.rules[0].note == "large"


def _mend(page: Page, bench: Bench) -> None:
    # What does not fit stays on the page with what is wrong beside it, until it does.
    page.keyboard.type("a lot")
    page.keyboard.press("Enter")
    page.get_by_text("还没有保存：有 1 处要改").wait_for()
    page.locator("#grid .grid-marks").wait_for()
    assert rules(bench)[1][0] == "> 100"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.insert_text("大于 1000")
    page.keyboard.press("Tab")
    settled(page, 2)
    assert rules(bench)[1][0] == "> 1000"


def _type_on(page: Page, bench: Bench) -> None:
    """What is typed while the answer about another cell is under way goes on where it was."""
    held: list[Route] = []
    page.route("**/edits", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    page.locator("#grid td[data-column='0']").first.click()
    page.keyboard.type("> 20000")
    with page.expect_request("**/edits"):
        page.keyboard.press("Enter")
    page.keyboard.type("> 200")
    with page.expect_response("**/edits"):
        page.unroute("**/edits")  # lets go what was held
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    settled(page, 4)
    assert [row[0] for row in rules(bench)[:2]] == ["> 20000", "> 2000"]
    page.keyboard.press("Control+z")
    settled(page, 3)


def _paste(page: Page, bench: Bench) -> None:
    page.locator("#grid td[data-column='0']").nth(2).click()
    page.evaluate(PASTE, '500 到 900\t甲\n"> 200"\t乙\n> 100\t丙\n\t丁\n')
    settled(page, 4)
    assert [row[:2] for row in rules(bench)[2:]] == [
        ("[500..900]", '"甲"'),
        ("> 200", '"乙"'),
        ("> 100", '"丙"'),
        ("-", '"丁"'),
    ]


def _shape(page: Page, bench: Bench) -> None:
    """Delete a row, add a column and move it."""
    first = page.locator("#grid tbody tr").first
    first.get_by_role("rowheader").hover()  # What can be done with a row comes up at its number.
    first.get_by_role("button", name="删除这一行").click()
    settled(page, 5)
    page.get_by_role("button", name="加条件列").click()
    page.get_by_role("menuitem", name="原因").click()
    settled(page, 6)
    page.get_by_role("columnheader", name="原因").hover()
    page.get_by_role("button", name="“原因”左移").click()
    settled(page, 7)
    assert [one.id for one in bench.app.decisions["who"].definition.inputs] == ["cause", "cost"]
    assert rules(bench)[0][:2] == ("-", "> 1000")
