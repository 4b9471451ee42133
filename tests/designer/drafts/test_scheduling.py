"""A draft is published at its moment: as it was looked over, once, or with a reason why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from designer import jobs
from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.drafts.publishing import Published, publish, versions_of
from designer.drafts.scheduling import (
    Past,
    Scheduled,
    call_off,
    edited_since,
    latest_plan,
    move_plan,
    publish_planned,
    schedule,
)
from designer.drafts.state import state_of
from engine.editing.edits import Add, Target
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from tests.desk import FILES, Desk

FIELDS: Target = ("forms/ticket.yaml", "sections", "basics", "fields")


def _add(desk: Desk, id_: str, label: str = "地点") -> None:
    rev = open_held(desk.services, "desk").head.rev
    new = Add(target=FIELDS, value={"id": id_, "type": "text", "label": label})
    done = edit_draft(desk.services, desk.people["admin"], "desk", rev, [new])
    assert isinstance(done, Edited), done


def _plan(desk: Desk, hours: int = 2) -> Scheduled:
    rev = open_held(desk.services, "desk").head.rev
    due = desk.services.now() + timedelta(hours=hours)
    done = schedule(desk.services, desk.people["admin"], "desk", due, "夜里换", rev)
    assert isinstance(done, Scheduled), done
    return done


def _work(desk: Desk) -> int:
    shop = Workshop(services=desk.services, kinds=kinds(jobs))
    return shop.run_due(desk.services.now() + timedelta(seconds=1))


def _told(desk: Desk) -> list[str]:
    with desk.services.store.reading() as unit:
        return [str(one.text) for one in unit.notices.of_person(desk.people["admin"].id)]


def test_what_was_looked_over_is_published_at_its_moment_and_once(desk: Desk) -> None:
    _add(desk, "place")
    plan = _plan(desk).plan
    assert state_of(desk.services, desk.people["ann"], "desk").planned == plan.due
    _add(desk, "floor", "楼层")
    assert edited_since(desk.services, plan) == 1
    assert "place" not in desk.form().fields

    desk.clock.move(hours=2)
    _work(desk)

    assert "place" in desk.form().fields
    assert "floor" not in desk.form().fields
    assert open_draft(desk.services, "desk").exists((*FIELDS, "floor"))
    state = state_of(desk.services, desk.people["ann"], "desk")
    assert (state.changes, state.planned) == (1, None)
    assert publish_planned(desk.services, plan.id) is None
    kept = versions_of(desk.services, "desk")
    assert [(one.number, one.note) for one in kept] == [(2, "夜里换"), (1, "")]
    assert kept[0].person == desk.people["admin"].id
    assert any("已按时发布，现在是第 2 版" in one for one in _told(desk))


def test_a_moment_can_be_moved_and_called_off_and_must_be_ahead(desk: Desk) -> None:
    _add(desk, "place")
    admin = desk.people["admin"]
    rev = open_held(desk.services, "desk").head.rev
    assert schedule(desk.services, admin, "desk", desk.services.now(), "", rev) == Past()
    _plan(desk)
    later = move_plan(desk.services, admin, "desk", desk.services.now() + timedelta(hours=9))
    assert isinstance(later, Scheduled)
    desk.clock.move(hours=9)
    assert call_off(desk.services, admin, "desk")
    assert not call_off(desk.services, admin, "desk")
    _work(desk)
    assert "place" not in desk.form().fields
    assert move_plan(desk.services, admin, "desk", desk.services.now() + timedelta(hours=1)) is None


def test_who_may_no_longer_design_publishes_nothing_and_it_is_said(desk: Desk) -> None:
    _add(desk, "place")
    _plan(desk)
    with desk.services.store.unit() as unit:
        unit.people.edit(desk.people["admin"].id, admin=False)
    desk.clock.move(hours=2)
    _work(desk)
    assert "place" not in desk.form().fields
    plan = latest_plan(desk.services, "desk")
    assert plan is not None
    assert plan.state == "refused"
    assert "不能设计" in str(plan.problems[0])
    assert any("没有按时发布" in one for one in _told(desk))


def test_who_publishes_by_hand_comes_before_the_plan(desk: Desk) -> None:
    _add(desk, "place")
    plan = _plan(desk).plan
    _add(desk, "floor", "楼层")
    done: Any = publish(desk.services, desk.people["ann"], "desk", "")
    assert isinstance(done, Published)
    desk.clock.move(hours=2)
    _work(desk)
    assert {"place", "floor"} <= set(desk.form().fields)
    assert len(versions_of(desk.services, "desk")) == 2
    found = latest_plan(desk.services, "desk")
    assert found is not None
    assert (found.id, found.state, found.number) == (plan.id, "overtaken", 2)
    assert any("提前发布" in one for one in _told(desk))


def test_an_app_that_was_installed_anew_meanwhile_is_left_alone(desk: Desk) -> None:
    from runtime.workspace.open import install_app

    _add(desk, "place")
    _plan(desk)
    install_app(desk.services, FILES)
    desk.clock.move(hours=2)
    _work(desk)
    assert "place" not in desk.form().fields
    plan = latest_plan(desk.services, "desk")
    assert plan is not None
    assert "换过版本" in str(plan.problems[0])
