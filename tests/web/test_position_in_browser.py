"""A phone says where it is, and a photo counts only where it should be taken."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from runtime.web.assets import DIST
from tests.web.devices import (
    AWAY,
    GATE,
    hand_in,
    just_now,
    place_of,
    stored,
    visit_at,
)
from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
    (module,) = [one.name for one in DIST.glob("*.js") if "getCurrentPosition" in one.read_text()]
    held: list[Route] = []
    page.route(f"**/{module}", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    page.goto(f"{place_of(shared_site, visit)}/edit")
    field = page.locator("[data-field=position]")

    # What is pressed before its module has come is not lost.
    field.get_by_role("button", name="获取当前位置").click()
    page.unroute(f"**/{module}")  # lets go what was held

    field.get_by_text("没有定位权限").wait_for()
    assert held


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
