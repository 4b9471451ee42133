"""Deadlines of approvals under way follow the working calendar, whenever a day of it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from runtime.store.approvals import Approval
from runtime.use_cases.keep_calendar import DaysSaid, say_days, say_week
from runtime.use_cases.recount_deadlines import last_recount, recount_deadlines
from tests.runtime.approvals.office import REVIEW, Office, open_office
from tests.runtime.rules.ruled import open_ruled
from tests.web.visitor import visitor
from tests.workspaces import DATABASES

TUESDAY, SATURDAY = date(2026, 3, 3), date(2026, 3, 7)
HOURS = ["09:00-12:00 13:00-18:00"] * 5 + [""] * 2


@pytest.fixture(params=DATABASES)
def timed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Two working days to decide, counted from Monday 9:00; a reminder one working day before."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    flow = REVIEW.replace("{calendar: PT24H}", "{working: P2D}").replace("PT4H", "P1D")
    with open_office(tmp_path, url, {"workflows/review.yaml": flow}) as office:
        yield office


def _say(office: Office, day: date, working: bool | None) -> None:
    said = DaysSaid(first=day, last=day, working=working, reason="调整")
    assert say_days(office.services, office.people["admin"], said) is None
    office.pass_time(seconds=10)


def _due(office: Office, approval: Approval) -> datetime | None:
    task = office.task(approval, "chief_north")
    assert task is not None
    return task.due


def _result(office: Office) -> tuple[int, int]:
    last = last_recount(office.services)
    assert last is not None
    return last.result["approvals"], last.result["moved"]


def test_a_day_taken_away_and_given_back_moves_the_deadline_there_and_back(timed: Office) -> None:
    approval = timed.submitted(cost="10")
    due = datetime(2026, 3, 4, 1, tzinfo=UTC)
    assert _due(timed, approval) == due

    _say(timed, TUESDAY, False)
    assert (_due(timed, approval), _result(timed)) == (due + timedelta(days=1), (1, 1))
    _say(timed, TUESDAY, None)
    assert (_due(timed, approval), _result(timed)) == (due, (1, 1))
    _say(timed, SATURDAY, True)
    assert (_due(timed, approval), _result(timed)) == (due, (1, 0))
    assert recount_deadlines(timed.services, lambda *_: None).moved == 0


def test_reminders_and_the_ladder_come_when_they_are_due_now(timed: Office) -> None:
    approval = timed.submitted(cost="10")
    _say(timed, TUESDAY, False)
    before = len(timed.told("chief_north"))
    timed.clock.moment = timed.clock.moment.replace(hour=1, minute=0, second=30)
    timed.pass_time(days=1, minutes=-1)
    assert len(timed.told("chief_north")) == before, "Tuesday is free: nothing to remind of yet"
    timed.pass_time(days=1, minutes=2)
    assert "快到期了" in timed.told("chief_north")[0]
    timed.pass_time(days=1)
    assert "已到期" in timed.told("admin")[0]
    assert timed.kinds(approval.record).count("approval.due") == 2


def test_time_for_which_a_step_rested_is_not_counted_after_a_change_either(timed: Office) -> None:
    approval = timed.submitted(cost="2000.00")
    timed.decide(approval, "chief_north", "agree")
    timed.decide(approval, "audit", "return", to="submitter", resubmit="straight", opinion="补")
    timed.pass_time(days=1)
    timed.decide(approval, "ann", "resubmit")
    assert timed.waiting(approval) == ["audit"]
    assert say_week(timed.services, timed.people["admin"], HOURS) == {}
    timed.pass_time(seconds=10)
    assert _result(timed) == (1, 0)


def test_the_page_says_how_many_moved(timed: Office) -> None:
    timed.submitted(cost="10")
    admin = visitor(timed, "admin")
    assert "重新计算" not in admin.get("/admin/calendar").text
    admin.post("/admin/calendar/2026-03-03", working="off", reason="年会")
    assert "期限正在重新计算" in admin.get("/admin/calendar").text
    timed.pass_time(seconds=10)
    assert (
        "重新计算了 1 个进行中的审批和 0 件待办，其中 1 件的期限有变化"
        in admin.get("/admin/calendar").text
    )


def test_what_people_have_to_do_in_working_time_is_due_later_too(tmp_path: Path) -> None:
    rules = {
        "call": "label: 派活\nform: ticket\non: {type: created}\ndo:\n"
        "  - {type: create_task, to: {fields: [owner]}, text: 两日, within: {working: P2D}}\n"
        "  - {type: create_task, to: {fields: [owner]}, text: 两天, within: {calendar: P2D}}\n",
    }
    with open_ruled(tmp_path, None, rules) as ruled:
        desk = ruled.desk
        ticket = desk.ticket("ann")
        ruled.work()
        before = {str(task.title): task.due for task in ruled.tasks(ticket)}
        off = DaysSaid(first=TUESDAY, last=TUESDAY, working=False, reason="年会")
        assert say_days(desk.services, desk.people["admin"], off) is None
        desk.clock.move(seconds=10)
        ruled.work()
        after = {str(task.title): task.due for task in ruled.tasks(ticket)}
        assert before["两日"] == before["两天"] == after["两天"]
        assert after["两日"] == datetime(2026, 3, 5, 1, tzinfo=UTC)
        last = last_recount(desk.services)
        assert last is not None
        assert (last.result["tasks"], last.result["moved"]) == (1, 1)


def test_rules_about_stages_and_silence_count_by_the_day_as_it_is_now(tmp_path: Path) -> None:
    rules = {
        "slow": "label: 超时\nform: ticket\non: {type: overdue}\n"
        "do: [{type: set_fields, set: {cause: '\"超时\"'}}]\n",
        "still": "label: 没动静\nform: site\non: {type: silent, after: {working: P2D}}\n"
        "do: [{type: set_fields, set: {secret: '\"没动静\"'}}]\n",
    }
    with open_ruled(tmp_path, None, rules) as ruled:
        desk = ruled.desk
        ticket, site = desk.ticket("ann"), desk.made("site", "ann", name="甲")
        admin = desk.people["admin"]
        off = DaysSaid(first=TUESDAY, last=TUESDAY, working=False, reason="年会")
        assert say_days(desk.services, admin, off) is None
        desk.clock.move(days=2, minutes=5)
        ruled.tick()
        assert desk.stored(ticket.id).values.get("cause") is None
        assert desk.stored(site.id, "site").values.get("secret") is None
        back = DaysSaid(first=TUESDAY, last=TUESDAY, working=None)
        assert say_days(desk.services, admin, back) is None
        ruled.tick()
        assert desk.stored(ticket.id).values.get("cause") == "超时"
        assert desk.stored(site.id, "site").values.get("secret") == "没动静"
