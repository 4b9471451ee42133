"""In a browser, at both sizes: submit, return, mend and submit again, agree, several at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk import PASSWORD, Desk
from tests.web.approving import approving_desk, page_of, submitted
from tests.web.conftest import served_at
from tests.web.devices import draw
from tests.web.eyes import WATCH, barriers, barriers_of_colour
from tests.web.site import Album, listen_for_trouble
from tests.web.test_inbox import asked

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
SIZES = ("desktop", "phone")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The neutral app with its approvals."""
    with approving_desk(tmp_path) as made:
        yield made


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    """Where it is served."""
    with served_at(desk.services) as address:
        yield address


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest) -> Page:
    """A page at each size."""
    name = "page" if request.param == "desktop" else "phone"
    made: Page = request.getfixturevalue(name)
    made.add_init_script(WATCH)
    return made


def enter(page: Page, url: str, login: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{url}/")


def narrow(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 768


def open_card(page: Page) -> None:
    if narrow(page):
        page.get_by_role("tab", name="审批").click()


def press(page: Page, name: str) -> Locator:
    """Press one of the deeds of the record's approval and return the sheet that it opens."""
    where = page.locator(".action-bar, .approval").filter(visible=True)
    where.get_by_role("link", name=name, exact=True).first.click()
    sheet = page.locator("dialog[open]")
    sheet.wait_for()
    return sheet


def faultless(page: Page) -> list[str]:
    """Return what axe, the width and the CSP find wrong with what is shown, in both lights."""
    page.emulate_media(color_scheme="light")
    # What is half below the bar at the top would be too small to touch.
    page.evaluate("window.scrollTo(0, 0)")
    found = barriers(page)
    page.emulate_media(color_scheme="dark")
    found += barriers_of_colour(page)
    page.emulate_media(color_scheme="light")
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found += [f"{over} px over the edge"] if over > 0 else []
    return found + [str(each) for each in page.evaluate("window.breaches")]


def submit(page: Page, album: Album, id_: str) -> None:
    page.goto(f"{origin(page)}{page_of(id_)}")
    if narrow(page):
        page.get_by_role("button", name="更多操作").click()
    page.get_by_role("link", name="提交维修申请").locator("visible=true").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_text("孙主管").wait_for()
    assert faultless(page) == []
    album.take("submit")
    sheet.get_by_label("说明").fill("急用")
    sheet.get_by_role("button", name="提交").click()
    page.get_by_text("已提交审批").first.wait_for()


def send_back(page: Page, album: Album) -> None:
    page.goto(f"{origin(page)}/todo?box=approve")
    assert faultless(page) == []
    page.get_by_text("维修申请：主管审批").click()
    page.wait_for_url("**/ticket/**")
    open_card(page)
    assert faultless(page) == []
    album.take("card")
    sheet = press(page, "退回修改")
    sheet.get_by_role("button", name="退回修改").click()
    sheet.get_by_text("请写明退回的原因").wait_for()
    assert faultless(page) == []
    album.take("return")
    sheet.get_by_label("退回原因").fill("请写清原因")
    sheet.get_by_role("button", name="退回修改").click()
    page.wait_for_url("**/todo?box=approve")


def mend(page: Page, id_: str) -> None:
    page.goto(f"{origin(page)}/todo")
    page.get_by_text("维修申请：退回修改").click()
    page.wait_for_url("**/ticket/**")
    page.goto(f"{origin(page)}{page_of(id_)}/edit")
    page.get_by_label("原因").fill("滚轮磨损")
    page.get_by_role("button", name="保存").locator("visible=true").first.click()
    page.wait_for_url(f"**{page_of(id_)}")
    open_card(page)
    sheet = press(page, "重新提交")
    sheet.get_by_text("请写清原因").wait_for()
    sheet.get_by_role("button", name="重新提交").click()
    page.get_by_text("已重新提交").first.wait_for()


def agree_to(page: Page, album: Album, id_: str) -> None:
    page.goto(f"{origin(page)}{page_of(id_)}")
    open_card(page)
    sheet = press(page, "同意")
    assert sheet.locator("ins").inner_text() == "滚轮磨损"
    sheet.get_by_role("button", name="核对无误").click()
    assert sheet.get_by_label("审批意见").input_value() == "核对无误"
    assert faultless(page) == []
    album.take("agree")
    sheet.get_by_role("button", name="同意").click()
    page.get_by_text("已同意").first.wait_for()


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def test_a_record_is_submitted_returned_mended_and_agreed_to(
    desk: Desk, url: str, screen: Page
) -> None:
    trouble = listen_for_trouble(screen)
    album = Album(screen, f"approval-{'phone' if narrow(screen) else 'desktop'}")
    id_ = desk.ticket("ann", cause="卡纸").id
    enter(screen, url, "ann")
    submit(screen, album, id_)
    enter(screen, url, "chief_north")
    send_back(screen, album)
    desk.clock.move(minutes=30)
    enter(screen, url, "ann")
    mend(screen, id_)
    enter(screen, url, "chief_north")
    agree_to(screen, album, id_)

    open_card(screen)
    screen.locator(".track__who").last.filter(has_text="等待审批").wait_for()
    assert screen.locator(".track__who").all_inner_texts()[-1].split() == ["审计员", "等待审批"]
    coming = screen.locator(".track__stop.is-coming .track__head").all_inner_texts()
    assert coming == ["抄送归档"]
    album.take("track")
    assert trouble == []


def sign(page: Page, sheet: Locator) -> None:
    draw(page, sheet.locator("canvas"))
    sheet.get_by_text("已签名").wait_for()


def test_a_signature_is_written_by_hand(desk: Desk, url: str, screen: Page) -> None:
    trouble = listen_for_trouble(screen)
    id_ = submitted(desk, workflow="signed")
    enter(screen, url, "chief_north")
    screen.goto(f"{url}{page_of(id_)}")
    open_card(screen)
    sheet = press(screen, "同意")
    sheet.get_by_label("审批意见").fill("同意报废")
    sheet.get_by_label("登录密码").fill(PASSWORD)
    sheet.get_by_label("审计员").check()
    sign(screen, sheet)
    assert faultless(screen) == []
    sheet.get_by_role("button", name="同意").click()
    screen.get_by_text("已同意").first.wait_for()

    open_card(screen)
    picture = screen.get_by_role("img", name="孙主管的签名")
    picture.scroll_into_view_if_needed()
    # An expression would be read anew at each look, which the policy of the page forbids.
    screen.wait_for_function("() => document.querySelector('.track__signature').naturalWidth > 0")
    assert trouble == []


def test_several_are_picked_and_agreed_to_at_once(desk: Desk, url: str, screen: Page) -> None:
    trouble = listen_for_trouble(screen)
    album = Album(screen, f"batch-{'phone' if narrow(screen) else 'desktop'}")
    for _ in range(3):
        submitted(desk)
    enter(screen, url, "chief_north")
    screen.goto(f"{url}/todo?box=approve")
    if narrow(screen):
        screen.get_by_role("button", name="选择").click()
    for number in (0, 1):
        screen.locator("[data-pick]").nth(number).check()
    assert faultless(screen) == []
    album.take("picked")
    screen.locator("[data-bulk]").get_by_role("button", name="同意", exact=True).click()
    sheet = screen.locator("dialog[open]")
    sheet.get_by_label("审批意见").fill("批量核对")
    assert faultless(screen) == []
    sheet.get_by_role("button", name="同意").click()
    sheet.get_by_text("2 条成功").wait_for()
    assert faultless(screen) == []
    sheet.get_by_text("完成").click()

    expect(screen.locator(".inbox__line")).to_have_count(1)
    assert trouble == []


def test_a_to_do_is_finished_in_a_sheet(desk: Desk, url: str, screen: Page) -> None:
    trouble = listen_for_trouble(screen)
    asked(desk, "ann", "给报修人回电话", note="先看手册")
    enter(screen, url, "ann")
    screen.goto(f"{url}/todo")
    screen.get_by_role("link", name="完成“给报修人回电话”").click()
    sheet = screen.locator("dialog[open]")
    sheet.get_by_label("完成说明").fill("已约周三")
    assert faultless(screen) == []
    sheet.get_by_role("button", name="完成").click()

    screen.get_by_text("都处理完了").wait_for()
    screen.goto(f"{url}/todo?box=done")
    assert screen.get_by_text("已约周三").is_visible()
    assert faultless(screen) == []
    assert trouble == []


def test_a_stand_in_is_chosen_on_the_page_of_ones_own_approvals(
    desk: Desk, url: str, screen: Page
) -> None:
    trouble = listen_for_trouble(screen)
    enter(screen, url, "ann")
    screen.goto(f"{url}/me/approvals")
    screen.get_by_label("委托给").click()
    screen.locator(".picker-list").wait_for(state="attached")
    screen.get_by_label("委托给").press_sequentially("本田")
    screen.get_by_role("option", name="本田").click()
    screen.get_by_label("委托结束").fill("2026-03-20T18:00")
    assert faultless(screen) == []
    screen.get_by_role("button", name="委托", exact=True).click()

    screen.get_by_text("2026-03-20 18:00").wait_for()
    assert screen.get_by_text("生效中").is_visible()
    assert trouble == []
