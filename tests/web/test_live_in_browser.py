"""A form works itself out while it is filled in, and always says what the server would say."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.conftest import served_at
from tests.web.eyes import Traffic
from tests.web.live_app import Works, works
from tests.web.live_eyes import differences
from tests.web.live_typing import type_into, type_something
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEEDS = (2, 3)
STEPS = 40
RECORD = re.compile(r"/a/works/job/[0-9a-f]{32}$")


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    with works(tmp_path_factory.mktemp("works")) as services, served_at(services) as url:
        yield Works(services, url)


@pytest.fixture
def traffic(page: Page) -> Iterator[Traffic]:
    with Traffic(page) as watched:
        yield watched


@pytest.mark.parametrize("login", ["worker", "keeper"])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_typed_the_page_says_what_the_server_says(
    at_work: Works, page: Page, traffic: Traffic, login: str, seed: int
) -> None:
    trouble = listen_for_trouble(page)
    at_work.open(page, login)
    chance = Random(seed)
    done: list[str] = []

    for _ in range(STEPS):
        done.append(type_something(page, chance, at_work.references))
        if chance.random() < 0.4:
            quiet(traffic)
            assert differences(page) == [], done
    assert trouble == []


def questions(page: Page) -> list[str]:
    """Return a list that grows with every question to the server."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


LATER = "() => new Promise((go) => setTimeout(go, 250))"
"""A clock of the page itself, which rings after all that was set to ring sooner."""


def quiet(traffic: Traffic) -> None:
    """Wait until a question that was put off would have been asked, and answered."""
    traffic.page.evaluate(LATER)
    traffic.settle()


def shown(page: Page, name: str) -> str:
    return page.locator(f"[data-field='{name}'] > .field-shown").inner_text()


def test_what_the_browser_can_know_is_asked_from_nobody(
    at_work: Works, page: Page, traffic: Traffic
) -> None:
    at_work.open(page, "keeper")
    asked = questions(page)

    for name, text in (
        ("name", "甲"), ("level", "high"), ("kinds", "a b"), ("urgent", "true"),
        ("agreed", "true"), ("stars", "4"), ("count", "12"), ("weight", "2.5"),
        ("price", "1,200"), ("off", "10"), ("begun", "2026-01-31"), ("at", "08:30"),
        ("seen", "2026-01-01T08:30"), ("takes", "P2D"), ("margin", "300"), ("paper", "字"),
    ):  # fmt: skip
        assert type_into(page, name, text)
    page.locator("[data-line=add]").click()
    type_into(page, "parts-0-price", "19.90")
    page.locator("[data-line=remove]").click()
    quiet(traffic)

    assert asked == []
    assert shown(page, "f_money") == "¥12,960.00"
    assert shown(page, "f_margin") == "¥900.00"
    assert page.locator("[data-field=why]").is_visible()
    assert differences(page) == []


def test_what_a_reference_leads_to_is_asked_once(
    at_work: Works, page: Page, traffic: Traffic
) -> None:
    at_work.open(page, "keeper")
    type_into(page, "price", "1000")
    east, west = at_work.sites[:2]
    asked = questions(page)

    for site in (east, west):
        type_into(page, "site", site)
        page.wait_for_function(
            "(text) => document.querySelector('[data-field=f_site]').textContent.includes(text)",
            arg="50" if site == east else "200",
        )
    assert len(asked) == 2
    assert not page.locator("[data-field=guard]").is_visible()

    type_into(page, "site", east)
    assert shown(page, "f_site") == "¥50.00"
    assert shown(page, "site_rate") == "5%"
    assert page.locator("[data-field=guard]").is_visible()
    assert page.locator("[data-field=deep]").is_visible()
    quiet(traffic)
    assert len(asked) == 2


def test_what_depends_on_what_one_may_not_see_stays_with_the_server(
    at_work: Works, page: Page, traffic: Traffic
) -> None:
    told: list[str] = []
    page.on("response", lambda answer: told.append(answer.text()) if "live" in answer.url else None)
    at_work.open(page, "worker")
    told.append(page.content())

    type_into(page, "site", at_work.sites[2])
    type_into(page, "count", "7")
    type_into(page, "price", "1000")
    quiet(traffic)
    type_into(page, "site", at_work.sites[0])
    quiet(traffic)

    assert shown(page, "f_margin") == "¥988.00"
    assert page.locator("[data-field=rich]").is_visible()
    assert page.locator("[data-field=veiled]").is_visible()
    assert differences(page) == []
    hidden = ('"margin"', "secret", '{"n":"0.9"}')
    assert [word for word in hidden for text in told if word in text] == []


def test_a_default_follows_until_somebody_types_there(at_work: Works, page: Page) -> None:
    at_work.open(page, "keeper")
    field = page.locator("[name=code]")
    type_into(page, "name", "abcdef")
    type_into(page, "count", "3")
    assert field.input_value() == "ABC-3"

    type_into(page, "name", "xyz")
    assert field.input_value() == "XYZ-3"
    type_into(page, "code", "mine")
    type_into(page, "name", "other")
    assert field.input_value() == "mine"

    type_into(page, "begun", "2026-01-31")
    assert page.locator("[name=due]").input_value() == "2026-02-07"
    page.keyboard.press("Control+s")
    page.wait_for_url(RECORD)
    assert page.get_by_text("mine").is_visible()
    assert page.get_by_text("2026-02-07").is_visible()


