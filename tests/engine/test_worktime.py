from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.worktime import (
    Windows,
    WorkCalendar,
    add,
    add_working,
    add_working_hours,
    every_hour,
    measure,
    working_days,
    working_hours,
)
from runtime.calendar import ChineseCalendar
from tests.engine.calendars import SHANGHAI, Weekly

CHINA = ChineseCalendar("Asia/Shanghai")
SOME_DAYS = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40)
CALENDARS = st.builds(Weekly, off=SOME_DAYS, worked=SOME_DAYS) | st.just(CHINA)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=366)).map(
    lambda later: datetime(2026, 1, 1, tzinfo=UTC) + later
)
SPANS = st.timedeltas(timedelta(days=-60), timedelta(days=60))
COUNTED = st.sampled_from([working_days, working_hours, lambda _: every_hour])


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@given(CALENDARS, COUNTED, MOMENTS, SPANS)
def test_what_is_added_is_what_is_measured_after_it(
    calendar: WorkCalendar, counted: object, start: datetime, span: timedelta
) -> None:
    windows: Windows = counted(calendar)  # type: ignore[operator]  # asked of three functions

    assert measure(windows, calendar.zone, start, add(windows, calendar.zone, start, span)) == span


@given(CALENDARS, COUNTED, MOMENTS, SPANS, SPANS)
def test_a_longer_span_never_ends_earlier(
    calendar: WorkCalendar, counted: object, start: datetime, one: timedelta, other: timedelta
) -> None:
    windows: Windows = counted(calendar)  # type: ignore[operator]  # asked of three functions
    shorter, longer = sorted((one, other))
    ends = [add(windows, calendar.zone, start, span) for span in (shorter, longer)]

    assert ends == sorted(ends)


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_the_parts_of_a_stretch_sum_up_to_it(
    calendar: WorkCalendar, first: datetime, second: datetime, third: datetime
) -> None:
    first, second, third = sorted((first, second, third))
    parts = calendar.working_time(first, second) + calendar.working_time(second, third)

    assert calendar.working_time(first, third) == parts


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (at(19, 10), timedelta(days=2), at(23, 10)),
        (at(20, 18), timedelta(hours=6), at(21, 0)),
        (at(20, 18), timedelta(hours=7), at(23, 1)),
        (at(21, 15), timedelta(days=1), at(24, 0)),
        (at(23, 10), timedelta(days=-2), at(19, 10)),
        (at(22, 15), timedelta(days=-1), at(20, 0)),
        (at(22, 15), timedelta(0), at(22, 15)),
    ],
)
def test_working_days_pass_over_weekends(start: datetime, span: timedelta, end: datetime) -> None:
    assert add_working(CHINA, start, span) == end


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(20, 17), 4, at(23, 12)),
        (at(20, 11, 30), 1, at(20, 13, 30)),
        (at(20, 20), 1, at(23, 10)),
        (at(20, 7), 8, at(20, 18)),
        (at(23, 9, 30), -1, at(20, 17, 30)),
    ],
)
def test_working_hours_pass_over_nights_noons_and_weekends(
    start: datetime, hours: int, end: datetime
) -> None:
    assert add_working_hours(CHINA, start, timedelta(hours=hours)) == end


def test_a_holiday_is_passed_over_and_a_day_worked_in_exchange_is_not() -> None:
    before = datetime(2026, 9, 30, 12, tzinfo=SHANGHAI)

    assert add_working(CHINA, before, timedelta(days=3)) == at(10, 12, month=10)


def test_a_calendar_without_working_time_ends_somewhere() -> None:
    never = Weekly(off=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(40_000)))

    assert add_working(never, at(20, 9), timedelta(days=1)) == at(20, 9)
