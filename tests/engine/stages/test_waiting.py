from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.definition.stage import StageDef
from engine.stages.waiting import mark, working_time_in_stage
from runtime.calendar import ChineseCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = ChineseCalendar("Asia/Shanghai")
STAGE = StageDef(id="open", label="待处理", expect=timedelta(days=7), red=timedelta(days=10))


@pytest.mark.parametrize(
    ("days", "colour"), [(7, "none"), (7.1, "yellow"), (10, "yellow"), (10.1, "red")]
)
def test_a_stage_turns_yellow_and_red_after_its_times(days: float, colour: str) -> None:
    assert mark(STAGE, timedelta(days=days)) == colour


def test_without_a_limit_red_begins_at_twice_the_expected_time() -> None:
    stage = StageDef(id="open", label="待处理", expect=timedelta(days=2))

    assert mark(stage, timedelta(days=4)) == "yellow"
    assert mark(stage, timedelta(days=4.1)) == "red"


def test_a_stage_that_ends_the_path_is_never_late() -> None:
    stage = StageDef(id="won", label="完成", expect=timedelta(days=1), outcome="won")

    assert mark(stage, timedelta(days=99)) == "none"


def test_weekends_do_not_count() -> None:
    friday = datetime(2026, 11, 20, 18, tzinfo=SHANGHAI)
    monday = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)

    assert working_time_in_stage(friday, monday, CALENDAR) == timedelta(hours=15)


def test_statutory_holidays_do_not_count_and_days_worked_in_exchange_do() -> None:
    before = datetime(2026, 9, 30, 12, tzinfo=SHANGHAI)
    after = datetime(2026, 10, 11, 0, tzinfo=SHANGHAI)

    assert working_time_in_stage(before, after, CALENDAR) == timedelta(days=3, hours=12)
