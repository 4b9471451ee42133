"""The checklist of an app stands on the home page until it is done or put away."""

from __future__ import annotations

import pytest

from designer.app import build_app
from engine.loading.load import problems_of
from runtime.store.samples import Sample
from runtime.workspace.open import install_app
from tests.desk import FILES, MANIFEST, Desk
from tests.web.visitor import Visitor

SETUP = """
setup:
  - id: sites
    label: 建好两个站点
    help: 名称不能重复
    go: new
    form: site
    where: 'name != "旧"'
    at_least: 2
  - {id: chiefs, label: 定一位主管, go: people, role: chief}
  - {id: looked, label: 看看工单, form: ticket, where: [{field: name, op: "=", value: 无}]}
  - {id: mine, label: 坐席看一眼, form: ticket, at_least: 900, roles: [agent]}
"""


def _with_setup(desk: Desk, more: str = SETUP) -> None:
    install_app(desk.services, {**FILES, "app.yaml": f"{MANIFEST}{more}".encode()})


def _home(desk: Desk, who: str) -> tuple[Visitor, str]:
    visitor = Visitor(build_app(desk.services).test_client())
    visitor.sign_in(who)
    return visitor, visitor.client.get("/").text


def test_who_sets_up_sees_what_is_done_and_what_is_not(small_desk: Desk) -> None:
    _with_setup(small_desk)
    _, home = _home(small_desk, "admin")

    assert "开始使用“服务台”" in home
    assert 'href="/a/desk/site/new">建好两个站点' in home
    assert "名称不能重复" in home
    assert 'href="/admin/people">定一位主管' in home
    # Somebody is chief from the beginning; there is one site, and no ticket of that name.
    assert home.count("已完成") == 1
    assert ">1/4<" in home
    small_desk.made("site", "admin", name="旧")
    assert ">1/4<" in _home(small_desk, "admin")[1]
    for name in ("甲", "乙"):
        small_desk.made("site", "admin", name=name)
    assert ">2/4<" in _home(small_desk, "admin")[1]


def test_what_only_came_with_the_app_is_no_step_forward(small_desk: Desk) -> None:
    _with_setup(small_desk)
    now = small_desk.clock()
    for name in ("甲", "乙"):
        id_ = small_desk.made("site", "admin", name=name).id
        with small_desk.services.store.unit() as unit:
            unit.samples.note([Sample(record=id_, app="desk", form="site", version=1, at=now)])

    assert ">1/4<" in _home(small_desk, "admin")[1]
    for name in ("丙", "丁"):
        small_desk.made("site", "admin", name=name)
    assert ">2/4<" in _home(small_desk, "admin")[1]


def test_others_see_only_what_is_meant_for_them(small_desk: Desk) -> None:
    _with_setup(small_desk)

    agent, home = _home(small_desk, "ann")
    assert "坐席看一眼" in home
    assert "建好两个站点" not in home
    assert agent.post("/setup/desk/sites", done="1").status_code == 404
    assert agent.post("/setup/desk/mine", done="1").status_code == 303
    assert "坐席看一眼" not in agent.client.get("/").text
    assert "开始使用" not in _home(small_desk, "audit")[1]


def test_a_step_is_ticked_by_hand_and_the_list_is_put_away(small_desk: Desk) -> None:
    _with_setup(small_desk)
    admin, _ = _home(small_desk, "admin")

    admin.post("/setup/desk/looked", done="1")
    assert ">2/4<" in admin.client.get("/").text
    admin.post("/setup/desk/looked", done="0")
    assert ">1/4<" in admin.client.get("/").text
    admin.post("/setup/desk")
    assert "开始使用" not in admin.client.get("/").text
    assert "开始使用" in _home(small_desk, "ann")[1]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("{id: a, label: 甲}", "“records”要写“form” [setup.needs]"),
        ("{id: a, label: 甲, go: people}", "“people”要写“role” [setup.needs]"),
        ("{id: a, label: 甲, go: decision, decision: nothing}", "[link.decision]"),
        ("{id: a, label: 甲, go: links, where: 'a = 1'}", "“where”不起作用 [setup.unused]"),
        ("{id: a, label: 甲, form: site, where: 'nam = 1'}", "[feel.unknown_name]"),
        ("{id: a, label: 甲, form: sit}", "是否想写“site”"),
    ],
)
def test_a_step_that_leads_nowhere_is_told(step: str, told: str) -> None:
    files = {name: text.decode() for name, text in FILES.items()}
    found = problems_of({**files, "app.yaml": f"{MANIFEST}setup: [{step}]\n"})

    assert len(found) == 1
    assert str(found[0]).startswith("app.yaml:11:")
    assert told in str(found[0])
