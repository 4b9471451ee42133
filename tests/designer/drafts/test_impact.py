"""What publishing would meet, by the records that there are."""

from __future__ import annotations

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.drafts.impact import impact_of
from designer.drafts.met import Met
from designer.drafts.publishing import publish
from engine.editing.edits import Add, AddFile, AnyEdit, Remove, Set, Target
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
    found: dict[str, list[str]] = {}
    for met in _impact(desk, "admin", *edits):
        found.setdefault(met.kind, []).append(str(met.message))
    return found


def _impact(desk: Desk, login: str, *edits: AnyEdit) -> tuple[Met, ...]:
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, desk.people["ann"], "desk", rev, edits)
    assert isinstance(done, Edited), done
    app = open_draft(desk.services, "desk").app
    return impact_of(desk.services, desk.people[login], app)


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


def test_each_figure_is_that_of_a_hand_count_and_opens_what_is_behind_it(desk: Desk) -> None:
    lacking = [desk.ticket().id for _ in range(3)]
    filled = [desk.ticket("ben", cause="卡纸", cost="5").id for _ in range(2)]
    required = Set(target=(*CAUSE, "required"), value=True)
    (met,) = _impact(desk, "admin", required)
    assert {(one.href or "").rpartition("/")[2] for one in met.items} == set(lacking)
    assert (met.unlisted, met.part) == (0, None)

    (met,) = _impact(desk, "ann", required)
    assert len(met.items) == 3
    (met,) = _impact(desk, "ben", required)
    assert (met.items, met.unlisted) == ((), 3)

    dear = {"id": "dear", "that": "cost > 100", "message": "太便宜"}
    gate = Add(target=(*FORM, "stages", "open", "gate", "that"), value=dear)
    no_papers = Remove(target=(*FORM, "stages", "open", "gate", "evidence"))
    held = _impact(desk, "admin", Set(target=(*CAUSE, "required"), value=False), no_papers)
    assert [one for one in held if "拦住" in str(one.message)] == []
    publish(desk.services, desk.people["admin"], "desk", "")
    (met,) = _impact(desk, "admin", gate)
    assert "2 条记录原本可以进入下一阶段" in str(met.message)
    assert {(one.href or "").rpartition("/")[2] for one in met.items} == set(filled)


def test_what_is_required_in_some_cases_is_counted_in_those(desk: Desk) -> None:
    desk.ticket(cost="5")
    desk.ticket(cost="500")
    desk.ticket(cost="500", cause="卡纸")
    told = _met(desk, Set(target=(*CAUSE, "required"), value="cost > 100"))
    assert any("1 条记录还没填" in one for one in told["records"]), told


def test_who_sees_less_is_listed_with_the_records_before_and_after(desk: Desk) -> None:
    for _ in range(4):
        desk.ticket()
    own = Set(target=(*FORM, "access", "auditor"), value={"rows": "own"})
    (met,) = _impact(desk, "admin", own)
    assert [(one.text, str(one.more)) for one in met.items] == [("审计员", "4 → 0 条记录")]
