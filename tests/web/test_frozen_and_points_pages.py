"""People see why nothing new may be made and lift it, and see their points, on pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import open_desk
from tests.runtime.rules.ruled import Ruled, with_rules
from tests.web.visitor import visitor

RULES = {
    "unpaid": """
label: 欠费
form: ticket
on: {type: changed, fields: [cause]}
do:
  - {type: freeze, form: ticket, by: site, through: site, text: 还没结清, lifted_by: [chief]}
  - {type: add_points, ledger: effort, to: {fields: [owner]}, points: '-2.5', text: '{name}欠费'}
""",
}
LEDGER = "ledgers: [{id: effort, label: {zh: 积分, en: Effort}, ranking: [chief]}]\n"


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    files = with_rules(RULES)
    files["app.yaml"] += LEDGER.encode()
    with open_desk(tmp_path, None, files) as desk:
        yield Ruled(desk)


def test_what_is_frozen_is_told_at_the_record_and_lifted_on_its_page(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ruled.edit("ann", ruled.desk.ticket("ann", site=site.id), cause="欠费")
    ruled.work()
    with ruled.desk.services.store.reading() as unit:
        [one] = unit.freezes.of_subject(site.id)
    chief, ann = visitor(ruled.desk, "chief_north"), visitor(ruled.desk, "ann")
    lift = f"/freezes/desk/{one.id}/lift"

    assert "“工单”已冻结新建：还没结清" in ann.get(f"/a/desk/site/{site.id}").text
    assert lift not in ann.get(f"/a/desk/site/{site.id}").text
    assert lift in chief.get(f"/a/desk/site/{site.id}").text
    assert (ann.get("/freezes/desk").status_code, ann.get(lift).status_code) == (403, 403)
    listed = chief.get("/freezes/desk").text
    assert "北站" in listed
    assert lift in listed
    assert "还没结清" in chief.get(lift).text
    assert chief.post(lift, reason=" ").status_code == 422
    assert chief.post(lift, reason="已结清").status_code == 303
    assert "孙主管 · 已结清" in chief.get("/freezes/desk").text
    assert "已冻结新建" not in ann.get(f"/a/desk/site/{site.id}").text


def test_everybody_sees_their_points_and_those_who_may_the_ranking(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ruled.edit("ann", ruled.desk.ticket("ann", site=site.id), cause="欠费")
    ruled.work()
    mine = visitor(ruled.desk, "ann").get("/points/desk").text
    all_of_them = visitor(ruled.desk, "chief_north").get("/points/desk").text

    assert 'href="/points/desk"' in visitor(ruled.desk, "ann").get("/menu").text
    assert 'href="/freezes/desk"' not in visitor(ruled.desk, "ann").get("/menu").text
    assert "打印机欠费" in mine
    assert "-2.5" in mine
    assert "排名" not in mine
    assert "排名" in all_of_them
    assert "安静" in all_of_them
    assert visitor(ruled.desk, "ann").get("/points/desk?ledger=none").status_code == 404
