"""What a workspace says about its days is kept on both databases."""

from __future__ import annotations

from datetime import date, timedelta

from runtime.store.calendar_days import SaidDay
from tests.desk import Desk

MORNING = ((timedelta(hours=9), timedelta(hours=12)),)
ROUND_THE_CLOCK = ((timedelta(0), timedelta(hours=24)),)


def said(desk: Desk, day: date, **more: object) -> SaidDay:
    given = {"working": True, "reason": "赶工", "changed_at": desk.clock(), "changed_by": None}
    return SaidDay(day=day, **{**given, **more})  # type: ignore[arg-type]  # as the test says


def test_days_weeks_and_years_come_back_as_they_were_said(desk: Desk) -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    days = (said(desk, sunday, hours=MORNING), said(desk, monday, working=False, reason="年会"))
    week = [ROUND_THE_CLOCK, *[MORNING] * 4, (), ()]

    with desk.services.store.unit() as unit:
        unit.calendar.say(days)
        unit.calendar.say_week(week, desk.clock(), None)
        unit.calendar.say_year(2027, True, desk.clock(), None)
    with desk.services.store.reading() as unit:
        found = unit.calendar.all()

    assert found.days == {sunday: days[0], monday: days[1]}
    assert [found.week[n] for n in range(7)] == week
    assert found.years == {2027}


def test_what_is_said_again_takes_the_place_of_what_was_said(desk: Desk) -> None:
    day = date(2026, 11, 22)
    with desk.services.store.unit() as unit:
        unit.calendar.say([said(desk, day)])
        unit.calendar.say([said(desk, day, working=False, reason="不加班了")])
        unit.calendar.say_year(2027, True, desk.clock(), None)
        unit.calendar.say_year(2027, False, desk.clock(), None)

    with desk.services.store.unit() as unit:
        assert unit.calendar.all().days[day].reason == "不加班了"
        assert unit.calendar.all().years == frozenset()
        assert unit.calendar.unsay(day)
        assert not unit.calendar.unsay(day)
        assert unit.calendar.all().days == {}
