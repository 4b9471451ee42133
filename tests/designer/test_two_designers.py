"""Who is overtaken by another designer changes nothing, and sees at once what the other made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from designer.app import build_app
from tests.designer.trying.test_trying import RULE
from tests.desk import FILES, open_desk
from tests.web.visitor import Visitor

DECISION = """
decision: who
label: 谁来处理
form: ticket
policy: first
inputs: [{id: cost, label: 费用}]
outputs: [{id: result, label: 结果}]
rules:
  - {when: ["-"], then: ['"某人"']}
"""
TWO = {
    **FILES,
    "app.yaml": FILES["app.yaml"].replace(b"{id: chief,", b"{id: chief, design: true,"),
    "rules/quiet.yaml": RULE.encode(),
    "decisions/who.yaml": DECISION.encode(),
}
FORM = "forms/ticket.yaml"
CAUSE = (FORM, "sections", "basics", "fields", "cause", "label")
PLACES = {
    "form:ticket": (CAUSE, "缘由", "at-cause"),
    "stages:ticket": ((FORM, "stages", "fixing", "label"), "修理中", "flow"),
    "rule:quiet": (("rules/quiet.yaml", "label"), "没人理", "flow"),
    "decision:who": (("decisions/who.yaml", "rules", 0, "then", 0), '"别人"', "grid"),
    "access:ticket": ((FORM, "access", "agent", "rows"), "all", "design-part"),
}


@pytest.fixture(scope="module")
def designers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Visitor]]:
    with open_desk(tmp_path_factory.mktemp("two"), files=TWO) as desk:
        app = build_app(desk.services)
        found = Visitor(app.test_client()), Visitor(app.test_client())
        for visitor, login in zip(found, ("admin", "chief_north"), strict=True):
            visitor.sign_in(login)
        yield found


def _sent(who: Visitor, rev: int, view: str, value: str) -> Any:
    target, _, _ = PLACES[view]
    edit = {"op": "set", "target": target, "value": value}
    asked = {"rev": rev, "view": view, "chosen": target[:-1], "edits": [edit]}
    headers = {"X-CSRFToken": who.csrf, "Content-Type": "application/json"}
    return who.client.post("/design/desk/edits", data=json.dumps(asked), headers=headers)


@pytest.mark.parametrize("view", PLACES)
def test_who_is_overtaken_sees_what_the_other_made(
    designers: tuple[Visitor, Visitor], view: str
) -> None:
    first, second = designers
    _, value, part = PLACES[view]
    news = second.client.post(
        "/design/desk/edits/look",
        data=json.dumps({"rev": 1, "view": view}),
        headers={"X-CSRFToken": second.csrf, "Content-Type": "application/json"},
    )
    rev = json.loads(news.text)["rev"]
    assert _sent(first, rev, view, value).status_code == 200
    late = _sent(second, rev, view, "tree" if value == "all" else '"第三种"')
    assert late.status_code == 409
    assert "管理员刚刚改过这里" in late.json["overtaken"]
    assert late.json["rev"] == rev + 1
    assert value == "all" or value.strip('"') in late.json["parts"][part]
    assert part in late.json["parts"]
