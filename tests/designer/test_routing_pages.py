"""Sentences about routing come into the draft by one click, are shown in words and undone."""

from __future__ import annotations

from designer.app import build_app
from designer.drafts.editing import Edited, open_draft, undo
from tests.desk import Desk
from tests.web.visitor import Visitor

WORDS = "费用>1万的工单，优先分给安静或本田；其他给苏南"


def _designer(desk: Desk) -> Visitor:
    visitor = Visitor(build_app(desk.services).test_client())
    visitor.sign_in("admin")
    return visitor


def test_sentences_become_a_table_and_the_routing_of_the_draft(small_desk: Desk) -> None:
    desk, who = small_desk, _designer(small_desk)
    asked = who.get(f"/routing/desk/ticket?text={WORDS}").text
    assert 'action="/design/desk/ticket/routing"' in asked

    answer = who.post("/design/desk/ticket/routing", text=WORDS)
    assert answer.headers["Location"] == "/design/desk/decisions/ticket_by_words"
    told = who.get(answer.headers["Location"]).text
    assert "已写进草稿，可以撤销：“费用”" in told.replace("&gt;", ">")
    assert "其他：分给苏南" in told

    draft = open_draft(desk.services, "desk")
    routing = draft.app.forms["ticket"].definition.routing
    assert routing is not None
    assert routing.decision == "ticket_by_words"
    rules = draft.app.decisions["ticket_by_words"].definition.rules
    assert [rule.then for rule in rules] == [('["ann", "ben"]',), ('["sue"]',)]
    assert desk.form().definition.routing is None, "only the draft"

    assert isinstance(undo(desk.services, desk.people["admin"], "desk"), Edited)
    draft = open_draft(desk.services, "desk")
    assert (draft.app.decisions, draft.app.forms["ticket"].definition.routing) == ({}, None)


def test_other_sentences_change_the_rows_and_nothing_else(small_desk: Desk) -> None:
    desk, who = small_desk, _designer(small_desk)
    who.get("/routing/desk/ticket")
    who.post("/design/desk/ticket/routing", text="费用>1万的分给安静")
    before = open_draft(desk.services, "desk").app.decisions["ticket_by_words"].definition
    assert before.partial
    who.post("/design/desk/ticket/routing", text=WORDS)
    after = open_draft(desk.services, "desk").app.decisions["ticket_by_words"].definition
    assert (after.partial, len(after.rules)) == (False, 2)
    undo(desk.services, desk.people["admin"], "desk")
    assert open_draft(desk.services, "desk").app.decisions["ticket_by_words"].definition == before


def test_what_is_unclear_changes_nothing(small_desk: Desk) -> None:
    desk, who = small_desk, _designer(small_desk)
    who.get("/routing/desk/ticket")
    answer = who.post("/design/desk/ticket/routing", text="费用>1万的分给张三")
    assert answer.headers["Location"].startswith("/routing/desk/ticket?text=")
    assert open_draft(desk.services, "desk").app.decisions == {}
    ann = Visitor(build_app(desk.services).test_client())
    ann.sign_in("ann")
    assert ann.post("/design/desk/ticket/routing", text=WORDS).status_code == 403
