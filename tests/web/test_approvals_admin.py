from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.runtime.approvals.office import Office, open_office
from tests.services.chromium import DESKTOP, PHONE
from tests.web.conftest import served_at
from tests.web.eyes import barriers
from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_administrator_sees_what_would_stall_and_lets_it_look_for_others(
    office: Office, browser: Browser, size: str
) -> None:
    approval = office.submitted(cost="2000.00")
    with office.services.store.unit() as unit:
        unit.people.edit(office.people["chief_north"].id, active=False)
    viewport = DESKTOP if size == "desktop" else PHONE
    context = browser.new_context(viewport=viewport, locale="zh-CN")  # type: ignore[arg-type]  # as in chromium.py
    with served_at(office.services) as url:
        page = context.new_page()
        trouble = listen_for_trouble(page)
        Site(url=url, services=office.services).sign_in(page, "admin")
        page.goto(f"{url}/admin/approvals")
        page.get_by_role("link", name="正在等孙主管处理，但已停用或离职").wait_for()
        Album(page, f"approvals-admin-{size}").take("stalled")
        assert barriers(page) == []
        page.get_by_role("button", name="重新找人").click()
        page.get_by_text("已让 1 位离职同事的审批重新找人").wait_for()
        office.pass_time(seconds=1)
        page.goto(f"{url}/admin/approvals")
        assert page.get_by_role("button", name="重新找人").count() == 0
        assert trouble == []
    context.close()
    assert office.waiting(approval) != ["chief_north"]
