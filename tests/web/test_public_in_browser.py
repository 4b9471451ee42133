"""A manager hangs up a code; a stranger scans it, registers, and the record is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from runtime.jobs.workshop import Workshop
from tests.runtime.publics.counter import Counter, open_counter
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.web.conftest import served_at
from tests.web.devices import a_picture, draw_by_touch
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Response

pytestmark = pytest.mark.browser


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as opened:
        yield opened


@pytest.fixture
def url(counter: Counter) -> Iterator[str]:
    counter.site()
    with served_at(counter.desk.services) as served:
        yield served


def in_order(page: Page) -> None:
    seen = page.evaluate(SEEN)
    assert (barriers(page), seen["breaches"], max(0, seen["over"])) == ([], [], 0)


def stranger(browser: Browser, locale: str = "zh-CN", dark: bool = False) -> Page:
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # as in chromium.py
        has_touch=True,
        is_mobile=True,
        locale=locale,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def register(phone: Page, there: str) -> None:
    """Fill in the page behind a code, at first without agreeing."""
    album = Album(phone, "public-page")
    with phone.expect_response(lambda answer: answer.url.endswith("/opened")):
        phone.goto(there)
    album.take("asks")
    in_order(phone)
    expect(phone.get_by_label("原因")).to_be_hidden()
    phone.get_by_label("标题").fill("门坏了")
    phone.get_by_label("电话").fill("13800000001")
    expect(phone.get_by_label("原因")).to_be_visible()
    phone.get_by_role("button", name="提交").tap()
    expect(phone.get_by_role("alert").filter(has_text="请先阅读并同意，再提交")).to_be_visible()
    expect(phone.get_by_label("标题")).to_have_value("门坏了")
    album.take("no-consent")
    in_order(phone)
    phone.get_by_label("我同意记录以上内容").check()
    phone.get_by_role("button", name="提交").tap()
    expect(phone.get_by_role("heading", name="已提交")).to_be_visible()
    expect(phone.get_by_text("马上有人来")).to_be_visible()
    album.take("thanks")
    in_order(phone)
    phone.context.close()


def test_from_the_code_on_the_wall_to_the_record(
    browser: Browser, page: Page, counter: Counter, url: str
) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # as in chromium.py
    page.add_init_script(WATCH)
    album = Album(page, "public-codes")
    Site(url, counter.desk.services).sign_in(page, "chief_north")
    page.goto(f"{url}/public/desk")
    page.get_by_role("button", name="为 1 个站点生成二维码").click()
    expect(page.get_by_role("img", name="“东站”的二维码")).to_be_visible()
    album.take("made")
    page.emulate_media(media="print")
    expect(page.locator(".code-card")).to_have_css("border-top-style", "dashed")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    page.emulate_media(media="screen")
    in_order(page)
    there = page.get_by_role("link", name="打开 东站").get_attribute("href") or ""

    register(stranger(browser), there)
    Workshop(services=counter.desk.services).run_due()
    page.goto(f"{url}/a/desk/ticket/")
    page.get_by_role("link", name="门坏了").first.click()
    expect(page.get_by_text("已同意：我同意记录以上内容")).to_be_visible()
    expect(page.get_by_text("2026-03-02").first).to_be_visible()
    page.goto(f"{url}/public/desk")
    expect(page.get_by_text("打开 1 次 · 登记 1 次")).to_be_visible()


def send(phone: Page) -> None:
    """Send the page and wait for the answer."""
    place = phone.url.split("?")[0]

    def is_answer(answer: Response) -> bool:
        return answer.request.method == "POST" and answer.url.split("?")[0] == place

    with phone.expect_response(is_answer):
        phone.get_by_role("button", name="提交").tap()


def choose_a_photo(phone: Page, album: Album) -> Locator:
    """Choose a photo before agreeing; it goes up as soon as the box is ticked."""
    photos = phone.locator("[data-field=photos]")
    picture = a_picture(Image.new("L", (320, 200), 90))
    photos.locator("input[type=file]").first.set_input_files(picture)
    expect(photos.get_by_role("alert")).to_have_text("请先勾选上面的同意，再上传")
    album.take("agree-first")
    in_order(phone)
    phone.get_by_label("我同意记录以上内容和照片").check()
    expect(photos.locator("img.file-thumb")).to_be_visible()
    expect(photos.get_by_role("alert")).to_have_count(0)
    return photos


def add_rows(phone: Page, album: Album) -> Locator:
    """Add three rows and remove the one in the middle; the last one lacks its name."""
    parts = phone.locator("[data-field=parts]")
    for name in ("合页", "写错了", ""):
        parts.get_by_role("button", name="添加一行").tap()
        parts.get_by_label("配件", exact=True).last.fill(name)
    parts.get_by_role("button", name="删除这一行").nth(1).tap()
    expect(parts.locator(".line-row")).to_have_count(2)
    parts.get_by_label("数量").last.fill("3")
    album.take("rows")
    in_order(phone)
    return parts


def came_last(counter: Counter) -> Mapping[str, Any]:
    """Return what stands in the record that was made last."""
    with counter.desk.services.store.reading() as unit:
        event = unit.events.after("desk", counter.desk.clock().replace(year=2020))[-1]
    return counter.desk.stored(event.record or "").values


def test_a_photo_a_signature_and_rows_are_sent_by_thumb(
    browser: Browser, counter: Counter, url: str
) -> None:
    phone = stranger(browser)
    album = Album(phone, "public-files")
    phone.goto(f"{url}/p/{counter.token(counter.detail())}")
    photos, parts = choose_a_photo(phone, album), add_rows(phone, album)
    draw_by_touch(phone, phone.locator("[data-field=sign] canvas"))
    expect(phone.locator("[data-field=sign]").get_by_text("已签名")).to_be_visible()
    phone.get_by_label("标题").fill("门坏了")
    send(phone)
    expect(phone.get_by_text("还不能提交，请检查 1 处")).to_be_visible()
    signature = phone.locator("img.signature-kept")
    expect(photos.locator("img.file-thumb")).to_have_js_property("naturalWidth", 320)
    expect(signature).to_have_js_property("complete", True)
    assert signature.evaluate("(img) => img.naturalWidth") > 10
    album.take("one-missing")
    in_order(phone)
    parts.get_by_label("配件", exact=True).last.fill("螺丝")
    send(phone)
    expect(phone.get_by_role("heading", name="已提交")).to_be_visible()
    phone.context.close()
    values = came_last(counter)
    rows = [(row["part"], row["quantity"]) for row in values["parts"]]
    assert rows == [("合页", None), ("螺丝", 3)]
    assert (len(values["photos"]), len(values["sign"])) == (1, 1)


def test_the_page_is_in_order_in_english_and_in_the_dark(
    browser: Browser, counter: Counter, url: str
) -> None:
    link = counter.links()[0]
    phone = stranger(browser, "en-GB", dark=True)
    phone.goto(f"{url}/p/{counter.token(link)}")
    expect(phone.get_by_role("heading", name="Report a fault")).to_be_visible()
    Album(phone, "public-page-dark").take("asks")
    in_order(phone)
    phone.get_by_role("link", name="中文").tap()
    expect(phone.get_by_role("heading", name="扫码报修")).to_be_visible()
    in_order(phone)
    phone.goto(f"{url}/p/{'a' * 43}")
    expect(phone.get_by_role("heading")).to_contain_text("no longer in use")
    in_order(phone)
    phone.context.close()