def test_a_row_that_nobody_filled_is_not_kept(at_work: Works, page: Page) -> None:
    at_work.open(page, "keeper")
    type_into(page, "name", "两行")
    page.locator("[data-line=add]").click()
    page.locator("[data-line=add]").click()
    assert page.locator("[name=parts-0-qty]").input_value() == "1"
    assert shown(page, "f_rows") == "0"

    type_into(page, "parts-1-item", at_work.items[1])
    page.wait_for_function("() => document.querySelector('[name=parts-1-price]').value")
    assert page.locator("[name=parts-1-price]").input_value() == "320.00"
    assert shown(page, "f_sum") == "¥320.00"
    assert shown(page, "f_rows") == "1"

    page.keyboard.press("Control+s")
    page.wait_for_url(RECORD)
    assert page.locator("[data-label='小计'], [data-label='Amount']").count() == 1


def test_a_check_is_said_in_place_once_somebody_broke_it(at_work: Works, page: Page) -> None:
    at_work.open(page, "keeper")
    said = page.locator("[data-field=due]").get_by_text("截止不能早于开始")
    type_into(page, "begun", "2026-03-10")
    assert not said.is_visible()

    type_into(page, "due", "2026-03-01")
    assert said.is_visible()

    type_into(page, "due", "2026-03-11")
    assert not said.is_visible()


def test_what_is_needed_says_why_while_it_is_empty(at_work: Works, page: Page) -> None:
    at_work.open(page, "keeper")
    said = page.locator("[data-field=rival]").get_by_text("贵的要写备选")
    assert not said.is_visible()

    type_into(page, "price", "1200")
    assert said.is_visible()
    assert page.locator("[data-field=rival] .required-mark").is_visible()

    type_into(page, "rival", "别的")
    assert not said.is_visible()


def test_a_form_in_a_sheet_lives_too(at_work: Works, page: Page) -> None:
    trouble = listen_for_trouble(page)
    at_work.open(page, "keeper")
    page.locator("[data-line=add]").click()
    page.get_by_role("combobox", name="物料").fill("垫圈")
    page.get_by_role("option", name="新建“垫圈”").click()
    sheet = page.locator("dialog[open]")
    sheet.locator("[name=price]").fill("12")
    assert not sheet.locator("[data-field=plain]").is_visible()

    sheet.locator("[name=price]").fill("9")
    sheet.locator("[data-field=plain]").wait_for(state="visible")
    sheet.get_by_role("button", name="保存").click()
    sheet.wait_for(state="detached")

    page.wait_for_function("() => document.querySelector('[name=parts-0-price]').value === '9.00'")
    assert shown(page, "f_sum") == "¥9.00"
    assert differences(page) == []
    assert trouble == []


WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.hadRecentInput]);
}).observe({type: 'layout-shift', buffered: true});
"""


def test_the_first_paint_is_the_last(at_work: Works, page: Page, traffic: Traffic) -> None:
    made = at_work.made(
        "job", name="稳", level="high", price="2000", agreed=True, count=7, begun="2026-01-31",
        site=at_work.sites[0],
        parts=[{"item": at_work.items[0], "qty": "9", "note": "多"}], rival="别的",
    )  # fmt: skip
    at_work.open(page, "keeper")
    page.add_init_script(WATCH_SHIFTS)
    drawn = "() => document.querySelector('form[data-form]').innerHTML"

    for path in ("job/new", f"job/{made}/edit"):
        asked = questions(page)
        html = page.request.get(f"{at_work.url}/a/works/{path}").text()
        page.goto(f"{at_work.url}/a/works/{path}")
        page.wait_for_load_state("networkidle")
        quiet(traffic)

        assert page.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)") == 0
        assert not [url for url in asked if url.endswith("/live")]
        assert differences(page) == []
        assert len(page.evaluate(drawn)) > 1000
        assert "data-logic" in html


def test_all_scripts_of_a_form_page_are_small(at_work: Works, page: Page) -> None:
    at_work.open(page, "keeper")
    loaded: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            loaded.update({answer.url: len(gzip.compress(answer.body(), 9))})
            if answer.url.endswith(".js")
            else None
        ),
    )
    page.goto(f"{at_work.url}/a/works/job/new")
    page.wait_for_load_state("networkidle")

    assert 0 < sum(loaded.values()) <= 40 * 1024, loaded


def test_the_sheet_that_asks_for_rows_adds_them_up(at_work: Works, page: Page) -> None:
    order = at_work.made("order", name="甲")
    at_work.open(page, "worker")
    page.goto(f"{at_work.url}/a/works/order/{order}")
    page.get_by_role("link", name="补齐并推进").click()
    sheet = page.get_by_role("dialog")
    total = sheet.locator("[data-totals=goods]")
    sheet.get_by_role("button", name="添加").click()
    sheet.locator("[name=goods-0-qty]").fill("2")
    sheet.locator("[name=goods-0-price]").fill("1200")
    expect(total).to_contain_text("¥2,400.00")

    with page.expect_response(lambda answer: answer.url.endswith("/advance")):
        sheet.get_by_role("button", name="补齐并推进").click()
    sheet.get_by_text("还不能到").wait_for()

    expect(total).to_contain_text("¥2,400.00")
    sheet.locator("[name=goods-0-qty]").fill("3")
    expect(total).to_contain_text("¥3,600.00")
