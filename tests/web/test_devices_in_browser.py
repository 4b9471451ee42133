"""Camera, finger, pen and position: what a phone or a desk has serves the forms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from engine.forms.submission import read_json
from engine.outcomes import Saved
from engine.record import Record
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.workspace.demo_extras import content_of
from tests.services.chromium import ARGUMENTS, DESKTOP, PHONE, chromium_path
from tests.web.codes import film, picture, png
from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Frame, Geolocation, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "6901234567892"
GATE: Geolocation = {"latitude": 31.0223, "longitude": 120.8321, "accuracy": 8}
AWAY: Geolocation = {"latitude": 31.0323, "longitude": 120.8321, "accuracy": 8}


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
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def pocket(browser: Browser) -> Iterator[Page]:
    """A phone that may tell where it is: at the gate of the customer."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # as in chromium.py
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        locale="zh-CN",
        geolocation=GATE,
        permissions=["geolocation"],
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def made(site: Site, form: str, login: str = "rep1", **values: Any) -> Record:
    found = site.services.apps["sales_crm"].forms[form]
    with site.services.store.reading() as unit:
        person = unit.people.by_login(login)
        actor = unit.people.actor(person.id) if person else None
    assert actor is not None
    act = Act(actor=actor, door="form")
    outcome = create_record(site.services, act, found, read_json(found, values))
    assert isinstance(outcome, Saved), outcome
    return outcome.record


def visit_at(site: Site, name: str, **values: Any) -> Record:
    gate = {"latitude": "31.0223", "longitude": "120.8321", "label": "厂区大门"}
    customer = made(site, "customer", name=name, position=gate, tier="c", source="website")
    now = site.services.now()
    return made(
        site,
        "visit",
        customer=customer.id,
        planned_at=(now + timedelta(hours=1)).isoformat(timespec="seconds"),
        purpose="diagnosis",
        purpose_text="拿到三个月停机台账",
        **values,
    )


def just_now(site: Site) -> str:
    return (site.services.now() - timedelta(minutes=5)).isoformat(timespec="seconds")


def stored(site: Site, record: Record) -> Record:
    form = site.services.apps["sales_crm"].forms[record.form]
    with site.services.store.reading() as unit:
        found = unit.records.one(form, record.id)
    assert found is not None
    return found


def the_file(site: Site, record: Record, field: str) -> str:
    """Return the id of the one file in a field."""
    value = stored(site, record).values[field]
    assert isinstance(value, tuple)
    (one,) = value
    return str(one)


def place_of(site: Site, record: Record) -> str:
    return f"{site.url}/a/sales_crm/{record.form}/{record.id}"


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").last.click()
    page.wait_for_url(re.compile(r"/[0-9a-f]{32}$"))


def a_picture(sheet: Image.Image) -> FilePayload:
    return {"name": "gate.png", "mimeType": "image/png", "buffer": png(sheet)}


def hand_in(page: Page, shade: int) -> None:
    item = page.locator(".field--evidence")
    chosen = a_picture(Image.new("L", (320, 200), shade))
    item.locator("input[type=file]").first.set_input_files(chosen)
    item.locator("input[type=hidden][name^=_evidence]").last.wait_for(state="attached")


def viewer(page: Page) -> Frame:
    """Return the browser's own reader of PDF files, once it has begun."""
    for _ in range(200):
        found = [one for one in page.frames if one.url.startswith("chrome-extension:")]
        if found:
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError("the file does not open")


def draw(page: Page, canvas: Locator) -> None:
    canvas.scroll_into_view_if_needed()
    page.locator("[data-clear]").wait_for()
    box = canvas.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 40, middle)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + step * 22, middle + (30 if step % 2 else -30))
    page.mouse.up()


def draw_by_touch(page: Page, canvas: Locator) -> None:
    canvas.scroll_into_view_if_needed()
    page.locator("[data-clear]").wait_for()
    box = canvas.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    middle = box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (box["x"] + 40, middle))
    for step in range(1, 9):
        touch("touchMove", (box["x"] + 40 + step * 22, middle + (30 if step % 2 else -30)))
    touch("touchEnd")


