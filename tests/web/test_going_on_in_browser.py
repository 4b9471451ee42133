"""In a browser, at both sizes: somebody stays silent and it goes on; somebody leaves, and it does
as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.wording import Message
from runtime.store.tasks import Task
from tests.runtime.approvals.office import Office, open_office
from tests.web.approving import page_of
from tests.web.conftest import served_at
from tests.web.eyes import WATCH
from tests.web.site import Album, listen_for_trouble
from tests.web.test_approving_in_browser import enter, faultless, narrow, open_card, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SILENT = """
workflow: silent
label: {zh: 加急维修, en: Urgent repair}
form: ticket
steps:
  - kind: approve
    id: chief
    label: {zh: 主管审批, en: Chief}
    who: [{person: chief_north}]
    within: {calendar: PT24H}
    ladder:
      - {before: PT4H}
      - {act: tell, to: [{manager: approver}]}
      - {after: PT8H, act: hand, to: [{role: auditor}]}
      - {after: PT24H, act: agree}
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The neutral app, with an approval that climbs when nobody decides."""
    folder: Path = tmp_path_factory.mktemp("going")
    with open_office(folder, more={"workflows/silent.yaml": SILENT}) as made:
        with made.services.store.unit() as unit:
            unit.people.edit(made.people["chief_north"].id, manager=made.people["admin"].id)
        yield made


@pytest.fixture(scope="module")
def url(office: Office) -> Iterator[str]:
    with served_at(office.services) as address:
        yield address


@pytest.fixture(params=["desktop", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    made: Page = request.getfixturevalue("page" if request.param == "desktop" else "phone")
    made.add_init_script(WATCH)
    return made


def inbox(page: Page, url: str, login: str) -> str:
    """Return what somebody has to approve."""
    enter(page, url, login)
    page.goto(f"{url}/todo?box=approve")
    return page.locator("main").inner_text()


def remind(office: Office, screen: Page, url: str, album: Album) -> None:
    office.pass_time(hours=21)
    assert "加急维修" in inbox(screen, url, "chief_north")
    album.take("inbox")
    assert faultless(screen) == []
    screen.goto(f"{url}/notices")
    screen.get_by_text("快到期了，请处理").first.wait_for()


def tell_the_manager(office: Office, screen: Page, url: str, album: Album) -> None:
    office.pass_time(hours=4)
    enter(screen, url, "admin")
    screen.goto(f"{url}/notices")
    screen.get_by_text("主管审批").first.wait_for()
    album.take("told")
    assert faultless(screen) == []


def hand_on(office: Office, screen: Page, url: str, album: Album, id_: str) -> None:
    office.pass_time(hours=8)
    assert "加急维修" not in inbox(screen, url, "chief_north")
    assert "加急维修" in inbox(screen, url, "audit")
    look_at(screen, f"{url}{page_of(id_)}", "到期未处理，改由他人处理", album)


def look_at(screen: Page, page: str, words: str, album: Album) -> None:
    """Find some words in the trace of an approval."""
    screen.goto(page)
    open_card(screen)
    screen.get_by_text(words).first.wait_for()
    album.take("trace")
    assert faultless(screen) == []


def test_who_stays_silent_is_reminded_then_told_on_and_then_passed_over(
    office: Office, url: str, screen: Page
) -> None:
    trouble = listen_for_trouble(screen)
    album = Album(screen, f"silent-{'phone' if narrow(screen) else 'desktop'}")
    approval = office.submitted("silent", cause=f"漏水 {album.name}")
    remind(office, screen, url, album)
    tell_the_manager(office, screen, url, album)
    hand_on(office, screen, url, album, approval.record)
    office.pass_time(hours=16)
    assert office.now(approval).outcome == "agreed"
    assert "加急维修" not in inbox(screen, url, "audit")
    enter(screen, url, "ann")
    look_at(screen, f"{url}{page_of(approval.record)}", "到期未处理，已自动决定", album)
    assert trouble == []


def switch_off(screen: Page, url: str, person: str, album: Album) -> None:
    """Switch an account off and read what it leaves behind."""
    screen.goto(f"{url}/admin/people/{person}")
    screen.locator("input[name=active]").uncheck()
    screen.get_by_role("button", name="保存").locator("visible=true").first.click()
    screen.wait_for_url("**/work")
    album.take("left")
    assert faultless(screen) == []
    shown = screen.locator("main").inner_text()
    for words in (
        "工单",
        "费用审批",
        "盘点备件",
        "北区",
        "没有别人担任的角色",
        "写明由本人处理的地方",
    ):
        assert words in shown
    screen.goto(f"{url}/admin/approvals")
    screen.get_by_text("孙主管已停用或离职，请换人").first.wait_for()


def give_everything(office: Office, screen: Page, url: str, person: str, album: Album) -> None:
    screen.goto(f"{url}/admin/people/{person}/work")
    screen.get_by_label("移交给").select_option(label="本田")
    album.take("giving")
    screen.get_by_role("button", name="移交").click()
    screen.get_by_text("没有需要交接的工作").wait_for()
    album.take("given")
    assert faultless(screen) == []
    office.pass_time(seconds=1)
    screen.goto(f"{url}/admin/approvals")
    screen.get_by_text("每条审批都能找到处理人").wait_for()
    album.take("quiet")


def test_who_leaves_is_switched_off_and_somebody_takes_everything_over(
    office: Office, url: str, screen: Page
) -> None:
    trouble = listen_for_trouble(screen)
    album = Album(screen, f"leaver-{'phone' if narrow(screen) else 'desktop'}")
    chief = office.people["chief_north"].id
    _come_back(office, chief)
    approval = office.submitted(cause=f"漏油 {album.name}")
    own = office.ticket("chief_north")
    _ask(office, chief, f"盘点备件 {album.name}")
    enter(screen, url, "admin")
    switch_off(screen, url, chief, album)
    give_everything(office, screen, url, chief, album)
    assert office.stored(own.id).owner == office.people["ben"].id
    enter(screen, url, "ben")
    screen.goto(f"{url}{page_of(approval.record)}")
    open_card(screen)
    press(screen, "同意").get_by_role("button", name="同意").click()
    screen.get_by_text("已同意").first.wait_for()
    assert office.now(approval).outcome == "agreed"
    assert trouble == []


def _come_back(office: Office, chief: str) -> None:
    """Let the other size begin as this one does."""
    with office.services.store.unit() as unit:
        unit.people.edit(chief, active=True)
        unit.successions.forget(chief)
        unit.people.roles.set_for("person", office.people["ben"].id, "desk", ("agent",))
        north = next(one for one in unit.people.departments.tree() if one.name == "北区")
        unit.people.departments.edit(north.id, head=chief)


def _ask(office: Office, person: str, title: str) -> None:
    with office.services.store.unit() as unit:
        new = Task(
            key=title,
            kind="todo",
            person=person,
            title=Message("{what}", what=title),
            opened_at=office.clock(),
        )
        unit.tasks.open(new)
