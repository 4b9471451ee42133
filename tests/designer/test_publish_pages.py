"""The edits, the publishing and the versions, as a browser without scripts sees them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from designer.app import build_app
from designer.drafts.earlier import installed_draft
from designer.drafts.editing import open_draft
from tests.desk import Desk
from tests.web.visitor import Visitor

LABEL = ["forms/ticket.yaml", "sections", "basics", "fields", "cause", "label"]
REQUIRED = [*LABEL[:-1], "required"]


@pytest.fixture
def visitor(small_desk: Desk) -> Visitor:
    client: FlaskClient = build_app(small_desk.services).test_client()
    made = Visitor(client)
    made.sign_in("admin")
    return made


def _send(visitor: Visitor, path: str = "", rev: int = 1, **asked: Any) -> Any:
    headers = {"X-CSRFToken": visitor.csrf, "Content-Type": "application/json"}
    body = json.dumps({"rev": rev, "view": "app", "chosen": None, "edits": [], **asked})
    return visitor.client.post(f"/design/desk/edits{path}", data=body, headers=headers)


def test_an_edit_travels_and_is_undone(visitor: Visitor) -> None:
    answer = _send(visitor, edits=[{"op": "set", "target": LABEL, "value": "缘由"}])
    assert answer.status_code == 200, answer.text
    assert answer.json["rev"] == 2
    assert answer.json["undo"] is True
    assert "1 处未发布" in answer.json["parts"]["draft-mark"]
    assert _send(visitor, "/undo", rev=2).json["redo"] is True
    assert _send(visitor, "/redo", rev=3).json["rev"] == 4


def test_a_refusal_tells_why(visitor: Visitor) -> None:
    wrong = [*LABEL[:-1], "type"]
    answer = _send(visitor, edits=[{"op": "set", "target": wrong, "value": "nonsense"}])
    assert answer.status_code == 422
    assert answer.json["refused"]
    assert _send(visitor, edits=[{"op": "splice"}]).status_code == 400


def test_only_designers_may_edit(visitor: Visitor, small_desk: Desk) -> None:
    other = Visitor(build_app(small_desk.services).test_client())
    other.sign_in("ann")
    assert _send(other).status_code == 403


def test_publishing_tells_what_changes_and_keeps_a_version(
    visitor: Visitor, small_desk: Desk
) -> None:
    _send(visitor, edits=[{"op": "set", "target": LABEL, "value": "缘由"}])
    page = visitor.get("/design/desk/publish")
    assert "缘由" in page.text
    assert visitor.post("/design/desk/publish", at="2", note="改名").status_code == 303
    assert small_desk.form().fields["cause"].label == "缘由"
    assert "改名" in visitor.get("/design/desk/versions").text
    assert "缘由" in visitor.get("/design/desk/versions/2").text
    assert visitor.post("/design/desk/versions/1/restore").status_code == 303
    assert "缘由" in visitor.get("/design/desk/publish").text
    packed = visitor.client.get("/design/desk/export")
    assert packed.data[:2] == b"PK"


def test_what_publishing_meets_comes_after_the_page_and_by_itself(
    visitor: Visitor, small_desk: Desk
) -> None:
    small_desk.ticket()
    rev = _send(visitor, edits=[{"op": "set", "target": REQUIRED, "value": True}]).json["rev"]
    page = visitor.get("/design/desk/publish").text
    assert "1 条记录还没填" not in page
    address = f"/design/desk/publish/impact?at={rev}"
    assert f'hx-get="{address}"' in page
    part = visitor.client.get(address, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section")
    assert "1 条记录还没填" in part
    assert "请重新看一遍" not in part
    assert "1 条记录还没填" in visitor.get("/design/desk/publish/impact").text
    _send(visitor, rev=rev, edits=[{"op": "set", "target": LABEL, "value": "缘由"}])
    assert "请重新看一遍" in visitor.get(address).text


def test_what_is_installed_is_read_again_once_something_else_is(
    visitor: Visitor, small_desk: Desk
) -> None:
    services = small_desk.services
    before = installed_draft(services, "desk", open_draft(services, "desk"))
    assert installed_draft(services, "desk", open_draft(services, "desk")) is before
    _send(visitor, edits=[{"op": "set", "target": LABEL, "value": "缘由"}])
    assert visitor.post("/design/desk/publish", at="2").status_code == 303
    after = installed_draft(services, "desk", open_draft(services, "desk"))
    assert after.value(tuple(LABEL)) == "缘由"
    assert before.value(tuple(LABEL)) != "缘由"


def test_what_would_be_missed_is_told_before_it_goes(visitor: Visitor, small_desk: Desk) -> None:
    small_desk.ticket(cost="12.50")
    field = [*LABEL[:-2], "cost"]
    told = _send(visitor, "/fallout", targets=[field]).json
    assert told["records"] == 1
    assert told["stuck"] == []
    assert any("Ticket cost" in one or "工单费用" in one for one in told["along"]), told
    done = _send(visitor, "/remove", targets=[field])
    assert done.status_code == 200, done.text
    assert _send(visitor, "/undo", rev=2).status_code == 200
    assert "cost" in small_desk.form().fields


def test_a_moment_is_set_moved_and_called_off_on_the_page(
    visitor: Visitor, small_desk: Desk
) -> None:
    _send(visitor, edits=[{"op": "set", "target": LABEL, "value": "缘由"}])
    soon, later = (
        small_desk.services.local(small_desk.services.now() + timedelta(hours=hours))
        for hours in (3, 5)
    )
    page = visitor.get("/design/desk/publish").text
    assert "到这个时间发布（中国时间）" in page
    past = small_desk.services.local(small_desk.services.now()).strftime("%Y-%m-%dT%H:%M")
    assert visitor.post("/design/desk/publish/later", at="2", when=past).status_code == 422
    when = soon.strftime("%Y-%m-%dT%H:%M")
    assert visitor.post("/design/desk/publish/later", at="1", when=when).status_code == 409
    assert visitor.post("/design/desk/publish/later", at="2", when=when).status_code == 303
    assert soon.strftime("%m-%d %H:%M") in visitor.get("/design/desk/").text
    moved = visitor.post("/design/desk/publish/move", when=later.strftime("%Y-%m-%dT%H:%M"))
    assert moved.status_code == 303
    assert later.strftime("%Y-%m-%d %H:%M") in visitor.get("/design/desk/versions").text
    assert visitor.post("/design/desk/publish/stop").status_code == 303
    assert "publish/stop" not in visitor.get("/design/desk/publish").text
    assert small_desk.form().fields["cause"].label != "缘由"
