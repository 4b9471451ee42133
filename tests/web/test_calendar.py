"""An administrator keeps the working calendar, and everything that counts days follows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.worktime import add_working, add_working_hours
from runtime.use_cases.working_hours import read_hours, write_hours
from runtime.work_calendar import WorkspaceCalendar
from tests.desk import Desk
from tests.web.visitor import visitor

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 17, tzinfo=SHANGHAI)
MONDAY = date(2026, 11, 23)


def test_a_day_made_free_is_passed_over_by_everything_that_counts_days(small_desk: Desk) -> None:
    admin, calendar = visitor(small_desk, "admin"), small_desk.services.calendar
    assert add_working(calendar, FRIDAY, timedelta(days=1)).date() == MONDAY

    answer = admin.post("/admin/calendar/2026-11-23", working="off", reason="年会")

    assert answer.status_code == 303
    assert not calendar.is_working_day(MONDAY)
    assert add_working(calendar, FRIDAY, timedelta(days=1)).date() == date(2026, 11, 24)
    assert calendar.working_time(FRIDAY, datetime(2026, 11, 24, tzinfo=SHANGHAI)) == timedelta(
        hours=7
    )
    assert "年会" in admin.get("/admin/calendar?month=2026-11").text


def test_a_day_follows_the_rule_again(small_desk: Desk) -> None:
    admin, calendar = visitor(small_desk, "admin"), small_desk.services.calendar
    admin.post("/admin/calendar/2026-11-22", working="work", reason="赶工", hours="10:00-16:00")
    sunday = date(2026, 11, 22)
    assert calendar.hours(sunday) == ((timedelta(hours=10), timedelta(hours=16)),)

    admin.post("/admin/calendar/2026-11-22", working="rule")

    assert calendar.hours(sunday) == ()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"working": "off", "reason": " "}, "请写明原因"),
        ({"working": "work", "reason": "赶工", "hours": "9-12"}, "看不懂"),
        ({"working": "work", "reason": "赶工", "hours": "13:00-18:00 9:00-12:00"}, "从早到晚"),
        ({"working": "work", "reason": "赶工", "hours": "13:00-25:00"}, "从早到晚"),
    ],
)
def test_what_can_not_be_is_refused_and_stays_typed(
    small_desk: Desk, typed: dict[str, str], complaint: str
) -> None:
    admin = visitor(small_desk, "admin")

    answer = admin.post("/admin/calendar/2026-11-22", **typed)

    assert answer.status_code == 422
    assert complaint in answer.text
    assert f'value="{typed.get("hours", "")}"' in answer.text
    assert not small_desk.services.calendar.is_working_day(date(2026, 11, 22))


def test_the_hours_of_the_week_are_those_in_which_time_counts(small_desk: Desk) -> None:
    admin, calendar = visitor(small_desk, "admin"), small_desk.services.calendar
    week = {f"hours-{n}": "8:30-12:00、13:30-17:30" for n in range(6)}

    answer = admin.post("/admin/calendar/week", **week, **{"hours-6": ""})

    assert answer.status_code == 303
    assert calendar.is_working_day(date(2026, 11, 21))
    later = add_working_hours(calendar, FRIDAY, timedelta(hours=2))
    assert later == datetime(2026, 11, 21, 10, tzinfo=SHANGHAI)
    assert not calendar.is_working_day(date(2026, 10, 1))


def test_a_week_without_work_is_refused(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")

    answer = admin.post("/admin/calendar/week", **{f"hours-{n}": "" for n in range(7)})

    assert answer.status_code == 422
    assert small_desk.services.calendar.is_working_day(MONDAY)


def test_a_year_that_is_not_announced_says_so_until_it_is_entered(small_desk: Desk) -> None:
    admin, calendar = visitor(small_desk, "admin"), small_desk.services.calendar
    new_year = date(2027, 1, 1)
    assert calendar.is_working_day(new_year)
    assert "2027 年的放假安排尚未公布" in admin.get("/admin/calendar?month=2027-01").text
    assert "尚未公布" not in admin.get("/admin/calendar?month=2026-01").text

    admin.post(
        "/admin/calendar/days",
        first="2027-01-01", last="2027-01-03", working="off", reason="元旦",
    )  # fmt: skip
    admin.post("/admin/calendar/year/2027", entered="1")

    assert not calendar.is_working_day(new_year)
    shown = admin.get("/admin/calendar?month=2027-01").text
    assert "尚未公布" not in shown
    assert "由管理员录入" in shown


def test_a_holiday_and_the_day_worked_for_it_are_named(small_desk: Desk) -> None:
    shown = visitor(small_desk, "admin").get("/admin/calendar?month=2026-10").text

    assert "国庆节" in shown
    assert "调休上班" in shown


def test_only_administrators_keep_the_calendar(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    assert ann.get("/admin/calendar").status_code == 403
    assert ann.post("/admin/calendar/2026-11-23", working="off", reason="x").status_code == 403
    assert small_desk.services.calendar.is_working_day(MONDAY)


@pytest.mark.parametrize("day", ["2026-02-30", "1999-12-31", "2100-01-01", "x"])
def test_there_is_no_page_of_a_day_that_is_none(small_desk: Desk, day: str) -> None:
    assert visitor(small_desk, "admin").get(f"/admin/calendar/{day}").status_code == 404


def test_another_process_sees_the_change(small_desk: Desk) -> None:
    visitor(small_desk, "admin").post("/admin/calendar/2026-11-23", working="off", reason="年会")

    other = WorkspaceCalendar(small_desk.services.store, "Asia/Shanghai")

    assert not other.is_working_day(MONDAY)


def test_a_change_is_written_down(small_desk: Desk) -> None:
    visitor(small_desk, "admin").post("/admin/calendar/2026-11-23", working="off", reason="年会")

    with small_desk.services.store.reading() as unit:
        said = unit.calendar.all().days[MONDAY]
    assert (said.reason, said.changed_by) == ("年会", small_desk.people["admin"].id)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:00-12:00 13:00-18:00", "09:00-12:00 13:00-18:00"),
        ("9：00 ~ 12：00，13:30至18:00", "09:00-12:00 13:30-18:00"),
        ("0:00-24:00", "00:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, read: str) -> None:
    found = read_hours(typed)

    assert isinstance(found, tuple)
    assert write_hours(found) == read
