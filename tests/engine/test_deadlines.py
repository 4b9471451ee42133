from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines import due_at, overdue_by, paused
from engine.definition.deadline import DeadlineDef
from runtime.calendar import ChineseCalendar
from tests.engine.calendars import SHANGHAI

CHINA = ChineseCalendar("Asia/Shanghai")
MINUTES = st.integers(0, 366 * 24 * 60).map(lambda count: timedelta(minutes=count))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


FRIDAY = at(20, 17)


def due(row: dict[str, Any] | None = None, **deadline: Any) -> datetime | None:
    return due_at(DeadlineDef(**deadline), FRIDAY, row or {}, CHINA)


@pytest.mark.parametrize(
    ("deadline", "moment"),
    [
        ({"working": timedelta(days=1)}, at(23, 17)),
        ({"working_hours": timedelta(hours=4)}, at(23, 12)),
        ({"calendar": timedelta(hours=24)}, at(21, 17)),
        ({"working": timedelta(days=1), "at": "09:30"}, at(23, 9, 30)),
        ({"working": timedelta(hours=1), "at": "09:30"}, at(23, 9, 30)),
        ({"calendar": timedelta(hours=1), "at": "09:30"}, at(21, 9, 30)),
        ({"at": "18:00"}, at(20, 18)),
        ({"at": "12:00"}, at(21, 12)),
    ],
)
def test_a_span_begins_when_its_thing_begins(deadline: dict[str, Any], moment: datetime) -> None:
    assert due(**deadline) == moment


@pytest.mark.parametrize(
    ("value", "deadline", "moment"),
    [
        (date(2026, 11, 25), {}, at(26, 0)),
        (date(2026, 11, 25), {"at": "18:00"}, at(25, 18)),
        (date(2026, 11, 25), {"at": "09:00", "working": timedelta(days=3)}, at(30, 9)),
        (at(25, 15), {}, at(25, 15)),
        (at(25, 15), {"at": "18:00"}, at(25, 18)),
        (None, {"working": timedelta(days=1)}, None),
    ],
)
def test_a_deadline_follows_its_field(
    value: object, deadline: dict[str, Any], moment: datetime | None
) -> None:
    assert due({"promised": value}, until="promised", **deadline) == moment


@pytest.mark.parametrize(
    ("deadline", "moment"),
    [
        ({"at": "09:00", "working": timedelta(days=3)}, at(20, 9)),
        ({"at": "09:00", "calendar": timedelta(days=7)}, at(18, 9)),
        ({"working_hours": timedelta(hours=8)}, at(25, 9)),
    ],
)
def test_something_can_be_due_before_a_date(deadline: dict[str, Any], moment: datetime) -> None:
    assert due({"promised": date(2026, 11, 25)}, before="promised", **deadline) == moment


def test_how_long_something_is_overdue_is_counted_as_the_time_it_was_given() -> None:
    friday, monday = at(20, 17), at(23, 10)
    day, hour = timedelta(days=1), timedelta(hours=1)
    given_ = [DeadlineDef(working=day), DeadlineDef(working_hours=hour), DeadlineDef()]

    found = [overdue_by(one, friday, monday, CHINA) for one in given_]

    assert found == [timedelta(hours=17), timedelta(hours=2), timedelta(hours=65)]


def test_nothing_is_overdue_before_it_is_due() -> None:
    assert overdue_by(DeadlineDef(), at(23, 10), FRIDAY, CHINA) == timedelta(0)


def test_a_rest_of_three_days_moves_what_is_due_by_the_time_that_was_left() -> None:
    four_hours = DeadlineDef(working_hours=timedelta(hours=4))

    later = paused(four_hours, at(23, 12), CHINA, since=at(20, 18), now=at(25, 9))

    assert later == at(25, 12)


def test_what_follows_a_date_does_not_rest() -> None:
    dated = DeadlineDef(until="promised")

    assert paused(dated, at(25, 0), CHINA, since=at(23, 9), now=at(24, 9)) == at(25, 0)


def test_what_was_overdue_when_the_rest_began_stays_so() -> None:
    one = DeadlineDef(working=timedelta(days=1))

    assert paused(one, at(20, 9), CHINA, since=at(20, 10), now=at(24, 9)) == at(20, 9)


@given(MINUTES, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_something_becomes_overdue_exactly_after_it_was_due(
    later: timedelta, span: timedelta
) -> None:
    deadline, start = DeadlineDef(working=span), FRIDAY - later
    ends = due_at(deadline, start, {}, CHINA)

    assert ends is not None
    assert overdue_by(deadline, ends, ends, CHINA) == timedelta(0)
    assert CHINA.working_time(start, ends) == span
