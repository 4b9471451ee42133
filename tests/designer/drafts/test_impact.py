"""What publishing would meet, by the records that there are."""

from __future__ import annotations

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.drafts.impact import impact_of
from engine.editing.edits import Add, AddFile, AnyEdit, Set, Target
from tests.desk import Desk

FORM: Target = ("forms/ticket.yaml",)
CAUSE: Target = (*FORM, "sections", "basics", "fields", "cause")
RULE = {
    "rule": "told",
    "label": "新工单",
    "form": "ticket",
    "on": {"type": "created"},
    "do": [{"type": "notify", "to": {"fields": ["owner"]}, "text": "有新工单"}],
}


def _met(desk: Desk, *edits: AnyEdit) -> dict[str, list[str]]:
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, desk.people["ann"], "desk", rev, edits)
    assert isinstance(done, Edited), done
    found: dict[str, list[str]] = {}
    app = open_draft(desk.services, "desk").app
    for met in impact_of(desk.services, desk.people["admin"], app):
        found.setdefault(met.kind, []).append(str(met.message))
    return found


def test_records_without_what_is_required_now_are_counted(desk: Desk) -> None:
    desk.ticket()
    desk.ticket(cause="卡纸")
    told = _met(desk, Set(target=(*CAUSE, "required"), value=True))
    assert any("1 条记录还没填" in one for one in told["records"]), told


def test_people_who_see_less_or_more_are_named(desk: Desk) -> None:
    hidden = Set(target=(*FORM, "access", "auditor", "hide"), value=["cause"])
    told = _met(desk, hidden)
    assert any("看到更少" in one and "审计员" in one for one in told["people"]), told
    own = Set(target=(*FORM, "access", "auditor"), value={"rows": "own"})
    assert any("看到更少" in one for one in _met(desk, own)["people"])


def test_a_new_rule_says_how_often_it_would_have_gone_off(desk: Desk) -> None:
    desk.ticket()
    desk.clock.move(days=1)
    told = _met(desk, AddFile(path="rules/told.yaml", value=RULE))
    assert any("触发 1 次" in one for one in told["alerts"]), told


def test_other_words_and_another_field_meet_nothing(desk: Desk) -> None:
    desk.ticket()
    new = {"id": "place", "type": "text", "label": "地点"}
    more = Add(target=CAUSE[:-1], value=new)
    assert _met(desk, Set(target=(*CAUSE, "label"), value="缘由"), more) == {}
