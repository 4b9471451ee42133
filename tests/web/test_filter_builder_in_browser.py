"""A filter is chosen or written, on a desk and with a thumb, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.desk import PASSWORD, Desk
from tests.web.eyes import WATCH, barriers
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser

LIST = "/a/desk/ticket/"


def _open(page: Page, address: str, feel: str = "", login: str = "chief_north") -> None:
    page.add_init_script(WATCH)
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}{LIST}?view=all&feel={quote(feel)}")


def _builder(page: Page) -> Locator:
    page.locator("a.chip[href*='at=new']").click()
    sheet = page.locator("dialog[open]")
    sheet.locator(".filter-row").first.wait_for()
    return sheet


def _row(sheet: Locator, at: int = -1) -> Locator:
    rows = sheet.locator(".filter-row")
    return rows.last if at < 0 else rows.nth(at)


def _choose(row: Locator, field: str, op: str | None = None) -> None:
    """Find a field by typing, or on a phone by its wheel."""
    row.wait_for()
    search = row.locator(".field-search input")
    if search.count():
        search.fill(field)
        search.press("Enter")
    else:
        row.locator("[data-field]").select_option(field)
    if op:
        row.locator("[data-op]").select_option(op)


def _apply(page: Page, sheet: Locator) -> str:
    with page.expect_navigation():
        sheet.locator(".btn--primary").click()
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)["feel"][0]


def _names(page: Page) -> list[str]:
    return sorted(page.locator("tbody .rows__title").all_inner_texts())


def test_a_condition_is_a_chip_that_goes_away_again(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="贵的", cost="900")
    small_desk.made("ticket", "ann", name="便宜的", cost="5")
    trouble = listen_for_trouble(page)
    _open(page, address)

    sheet = _builder(page)
    _choose(_row(sheet), "cost", ">=")
    _row(sheet).locator("[data-value] input").fill("100")
    sheet.locator("[data-count]").filter(has_text="符合的有 1 条").wait_for()
    assert _apply(page, sheet) == "cost >= 100"

    page.locator(".chip--on").filter(has_text="费用 不小于 ¥100").wait_for()
    assert _names(page) == ["贵的"]
    page.locator(".chip__x").click()
    page.locator("tbody tr").nth(1).wait_for()
    assert trouble == []
    assert page.evaluate("window.breaches") == []


def test_what_was_typed_stays_when_the_operator_or_the_field_changes(
    page: Page, address: str
) -> None:
    _open(page, address)
    sheet = _builder(page)
    row = _row(sheet)

    _choose(row, "cost", ">=")
    row.locator("[data-value] input").fill("100")
    row.locator("[data-op]").select_option("between")
    assert row.locator("[data-value] input").first.input_value() == "100"

    row.locator("[data-value] input").nth(1).fill("200")
    _choose(row, "cause")
    row.locator("[data-value] input").fill("墨")
    _choose(row, "margin", "between")
    held = row.locator("[data-value] input")
    assert [held.nth(n).input_value() for n in (0, 1)] == ["100", "200"]
    _choose(row, "cause")
    assert row.locator("[data-value] input").input_value() == "墨"


def test_groups_are_joined_by_all_or_any(page: Page, address: str, small_desk: Desk) -> None:
    for name, cause, cost in (("一", "纸", "900"), ("二", "墨", "900"), ("三", "光", "900"),
                              ("四", "纸", "5")):  # fmt: skip
        small_desk.made("ticket", "ann", name=name, cause=cause, cost=cost)
    _open(page, address, "cost > 100")

    sheet = _builder(page)
    sheet.locator(".filter-group--top > .filter-group__items > .filter-row").last.locator(
        "[data-remove]"
    ).click()
    sheet.locator("[data-add-group]").first.click()
    inner = sheet.locator(".filter-group:not(.filter-group--top)")
    for at, cause in enumerate(("纸", "墨")):
        _choose(inner.locator(".filter-row").nth(at), "cause", "=")
        inner.locator(".filter-row").nth(at).locator("[data-value] input").fill(cause)
    assert inner.locator("[data-join=any]").get_attribute("aria-pressed") == "true"
    feel = _apply(page, sheet)

    assert feel == 'cost > 100 and (cause = "纸" or cause = "墨")'
    assert _names(page) == ["一", "二"]
    assert page.locator(".chip--on").count() == 2
    page.locator(".chip--on").filter(has_text="原因 等于 纸，或 原因 等于 墨").wait_for()


def test_a_person_is_found_by_name_even_if_typed_before_the_picker_has_come(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="安的")
    small_desk.made("ticket", "ben", name="本的")
    _open(page, address)

    sheet = _builder(page)
    held: list[Route] = []
    page.route("**/*.js", lambda request: held.append(request))  # noqa: PLW0108 -- takes no attribute
    with page.expect_request("**/*.js"):
        _choose(_row(sheet), "owner", "in")
    _row(sheet).locator("[data-value] .picker-input").press_sequentially("本田")
    page.unroute("**/*.js")  # lets go what was held
    page.locator(".picker-list [role=option]").filter(has_text="本田").click()
    assert _apply(page, sheet) == f'owner in ("{small_desk.people["ben"].id}")'

    assert _names(page) == ["本的"]
    page.locator(".chip--on").filter(has_text="负责人 是 本田").click()
    page.locator("dialog .chips .chip").filter(has_text="本田").wait_for()


def test_a_field_of_what_a_record_refers_to_is_filtered_by(
    page: Page, address: str, small_desk: Desk
) -> None:
    north = small_desk.made("site", "ann", name="北站")
    small_desk.made("ticket", "ann", name="在北站", site=north.id)
    small_desk.made("ticket", "ann", name="哪都不在")
    _open(page, address)

    sheet = _builder(page)
    _choose(_row(sheet), "site.name", "starts_with")
    _row(sheet).locator("[data-value] input").fill("北")
    _apply(page, sheet)

    assert _names(page) == ["在北站"]
    page.locator(".chip--on").filter(has_text="站点 · 名称 开头是 北").wait_for()


def test_a_chip_opens_at_its_condition_and_days_are_relative(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="快到期", due="2026-03-04")
    small_desk.made("ticket", "ann", name="还早", due="2026-06-01")
    _open(page, address, "cost = null and due != null")

    page.locator(".chip--on .chip__text").nth(1).click()
    sheet = page.locator("dialog[open]")
    row = sheet.locator(".filter-row").nth(1)
    row.locator("[data-op]").select_option("next_days")
    row.locator("[data-value] input").fill("3")
    _apply(page, sheet)

    assert _names(page) == ["快到期"]
    page.locator(".chip--on").filter(has_text="截止日期 未来 3 天").wait_for()


def test_an_unfinished_condition_asks_for_its_value(page: Page, address: str) -> None:
    _open(page, address)
    sheet = _builder(page)
    _choose(_row(sheet), "cost", ">")

    sheet.locator(".btn--primary").click()

    assert _row(sheet).locator("[data-complaint]").inner_text() == "请填写要比较的值"
    expect(_row(sheet).locator("[data-value] input")).to_be_focused()


def test_it_is_written_with_completion_and_mistakes_in_place(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="贵的", cost="900")
    trouble = listen_for_trouble(page)
    _open(page, address)
    sheet = _builder(page)
    sheet.locator("[data-switch]").click()
    text = sheet.locator("textarea[name=feel]")
    text.wait_for()

    text.press_sequentially("费")
    sheet.locator(".feel-offers [role=option]").filter(has_text="费用").wait_for()
    text.press("Enter")
    assert text.input_value() == "cost"
    text.press_sequentially(" > 5 and stage = ")
    sheet.locator(".feel-offers [role=option]").filter(has_text="已完成").click()
    assert text.input_value() == 'cost > 5 and stage = "done"'

    text.fill('cots > 5 and stage = "open"')
    mark = sheet.locator(".feel__layer mark")
    mark.wait_for()
    assert mark.inner_text() == "cots"
    sheet.locator("[data-apply]").click()
    sheet.locator("[data-told]").filter(has_text="费用 大于 ¥5").wait_for()
    assert text.input_value() == 'cost > 5 and stage = "open"'
    assert _apply(page, sheet) == 'cost > 5 and stage = "open"'
    assert _names(page) == ["贵的"]
    assert trouble == []
    assert page.evaluate("window.breaches") == []


def test_text_and_conditions_are_two_sides_of_one_filter(page: Page, address: str) -> None:
    _open(page, address)
    sheet = _builder(page)
    _choose(_row(sheet), "cost", ">")
    _row(sheet).locator("[data-value] input").fill("5")

    sheet.locator("[data-switch]").click()
    text = sheet.locator("textarea[name=feel]")
    text.wait_for(state="visible")
    assert text.input_value() == "cost > 5"
    text.fill('cost > 7 and stage in ("open", "done")')
    sheet.locator("[data-switch]").click()

    _row(sheet, 1).wait_for()
    assert _row(sheet, 0).locator("[data-value] input").input_value() == "7"
    assert _row(sheet, 1).locator(".choice.is-on").all_inner_texts() == ["待处理", "已完成"]


def test_what_cannot_be_drawn_stays_text_and_says_so(page: Page, address: str) -> None:
    _open(page, address)
    sheet = _builder(page)
    sheet.locator("[data-switch]").click()
    text = sheet.locator("textarea[name=feel]")
    text.wait_for()
    text.fill("due > begun")

    sheet.locator("[data-switch]").click()

    sheet.locator("[data-note]").filter(has_text="没法用条件画出来").wait_for()
    assert text.input_value() == "due > begun"
    assert _apply(page, sheet) == "due > begun"


def test_the_keyboard_is_enough(page: Page, address: str, small_desk: Desk) -> None:
    small_desk.made("ticket", "ann", name="没原因")
    small_desk.made("ticket", "ann", name="有原因", cause="纸")
    _open(page, address)
    page.locator("a.chip[href*='at=new']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog .field-search input")).to_be_focused()

    page.keyboard.type("原因")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [data-op]")).to_be_focused()
    page.locator("dialog [data-op]").select_option("=")
    page.keyboard.press("Tab")
    page.keyboard.type("纸")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert _names(page) == ["有原因"]
    page.locator(".chip--on .chip__text").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] .filter-row").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".chip--on .chip__text")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_has_no_barriers(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
    _open(page, address, 'cost > 5 and (stage in ("open") or owner = user.id) and due > begun')
    sheet = _builder(page)
    for field in ("due", "site", "cause", "department", "parts"):
        sheet.locator("[data-add]").last.click()
        _choose(_row(sheet), field)
    assert barriers(page) == []

    sheet.locator("[data-switch]").click()
    sheet.locator("textarea[name=feel]").wait_for()
    sheet.locator("textarea[name=feel]").fill("cots > 5")
    sheet.locator("[data-apply]").first.wait_for()
    assert barriers(page) == []


def test_on_a_phone_it_is_a_sheet_for_the_thumb(
    phone: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="待处理的")
    trouble = listen_for_trouble(phone)
    _open(phone, address, "cost = null")

    phone.locator("a.chip[href*='at=new']").tap()
    sheet = phone.locator("dialog[open]")
    sheet.locator(".filter-row").nth(1).wait_for()
    _choose(_row(sheet), "stage")
    _row(sheet).locator(".choice").filter(has_text="待处理").tap()
    box = sheet.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["y"] + box["height"])) == (390, 844)
    for target in sheet.locator("button:visible, select:visible, .choice:visible").all():
        size = target.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 24, target.inner_text()
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= 390")
    feel = _apply(phone, sheet)

    assert feel == 'cost = null and stage in ("open")'
    phone.locator(".row-card").filter(has_text="待处理的").wait_for()
    assert phone.locator(".chip--on").count() == 2
    assert trouble == []


def test_the_sheet_is_a_page_of_its_own_too(page: Page, address: str) -> None:
    _open(page, address)

    page.goto(f"{address}{LIST}filter?view=all&at=new")
    form = page.locator("form.filters")
    form.locator(".filter-row").wait_for()
    _choose(_row(form), "cost", "empty")
    with page.expect_navigation():
        form.locator(".btn--primary").click()

    page.locator(".chip--on").filter(has_text="费用 未填写").wait_for()


def test_the_board_has_the_same_filter(page: Page, address: str, small_desk: Desk) -> None:
    small_desk.made("ticket", "ann", name="贵的", cost="900")
    small_desk.made("ticket", "ann", name="便宜的", cost="5")
    _open(page, address)
    page.goto(f"{address}{LIST}board")

    page.locator("a[href*='at=new']").click()
    sheet = page.locator("dialog[open]")
    _choose(_row(sheet), "cost", ">")
    _row(sheet).locator("[data-value] input").fill("100")
    _apply(page, sheet)

    page.locator(".chip--on").filter(has_text="费用 大于 ¥100").wait_for()
    assert urlsplit(page.url).path == f"{LIST}board"
    assert page.locator("[data-board]").get_by_text("便宜的").count() == 0
    assert page.locator("[data-board]").get_by_text("贵的").count() == 1


def test_a_view_is_kept_set_and_let_go(page: Page, address: str) -> None:
    _open(page, address, "cost > 5")
    page.locator(".chip").filter(has_text="另存为视图").click()
    page.locator("dialog #f-name").fill("贵的")
    with page.expect_navigation():
        page.locator("dialog .btn--primary").click()
    tab = page.locator(".tab[aria-current]")
    assert tab.inner_text().startswith("贵的")

    page.locator(".tab--set").click()
    page.locator("dialog #f-name").fill("很贵的")
    page.locator("dialog input[name=first]").check()
    page.locator("dialog .btn--primary").click()
    page.locator(".tab[aria-current]", has_text="很贵的").wait_for()
    page.wait_for_load_state("networkidle")
    page.goto(f"{address}{LIST}")
    assert "很贵的" in tab.inner_text()

    page.locator(".tab--set").click()
    page.locator("dialog .btn--danger").click()
    page.locator("dialog").filter(has_text="记录不受影响").wait_for()
    with page.expect_navigation():
        page.locator("dialog .btn--danger-solid").click()
    page.locator(".tabs").get_by_text("很贵的").wait_for(state="detached")
