"""Photos are taken, codes read and files looked at on the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from runtime.workspace.demo_extras import content_of
from tests.services.chromium import ARGUMENTS, DESKTOP, chromium_path, patient
from tests.web.codes import film, picture
from tests.web.devices import (
    a_picture,
    place_of,
    save,
    the_file,
    viewer,
    visit_at,
)
from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "6901234567892"


@pytest.fixture(scope="module")
def with_camera(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera sees a bar code."""
    seen = film(picture(CODE), tmp_path_factory.mktemp("film") / "code.y4m")
    launched = browser.browser_type.launch(
        executable_path=chromium_path(),
        args=[
            *ARGUMENTS,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={seen}",
        ],
    )
    yield launched
    launched.close()


@pytest.fixture
def desk_page(with_camera: Browser) -> Iterator[Page]:
    context = with_camera.new_context(viewport=DESKTOP, locale="zh-CN")  # type: ignore[arg-type]  # as in chromium.py
    patient(context)
    yield context.new_page()
    context.close()


def test_a_code_is_read_by_the_camera(shared_site: Site, desk_page: Page) -> None:
    page, trouble = desk_page, listen_for_trouble(desk_page)
    album = Album(page, "devices-scan")
    shared_site.sign_in(page, "admin")
    page.goto(f"{shared_site.url}/a/sales_crm/product/new")

    page.get_by_role("button", name="扫码").click()
    page.get_by_role("dialog", name="将条码对准取景框").wait_for()
    album.take("looking")
    page.locator("dialog.viewfinder").wait_for(state="detached")

    code = page.get_by_label("条码")
    assert code.input_value() == CODE
    assert code.evaluate("(input) => input === document.activeElement")
    assert trouble == []


def test_a_code_is_read_from_a_picture_where_there_is_no_camera(
    shared_site: Site, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    shared_site.sign_in(page, "admin")
    page.goto(f"{shared_site.url}/a/sales_crm/product/new")

    page.get_by_role("button", name="扫码").click()
    view = page.locator("dialog.viewfinder")
    view.get_by_text("打不开摄像头").wait_for()
    Album(page, "devices-blind").take("no-camera")
    blank = a_picture(Image.new("L", (640, 480), 255))
    view.locator("input[type=file]").set_input_files(blank)
    view.get_by_text("图片里没有找到条码").wait_for()
    view.locator("input[type=file]").set_input_files(a_picture(picture(CODE)))
    view.wait_for(state="detached")

    assert page.get_by_label("条码").input_value() == CODE
    assert trouble == []


def test_a_photo_is_taken_at_a_desk_kept_and_shown(shared_site: Site, desk_page: Page) -> None:
    page, trouble = desk_page, listen_for_trouble(desk_page)
    album = Album(page, "devices-photo")
    visit = visit_at(shared_site, "拍照测试机械有限公司")
    shared_site.sign_in(page, "rep1")
    page.goto(f"{place_of(shared_site, visit)}/edit")
    field = page.locator("[data-field=photos]")

    field.get_by_role("button", name="拍照").click()
    view = page.locator("dialog.viewfinder")
    shutter = view.get_by_role("button", name="拍照")
    page.locator(".viewfinder .btn--primary:enabled").wait_for()
    album.take("looking")
    shutter.click()
    view.wait_for(state="detached")
    field.locator("input[type=hidden][name=photos]").first.wait_for(state="attached")
    album.take("taken")
    save(page)

    photo = the_file(shared_site, visit, "photos")
    with shared_site.services.store.reading() as unit:
        file = unit.files.one(photo)
    assert file is not None
    assert re.fullmatch(r"照片-\d{8}-\d{6}\.jpg", file.name)
    shown = page.locator(".gallery img").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.gallery img').naturalWidth === 640")
    assert trouble == []


def test_a_view_that_is_closed_takes_nothing(shared_site: Site, desk_page: Page) -> None:
    page = desk_page
    visit = visit_at(shared_site, "取消测试机械有限公司")
    shared_site.sign_in(page, "rep1")
    page.goto(f"{place_of(shared_site, visit)}/edit")
    field = page.locator("[data-field=photos]")

    field.get_by_role("button", name="拍照").click()
    page.wait_for_function("() => document.querySelector('.viewfinder video')?.videoWidth > 0")
    stream = page.evaluate_handle("() => document.querySelector('.viewfinder video').srcObject")
    page.keyboard.press("Escape")
    page.locator("dialog.viewfinder").wait_for(state="detached")

    assert stream.evaluate(
        "(one) => one.getTracks().every((track) => track.readyState === 'ended')"
    )
    assert field.locator(".file-item").count() == 0


def test_a_phone_takes_photos_with_its_own_camera(shared_site: Site, pocket: Page) -> None:
    visit = visit_at(shared_site, "手机拍照机械有限公司")
    shared_site.sign_in(pocket, "rep1")
    pocket.goto(f"{place_of(shared_site, visit)}/edit")
    field = pocket.locator("[data-field=photos]")

    camera = field.locator("label.camera-button")
    assert camera.locator("input").get_attribute("capture") == "environment"
    with pocket.expect_file_chooser() as chooser:
        camera.tap()
    chooser.value.set_files(a_picture(picture(CODE)))

    field.locator("img.file-thumb").wait_for()
    assert not field.locator("button[data-photo]").is_visible()


def test_a_pdf_opens_in_a_frame_over_the_record(shared_site: Site, page: Page) -> None:
    trouble = listen_for_trouble(page)
    visit = visit_at(shared_site, "预览测试机械有限公司")
    shared_site.sign_in(page, "rep1")
    page.goto(place_of(shared_site, visit))
    upload: FilePayload = {"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": b""}
    upload["buffer"] = content_of("minutes.pdf", "Minutes of the visit")
    page.locator("#comment-files").set_input_files(upload)
    page.locator(".comment-form input[type=hidden][name=files]").wait_for(state="attached")
    page.locator("#comment-text").fill("见附件")
    page.get_by_role("button", name="发送").click()

    with page.expect_response(re.compile(r"/files/")) as opened:
        page.get_by_role("link", name="纪要.pdf").click()
    sheet = page.locator("dialog.preview")
    viewer(page).get_by_text("纪要.pdf").first.wait_for()
    Album(page, "devices-pdf").take("frame")

    assert opened.value.headers["content-type"] == "application/pdf"
    assert "sandbox" not in opened.value.headers["content-security-policy"]
    assert sheet.get_by_role("link", name="下载").get_attribute("href") == (
        f"{sheet.locator('iframe').get_attribute('src')}?download"
    )
    box = sheet.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] > 400
    sheet.get_by_role("button", name="关闭").click()
    sheet.wait_for(state="detached")
    assert trouble == []