def ink_in(site: Site, file_id: str) -> int:
    """Return how many points of a kept signature are dark."""
    with site.services.store.reading() as unit:
        file = unit.files.one(file_id)
    assert file is not None
    assert file.type == "png"
    path = site.services.store.files.path(file.sha256)
    grey = Image.open(io.BytesIO(path.read_bytes())).convert("L")
    return sum(grey.histogram()[:128])


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
    page.wait_for_function("() => !document.querySelector('.viewfinder .btn--primary').disabled")
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
    field.get_by_role("button", name="重签").tap()
    assert field.locator("input[type=hidden][name=customer_signature]").input_value() == ""
    draw_by_touch(pocket, field.locator("canvas"))
    field.get_by_text("已签名").wait_for()
    pocket.get_by_role("button", name="保存", exact=True).last.tap()
    pocket.wait_for_url(re.compile(r"/[0-9a-f]{32}$"))

    signed = the_file(shared_site, visit, "customer_signature")
    assert ink_in(shared_site, signed) > 200
    assert trouble == []


def test_the_position_of_a_phone_is_filled_in_and_shown(shared_site: Site, pocket: Page) -> None:
    trouble = listen_for_trouble(pocket)
    visit = visit_at(shared_site, "定位测试机械有限公司")
    shared_site.sign_in(pocket, "rep1")
    pocket.goto(f"{place_of(shared_site, visit)}/edit")
    field = pocket.locator("[data-field=position]")

    field.get_by_role("button", name="获取当前位置").tap()
    field.get_by_text("已定位，精确到 8 米").wait_for()
    assert field.get_by_label("纬度").input_value() == "31.022300"
    field.get_by_label("地点名称").fill("北门")
    Album(pocket, "devices-position").take("located")
    pocket.get_by_role("button", name="保存", exact=True).last.tap()
    pocket.wait_for_url(re.compile(r"/[0-9a-f]{32}$"))

    value: Any = stored(shared_site, visit).values["position"]
    assert (value["latitude"], value["longitude"]) == (Decimal("31.0223"), Decimal("120.8321"))
    assert value["label"] == "北门"
    assert trouble == []


def test_who_does_not_let_the_position_be_known_is_told_so(shared_site: Site, page: Page) -> None:
    visit = visit_at(shared_site, "拒绝定位机械有限公司")
    shared_site.sign_in(page, "rep1")
    page.goto(f"{place_of(shared_site, visit)}/edit")
    field = page.locator("[data-field=position]")

    field.get_by_role("button", name="获取当前位置").click()

    field.get_by_text("没有定位权限").wait_for()


def test_a_photo_from_far_away_is_refused_and_one_at_the_gate_lets_the_visit_move(
    shared_site: Site, pocket: Page
) -> None:
    trouble = listen_for_trouble(pocket)
    album = Album(pocket, "devices-fence")
    moment = just_now(shared_site)
    here = {"latitude": "31.0223", "longitude": "120.8321"}
    visit = visit_at(shared_site, "围栏测试机械有限公司", checked_in_at=moment, position=here)
    pocket.context.set_geolocation(AWAY)
    shared_site.sign_in(pocket, "rep1")
    pocket.goto(f"{place_of(shared_site, visit)}/advance?to=visited")

    hand_in(pocket, 40)
    pocket.get_by_text("距离 1.1 km").wait_for()
    album.take("far")
    pocket.get_by_role("button", name="推进", exact=False).last.tap()
    pocket.get_by_text("拍摄地点相距 1112 米，超出 100 米").first.wait_for()
    album.take("refused")
    pocket.get_by_text("已记录拍照的位置").wait_for()
    assert stored(shared_site, visit).stage == "planned"

    pocket.context.set_geolocation(GATE)
    pocket.goto(f"{place_of(shared_site, visit)}/advance?to=visited")
    hand_in(pocket, 80)
    pocket.get_by_text("距离 0 m").wait_for()
    pocket.get_by_role("button", name="推进", exact=False).last.tap()
    pocket.wait_for_url(re.compile(r"/visit/[0-9a-f]{32}$"))

    assert stored(shared_site, visit).stage == "visited"
    assert [each for each in trouble if "422" not in each] == []


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
