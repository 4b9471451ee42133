"""Who designs an app sees what its rules did and why, and may let them go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.record import Record
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.web.visitor import visitor

RULES = {
    "renamed": """
label: {zh: 站点代号变化, en: Code name changed}
form: site
on: {type: changed, fields: [secret]}
if: secret != null and owner.name = "安静"
do:
  - {type: notify, to: {roles: [chief]}, text: '{name}'}
  - {type: set_fields, set: {name: '"北站"'}}
  - {type: create_task, to: {fields: [owner]}, text: '核对 {name}'}
""",
}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    with open_ruled(tmp_path, None, RULES) as opened:
        yield opened


def _failed(ruled: Ruled) -> tuple[str, Record]:
    """Let the rule fail because another site has the name; return the firing and that site."""
    north = ruled.desk.made("site", "ann", name="北站")
    other = ruled.desk.made("site", "ann", name="南站")
    ruled.edit("chief_north", other, "site", secret="x")
    ruled.work()
    return ruled.runs()[0].id, north


def test_the_log_tells_why_a_rule_went_off_and_what_came_of_each_action(ruled: Ruled) -> None:
    run, _ = _failed(ruled)
    admin = visitor(ruled.desk, "admin")

    rules, listed = (admin.get(f"/rules/desk{tab}").text for tab in ("", "?tab=runs"))
    told = admin.get(f"/rules/desk/runs/{run}").text

    assert "站点代号变化" in listed
    assert "孙主管修改了记录（内部代号）" in listed
    assert f"/rules/desk/runs/{run}" in listed
    assert f"/rules/desk/runs/{run}" in admin.get("/rules/desk?state=failed").text
    assert f"/rules/desk/runs/{run}" not in rules
    assert "/rules/desk/renamed/test" in rules
    assert "/rules/desk/renamed/test" not in listed
    assert "从失败的动作继续" in told
    assert "secret != null" in told
    assert "安静" in told
    assert "毫秒" in told
    actions = re.sub("<[^>]*>", " ", told[told.index('id="steps"') :])
    for title, state in (("发消息", "完成"), ("填写字段", "失败"), ("派待办", "没有执行")):
        assert re.search(rf"{title}\s+{state}", actions), actions


def test_a_failed_rule_goes_on_from_its_page(ruled: Ruled) -> None:
    run, north = _failed(ruled)
    admin = visitor(ruled.desk, "admin")
    page = f"/rules/desk/runs/{run}"

    admin.get(page)
    assert admin.post(f"{page}/retry").status_code == 302
    assert "再次执行仍未成功" in admin.get(page).text
    ruled.edit("admin", north, "site", name="老北站")
    admin.get(page)
    admin.post(f"{page}/retry")

    told = admin.get(page).text
    assert "全部完成" in told
    assert f'action="{page}/retry"' not in told


def test_a_back_test_says_how_often_it_would_have_gone_off(ruled: Ruled) -> None:
    _failed(ruled)
    admin = visitor(ruled.desk, "admin")

    told = admin.get("/rules/desk/renamed/test?days=7").text

    assert "过去 7 天" in told
    assert "会触发 1 次，涉及 1 条记录" in told
    assert "南站" in told


def test_others_see_nothing_of_rules(ruled: Ruled) -> None:
    run, _ = _failed(ruled)
    chief = visitor(ruled.desk, "chief_north")

    for page in ("/rules/desk", f"/rules/desk/runs/{run}", "/rules/desk/renamed/test"):
        assert chief.get(page).status_code == 403
    chief.get("/todo")
    assert chief.post(f"/rules/desk/runs/{run}/retry").status_code == 403
    assert 'href="/rules/desk"' not in chief.get("/a/desk/site/").text
    assert 'href="/rules/desk"' in visitor(ruled.desk, "admin").get("/a/desk/site/").text


def test_the_timeline_calls_a_rule_by_its_name(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="南站")
    ruled.edit("chief_north", site, "site", secret="x")
    ruled.work()

    page = visitor(ruled.desk, "admin").get(f"/a/desk/site/{site.id}").text

    assert "站点代号变化" in page
