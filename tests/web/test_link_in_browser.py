from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.store.approvals import Approval
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.effects.posting import connected, do_all, reachable, set_up
from tests.services.chromium import DESKTOP, PHONE
from tests.services.fakes.providers import Wecom, provider
from tests.web.conftest import served_at
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Sent:
    """An approval whose boss got a card, and where the card leads."""

    office: Office
    approval: Approval
    url: str


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Sent]:
    with provider(Wecom) as chat, open_office(tmp_path) as opened:
        office = replace(opened, services=connected(opened, chat.port).services)
        known = {"corp": chat.CORP, "agent": str(chat.AGENT), "host": chat.url}
        set_up(office, "wecom", known, secret=chat.SECRET)
        reachable(office, "chief_north", phone="+8613800000001")
        approval = office.submitted(cost="800", due="2026-03-20", phone="13812345678")
        do_all(office, office.clock.moment)
        (card,) = [each for each in chat.taken if "/act/" in str(each)]
        token = card["template_card"]["button_list"][0]["url"].rpartition("/")[2]
        with served_at(office.services) as url:
            yield Sent(office, approval, f"{url}/act/{token}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_card_in_a_chat_lets_its_reader_decide(
    sent: Sent, page: Page, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    page.add_init_script(WATCH)
    album = Album(page, f"link-{size['width']}")
    page.goto(sent.url)
    album.take("ask")
    seen = page.evaluate(SEEN)
    assert (barriers(page), seen["breaches"], max(0, seen["over"])) == ([], [], 0)
    page.get_by_label("审批意见").fill("价格合适")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("您已同意").wait_for()
    album.take("done")
    assert barriers(page) == []
    page.goto(sent.url)
    page.get_by_text("这个链接已失效，或事情已经办完").wait_for()
    album.take("closed")
    assert barriers(page) == []
    assert sent.office.now(sent.approval).outcome == "agreed"
