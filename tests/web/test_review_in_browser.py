"""Evidence that was handed in is judged on the page of its record, and the page says so at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import PASSWORD, Desk
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _enter(page: Page, address: str, login: str, path: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}{path}")


def test_a_reviewer_sends_evidence_back_and_whoever_handed_it_in_reads_why(
    small_desk: Desk, address: str, browser: Browser, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    path = f"/a/desk/ticket/{small_desk.ticket().id}"
    theirs = browser.new_context().new_page()
    _enter(theirs, address, "ann", path)
    upload: FilePayload = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF}
    theirs.locator("#evidence-minutes input[type=file]").set_input_files(upload)
    theirs.locator("#evidence-minutes").get_by_text("等待审核").wait_for()

    _enter(page, address, "chief_north", path)
    page.locator("#evidence-minutes").get_by_role("link", name="退回").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("退回的原因").fill("缺参会人签字")
    sheet.get_by_role("button", name="退回").click()

    page.locator("#evidence-minutes").get_by_text("被退回：缺参会人签字").wait_for()
    theirs.reload()
    assert theirs.locator("#evidence-minutes").get_by_text("被退回：缺参会人签字").is_visible()
    assert trouble == []
    theirs.context.close()
