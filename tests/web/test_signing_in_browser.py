"""A signature is drawn by mouse or finger, kept as it was drawn, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.devices import (
    draw,
    draw_by_touch,
    ink_in,
    just_now,
    place_of,
    save,
    the_file,
    visit_at,
)
from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_signature_is_drawn_by_mouse_kept_and_shown(shared_site: Site, page: Page) -> None:
    trouble = listen_for_trouble(page)
    album = Album(page, "devices-signature")
    moment = just_now(shared_site)
    visit = visit_at(shared_site, "签字测试机械有限公司", checked_in_at=moment)
    shared_site.sign_in(page, "rep1")
    page.goto(f"{place_of(shared_site, visit)}/edit")
    field = page.locator("[data-field=customer_signature]")
    field.get_by_text("本人确认本次来访情况与以上纪要一致").wait_for()

    draw(page, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    album.take("signed")
    save(page)

    first = the_file(shared_site, visit, "customer_signature")
    assert ink_in(shared_site, first) > 200
    kept = page.locator(f".gallery img[src*='{first}']")
    kept.scroll_into_view_if_needed()
    page.wait_for_function(
        "(id) => document.querySelector(`.gallery img[src*='${id}']`).naturalWidth > 100", arg=first
    )
    album.take("shown")
    assert trouble == []


def test_a_signature_is_drawn_again(shared_site: Site, page: Page) -> None:
    visit = visit_at(shared_site, "重签测试机械有限公司", checked_in_at=just_now(shared_site))
    shared_site.sign_in(page, "rep1")
    field = page.locator("[data-field=customer_signature]")
    page.goto(f"{place_of(shared_site, visit)}/edit")
    draw(page, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    save(page)
    first = the_file(shared_site, visit, "customer_signature")

    page.goto(f"{place_of(shared_site, visit)}/edit")
    assert field.locator("img.signature-kept").is_visible()
    field.scroll_into_view_if_needed()
    field.get_by_role("button", name="重签").click()
    draw(page, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    save(page)
    second = the_file(shared_site, visit, "customer_signature")
    assert second != first
    assert ink_in(shared_site, second) > 200


def test_a_signature_is_drawn_by_finger_and_taken_back(shared_site: Site, pocket: Page) -> None:
    trouble = listen_for_trouble(pocket)
    moment = just_now(shared_site)
    visit = visit_at(shared_site, "手签测试机械有限公司", checked_in_at=moment)
    shared_site.sign_in(pocket, "rep1")
    pocket.goto(f"{place_of(shared_site, visit)}/edit")
    field = pocket.locator("[data-field=customer_signature]")

    draw_by_touch(pocket, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    Album(pocket, "devices-finger").take("signed")
    # Chromium takes a tap that follows a drawn line at once for the end of a fling.
    field.get_by_role("button", name="重签").click()
    kept = field.locator("input[type=hidden][name=customer_signature]")
    assert kept.input_value() == ""

    wipe_out_too_soon(pocket, field)
    assert kept.input_value() == ""
    draw_by_touch(pocket, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    save(pocket)

    signed = the_file(shared_site, visit, "customer_signature")
    assert ink_in(shared_site, signed) > 200
    assert trouble == []


def wipe_out_too_soon(page: Page, field: Locator) -> None:
    """What is wiped out while it is on its way does not come back."""
    held: list[Route] = []
    page.route("**/files", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/files"):
        draw_by_touch(page, field.locator("canvas"))
    field.get_by_role("button", name="重签").click()
    with page.expect_response("**/files") as stored:
        page.unroute("**/files")  # lets go what was held
    stored.value.finished()
    assert not field.get_by_text("已签名").is_visible()
