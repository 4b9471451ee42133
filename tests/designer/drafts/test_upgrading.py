"""A new version of an app comes while it is designed: what was done here is kept or asked about."""

from __future__ import annotations

import json
from typing import Any

from designer.app import build_app
from designer.drafts.editing import Edited, edit_draft, open_draft, open_held, undo
from designer.drafts.publishing import Published, publish, versions_of
from designer.drafts.state import state_of
from engine.editing.edits import Add, Set, Target
from runtime.workspace.upgrade import Undecided, Upgraded, finish_upgrade, upgrade_app
from tests.desk import FILES, Desk
from tests.web.visitor import Visitor

FIELDS: Target = ("forms/ticket.yaml", "sections", "basics", "fields")
CAUSE: Target = (*FIELDS, "cause", "label")
COST: Target = (*FIELDS, "cost", "label")


def _edit(desk: Desk, *edits: Any) -> None:
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, desk.people["admin"], "desk", rev, edits)
    assert isinstance(done, Edited), done


def _new(**labels: str) -> dict[str, bytes]:
    """Return a new version in which fields are called otherwise."""
    form = FILES["forms/ticket.yaml"].decode()
    for old, new in labels.items():
        form = form.replace(f"zh: {old}", f"zh: {new}")
    manifest = FILES["app.yaml"].replace(b"version: 1.0.0", b"version: 1.1.0")
    return {**FILES, "app.yaml": manifest, "forms/ticket.yaml": form.encode()}


def test_what_was_published_and_what_was_not_are_both_kept(desk: Desk) -> None:
    _edit(desk, Add(target=FIELDS, value={"id": "place", "type": "text", "label": "地点"}))
    publish(desk.services, desk.people["admin"], "desk", "")
    ticket = desk.ticket(place="三楼")
    _edit(desk, Set(target=CAUSE, value="缘由"))
    _edit(desk, Set(target=COST, value="花费"))

    done = upgrade_app(desk.services, _new(标题="名称"))

    assert isinstance(done, Upgraded), done
    assert done.kept
    fields = desk.form().fields
    assert (fields["name"].label, fields["cause"].label) == (
        {"zh": "名称", "en": "Title"},
        {"zh": "原因", "en": "Cause"},
    )
    assert desk.stored(ticket.id).values["place"] == "三楼"
    draft = open_draft(desk.services, "desk")
    assert (draft.value(CAUSE), draft.value((*FIELDS, "name", "label"))["zh"]) == ("缘由", "名称")
    assert state_of(desk.services, desk.people["admin"], "desk").changes == 2
    assert [one.note for one in versions_of(desk.services, "desk")] == ["1.1.0", "", ""]
    assert isinstance(undo(desk.services, desk.people["admin"], "desk"), Edited)
    assert open_draft(desk.services, "desk").value(COST)["zh"] == "费用"
    assert isinstance(publish(desk.services, desk.people["admin"], "desk", ""), Published)
    assert desk.form().fields["cause"].label == "缘由"
    assert desk.services.apps["desk"].definition.version == "1.1.0"


def test_what_both_changed_waits_until_all_of_it_is_decided(desk: Desk) -> None:
    _edit(desk, Set(target=(*CAUSE, "zh"), value="缘由"), Set(target=(*COST, "zh"), value="花费"))
    publish(desk.services, desk.people["admin"], "desk", "")
    met = upgrade_app(desk.services, _new(原因="起因", 费用="金额", 标题="名称"))
    assert isinstance(met, Undecided)
    assert {one.target for one in met.conflicts} == {(*CAUSE, "zh"), (*COST, "zh")}
    assert desk.services.apps["desk"].definition.version == "1.0.0"
    admin = desk.people["admin"]
    assert state_of(desk.services, admin, "desk").upgrade == "1.1.0"
    half = finish_upgrade(desk.services, "desk", {(*CAUSE, "zh"): "mine"}, admin.id)
    assert isinstance(half, Undecided)
    whole = finish_upgrade(
        desk.services, "desk", {(*CAUSE, "zh"): "mine", (*COST, "zh"): "theirs"}, admin.id
    )
    assert isinstance(whole, Upgraded)
    labels = [desk.form().fields[id_].label for id_ in ("cause", "cost", "name")]
    assert [one["zh"] for one in labels if isinstance(one, dict)] == ["缘由", "金额", "名称"]
    assert state_of(desk.services, admin, "desk").upgrade is None
    assert finish_upgrade(desk.services, "desk", {}, admin.id) is None


def test_a_version_nobody_touched_is_taken_as_it_is(desk: Desk) -> None:
    done = upgrade_app(desk.services, _new(原因="起因"))
    assert isinstance(done, Upgraded)
    assert not done.kept
    with desk.services.store.reading() as unit:
        assert unit.packages.files("desk") == _new(原因="起因")


def test_the_page_tells_both_and_upgrades_as_it_was_chosen(small_desk: Desk) -> None:
    _edit(small_desk, Set(target=(*CAUSE, "zh"), value="缘由"))
    visitor = Visitor(build_app(small_desk.services).test_client())
    visitor.sign_in("admin")
    assert "没有等着决定的新版本" in visitor.get("/design/desk/conflicts").text
    upgrade_app(small_desk.services, _new(原因="起因"))
    page = visitor.get("/design/desk/conflicts").text
    assert all(word in page for word in ("升级到 1.1.0", "原因", "缘由", "起因", "工单"))
    assert "1.1.0" in visitor.get("/design/desk/publish").text
    assert visitor.post("/design/desk/conflicts").status_code == 409
    name = json.dumps([*CAUSE, "zh"], ensure_ascii=False)
    assert visitor.post("/design/desk/conflicts", **{name: "theirs"}).status_code == 303
    assert small_desk.form().fields["cause"].label == {"zh": "起因", "en": "Cause"}
    assert open_draft(small_desk.services, "desk").value((*CAUSE, "zh")) == "起因"
