"""A form is built by mouse, by keyboard alone and by finger, and the draft says what was built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from designer.app import build_app
from designer.drafts.editing import open_draft
from tests.desk import PASSWORD, Desk, open_desk
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.shipped import serving
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FIRST = ["number", "name", "site", "cause", "cost", "margin", "phone", "due", "begun", "parts"]

BESIDE = """to => [to.previousElementSibling, to.nextElementSibling].some(
  each => each?.matches('.is-gap'))"""
"""The gap follows the mouse some moments later: until then nothing would move."""


@dataclass(frozen=True)
class Bench:
    """The small app, served with its designer."""

    url: str
    desk: Desk

    def order(self, section: str = "basics") -> list[str]:
        """Return the fields of a section, as the draft has them."""
        draft = open_draft(self.desk.services, "desk")
        sections = draft.app.forms["ticket"].definition.sections
        return [field.id for each in sections if each.id == section for field in each.fields]


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with (
        open_desk(tmp_path_factory.mktemp("desk")) as desk,
        serving(build_app(desk.services)) as at,
    ):
        yield Bench(at, desk)


def _at_the_form(browser: Browser, bench: Bench, **device: Any) -> Page:
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **device})
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{bench.url}/sign-in")
    page.locator("#login").fill("admin")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{bench.url}/")
    page.goto(f"{bench.url}/design/desk/ticket", wait_until="networkidle")
    return page


def _shown(page: Page) -> list[str]:
    items = page.locator("#fields-basics > [data-item]")
    return [str(one) for one in items.evaluate_all("all => all.map(each => each.dataset.item)")]


def _settled(page: Page, changes: int) -> None:
    """Wait until so many edits are counted in the head of the page."""
    page.locator("#draft-mark .badge", has_text=f"{changes} 处未发布").wait_for()


def _middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _drag(page: Page, what: Locator, to: Locator) -> None:
    """Carry something by mouse until the gap is where it is to go, and let it go there."""
    to.scroll_into_view_if_needed()
    x, y = _middle(what)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 6, steps=3)
    there = _middle(to)
    page.mouse.move(there[0], there[1] - 4, steps=12)
    page.mouse.move(*there, steps=2)
    page.wait_for_function(BESIDE, arg=to.element_handle())
    page.mouse.up()


@pytest.mark.browser
def test_a_form_is_built_by_mouse(browser: Browser, bench: Bench) -> None:
    page = _at_the_form(browser, bench)
    heard = listen_for_trouble(page)

    _drag(page, page.locator("#at-cause"), page.locator("#at-name"))
    _settled(page, 1)
    assert sorted(_shown(page)) == sorted(FIRST)
    assert bench.order() == _shown(page) != FIRST

    box = page.locator("[data-find-type]")
    box.fill("多选")
    kind = page.locator("[data-palette] [data-type=multi_select]")
    assert page.locator("[data-palette] [data-type]:visible").count() == 1
    _drag(page, kind, page.locator("#at-name"))
    _settled(page, 2)
    page.locator("#at-multi_select .field").wait_for()
    assert bench.order() == _shown(page)
    assert heard == []
    assert barriers(page) == []
    assert page.evaluate(SEEN)["breaches"] == []
    page.context.close()


@pytest.mark.browser
def test_columns_references_and_copies_come_and_go(  # noqa: PLR0915 - one way, step by step
    browser: Browser, bench: Bench
) -> None:
    page = _at_the_form(browser, bench)

    page.locator("#at-parts [data-add-column]").click()
    page.locator("#column-types [data-type=money]").click()
    page.locator("#at-parts [data-item=money]").wait_for()
    _settled(page, 1)

    # What needs another form is asked first.
    page.locator("[data-palette] [data-type=reference_list]").click()
    page.locator("#first-choice select").select_option(label="站点")
    page.locator("#first-choice button[value=add]").click()
    _settled(page, 2)
    page.locator("#at-reference_list", has_text="站点").wait_for()

    page.locator("#at-due [data-choose]").click()
    page.locator("#at-due.is-chosen").wait_for()
    page.locator("#at-begun [data-choose]").click(modifiers=["Control"])
    page.locator("[data-many-count]", has_text="已选 2 个").wait_for()
    page.locator("[data-many-remove]").click()
    # They are read by a check, which would go along: one is asked first, and nothing is gone.
    page.locator("dialog[open]", has_text="会一起删除").wait_for()
    page.get_by_role("button", name="取消", exact=True).click()
    assert {"due", "begun"} <= set(_shown(page))

    page.locator("#at-phone [data-choose]").click()
    page.locator("#at-phone [data-tool=copy]").click()
    page.locator("#at-phone_2").wait_for()
    page.locator("#at-phone_2 [data-tool=remove]").click()
    page.locator("#at-phone_2").wait_for(state="detached")
    before = _shown(page)
    page.locator("[data-undo]").click()
    page.locator("#at-phone_2").wait_for()
    page.locator("[data-redo]").click()
    page.locator("#at-phone_2").wait_for(state="detached")
    assert _shown(page) == before == bench.order()
    page.context.close()


@pytest.mark.browser
def test_a_form_is_built_by_keyboard_alone(  # noqa: PLR0915 - one way, step by step
    browser: Browser, bench: Bench
) -> None:
    page = _at_the_form(browser, bench)
    press = page.keyboard.press
    said = page.locator("#announcer")

    # Into the palette, to a type, into the form.
    page.locator("[data-find-type]").focus()
    page.keyboard.type("日期时间")
    press("Tab")
    press("Enter")
    page.locator("#at-datetime .field").wait_for()
    _settled(page, 1)
    page.locator("#at-datetime [data-choose]:focus").wait_for()

    press("Space")
    said.filter(has_text="拿起了“日期时间”").wait_for()
    for _ in range(3):
        press("ArrowUp")
    said.filter(has_text="第 8 个，共 11 个").wait_for()
    press("Space")
    said.filter(has_text="已移到").wait_for()
    _settled(page, 2)
    assert bench.order().index("datetime") == 7
    assert bench.order() == _shown(page)

    press("Space")
    press("ArrowDown")
    press("Escape")
    assert _shown(page) == bench.order()

    press("Alt+ArrowUp")
    _settled(page, 3)
    assert bench.order().index("datetime") == 6
    page.context.close()


@pytest.mark.browser
def test_keys_copy_remove_and_bring_back(browser: Browser, bench: Bench) -> None:
    page = _at_the_form(browser, bench)
    press = page.keyboard.press

    page.locator("#at-phone [data-choose]").focus()
    press("Control+d")
    page.locator("#at-phone_2 [data-choose]:focus").wait_for()
    press("Delete")
    page.locator("#at-phone_2").wait_for(state="detached")
    page.locator("#announcer", has_text="已删除“电话”").wait_for()
    press("Control+z")
    page.locator("#at-phone_2").wait_for()
    assert bench.order() == _shown(page)

    # Enter opens what is chosen in the panel, where a name is typed.
    page.locator("#at-cost [data-choose]").focus()
    press("Enter")
    page.locator("#panel-title", has_text="费用").wait_for()
    page.context.close()


@pytest.mark.browser
def test_a_form_is_built_by_finger(browser: Browser, bench: Bench) -> None:
    page = _at_the_form(browser, bench, viewport=PHONE, has_touch=True, is_mobile=True)

    page.locator("[data-palette] summary").tap()
    page.locator("[data-palette] [data-type=signature]").tap()
    page.locator("#at-signature .field").wait_for()
    _settled(page, 1)
    page.locator("[data-palette] summary").tap()
    page.locator("[data-choose-none]").tap()
    page.locator(".design:not(.has-chosen)").wait_for()

    _carry(page, page.locator("#at-cause"), page.locator("#at-name"))
    _settled(page, 2)
    assert bench.order() == _shown(page)
    assert bench.order() != [*FIRST, "signature"]

    page.locator("#at-phone [data-choose]").tap()
    page.locator("#at-phone [data-tool=up]").tap()
    _settled(page, 3)
    assert bench.order() == _shown(page)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    page.context.close()


def _carry(page: Page, what: Locator, to: Locator) -> None:
    """Press something until it is lifted, carry it by finger, and let it go."""
    # Where it is once nothing moves any more, and nothing lies above it.
    what.tap(trial=True)
    x, y = _middle(what)
    there = _middle(to)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    # Only a finger that rests for a while lifts something: else it scrolls.
    page.locator("#at-cause.sortable-chosen").wait_for()
    for step in range(1, 13):
        touch("touchMove", x + (there[0] - x) * step / 12, y + (there[1] - y) * step / 12)
    touch("touchMove", there[0], there[1] + 1)
    page.wait_for_function(BESIDE, arg=to.element_handle())
    touch("touchEnd")
