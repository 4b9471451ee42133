"""Administrators set up other systems and see what became of calls; secrets are never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.connectors.depots import SECRET, Yard, opened
from tests.services.fakes.http import Reply
from tests.web.visitor import Visitor, visitor

PAGE = "/admin/connectors/desk/depot"


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    with opened(tmp_path, None) as made:
        yield made


@pytest.fixture
def admin(yard: Yard) -> Visitor:
    return visitor(yard.desk, "admin")


def test_a_connector_is_set_up_tried_and_its_calls_are_seen_to(yard: Yard, admin: Visitor) -> None:
    assert "仓库" in admin.get("/admin/connectors").text
    shown = admin.get(PAGE).text
    assert "令牌" in shown
    assert "在仓库后台申请" in shown
    assert "已保存，不填则不变" in shown
    assert SECRET not in shown
    assert admin.post(PAGE, url="http://example.com", token="").status_code == 422
    assert admin.post(PAGE, url="", token="").status_code == 303  # the secret stays

    yard.replies = [Reply({"hello": SECRET}), Reply({"code": 7, "message": "没有库存"})]
    tried = admin.post(f"{PAGE}/try").text
    assert "连接正常" in tried
    assert SECRET not in tried

    yard.order()
    yard.ruled.work()
    shown = admin.get(PAGE).text
    assert "没有库存" in shown
    run = yard.ruled.runs("order")[0]
    told = admin.get(f"/rules/desk/runs/{run.id}").text
    assert "仓库 · 订货" in told
    assert "没有库存" in told

    assert admin.post(f"{PAGE}/calls/{yard.call().id}/again").status_code == 303
    yard.ruled.work()
    assert yard.call().state == "done"
    assert admin.post(f"{PAGE}/calls/{yard.call().id}/again").status_code == 404


def test_a_secret_for_others_is_shown_once(yard: Yard, admin: Visitor) -> None:
    page = "/admin/hooks/desk/delivered"
    assert "什么都不接收" in admin.get(page).text
    secret = re.search(r'id="secret">([^<]+)<', admin.post(page).text)
    assert secret is not None
    again = admin.get(page).text
    assert secret[1] not in again
    assert "openssl dgst -sha256 -hmac" in again
    assert admin.get("/admin/hooks/desk/order").status_code == 404


def test_only_administrators_come_here(yard: Yard) -> None:
    ann = visitor(yard.desk, "ann")
    for path in ("/admin/connectors", PAGE, "/admin/hooks/desk/delivered"):
        assert ann.get(path).status_code == 403
