"""The sections of a form are spread over tabs: added, named, sorted, filled and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from designer.drafts.editing import open_draft
from engine.forms.tabs import tab_of
from tests.designer.test_canvas import Bench, _at_the_form, _middle, _settled, bench
from tests.web.eyes import SEEN, barriers
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["bench"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def tabs_of(bench: Bench) -> dict[str, list[str]]:
    """Return the sections of each tab by its label, as the draft has them."""
    form = open_draft(bench.desk.services, "desk").app.forms["ticket"].definition
    return {
        str(tab.label): [one.id for one in form.sections if tab_of(form, one) == tab.id]
        for tab in form.tabs
    }


def test_sections_are_spread_over_tabs(bench: Bench, browser: Browser) -> None:
    page = _at_the_form(browser, bench)
    trouble = listen_for_trouble(page)
    before = open_draft(bench.desk.services, "desk").app.forms["ticket"].definition.sections
    all_ = [section.id for section in before]

    page.get_by_role("button", name="分成标签页").click()
    _settled(page, 1)
    assert tabs_of(bench) == {"标签页 1": all_, "标签页 2": []}
    name = page.locator("#panel [data-zh]").first
    name.fill("概况")
    name.press("Enter")
    _settled(page, 2)

    carry_to_tab(page, all_[-1], "标签页 2")
    _settled(page, 3)
    assert tabs_of(bench) == {"概况": all_[:-1], "标签页 2": all_[-1:]}
    assert barriers(page) == []

    sort_and_remove(bench, page, all_)
    assert trouble == []
    assert page.evaluate(SEEN)["breaches"] == []


def sort_and_remove(bench: Bench, page: Page, all_: list[str]) -> None:
    """A new section comes to the tab one works on; sorted first, the tab takes nothing along."""
    page.get_by_role("button", name="加一个分组").click()
    _settled(page, 4)
    page.locator(".design-tab [data-choose]", has_text="标签页 2").focus()
    page.keyboard.press("Alt+ArrowLeft")
    _settled(page, 5)
    new = f"section_{len(all_) + 1}"
    assert tabs_of(bench) == {"标签页 2": [all_[-1], new], "概况": all_[:-1]}

    page.keyboard.press("Delete")
    page.get_by_role("button", name="确定").click()
    _settled(page, 6)
    assert tabs_of(bench) == {"概况": [*all_, new]}
    page.locator("[data-undo]").first.click()
    page.locator(".design-tab", has_text="标签页 2").wait_for()
    assert tabs_of(bench) == {"标签页 2": [all_[-1], new], "概况": all_[:-1]}


def carry_to_tab(page: Page, section: str, tab: str) -> None:
    """Drag a section over a tab, wait until its page opens, and let it go there."""
    # All of it at once: a page that scrolls while something is carried takes the tab away.
    page.set_viewport_size({"width": 1440, "height": 2400})
    grip = page.locator(f"#head-{section} [data-choose]")
    x, y = _middle(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y - 8, steps=3)
    page.locator("body.is-dragging").wait_for()
    x, y = _middle(page.locator(".design-tab", has_text=tab))
    page.mouse.move(x, y, steps=6)
    page.locator(".design-tab.is-current", has_text=tab).wait_for()
    x, y = _middle(page.locator(".design-paper__sections:not([hidden])"))
    page.mouse.move(x, y, steps=6)
    page.locator(".design-paper__sections:not([hidden]) .is-gap").wait_for()
    page.mouse.up()
