"""Does each trigger hear what it waits for, and ask for the right records?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.rules.happened import Happened
from engine.rules.looking import Looking
from engine.rules.span import Span
from engine.rules.trigger import Trigger
from engine.rules.triggers.approval_ended import ApprovalEnded
from engine.rules.triggers.changed import Changed
from engine.rules.triggers.commented import Commented
from engine.rules.triggers.created import Created
from engine.rules.triggers.date import DateComes, anniversary
from engine.rules.triggers.deleted import Deleted
from engine.rules.triggers.evidence_expired import EvidenceExpired
from engine.rules.triggers.evidence_reviewed import EvidenceReviewed
from engine.rules.triggers.overdue import Overdue
from engine.rules.triggers.schedule import Schedule
from engine.rules.triggers.silent import Silent
from engine.rules.triggers.stage_entered import StageEntered
from engine.rules.triggers.stage_left import StageLeft
from engine.rules.window import Window
from tests.engine.calendars import SHANGHAI, Weekly

CALENDAR = Weekly()
MOVED = {"stage": ["open", "fixing"]}


def _happened(kind: str, **more: Any) -> Happened:
    return Happened(kind=kind, **more)


@pytest.mark.parametrize(
    ("trigger", "happened"),
    [
        (Created(), _happened("created")),
        (Changed(fields=("cost",)), _happened("edited", changes={"cost": [1, 2]})),
        (Changed(fields=("owner",)), _happened("transferred", changes={"owner": ["a", "b"]})),
        (Deleted(), _happened("deleted")),
        (StageEntered(stages=("fixing",)), _happened("advanced", changes=MOVED)),
        (StageEntered(stages=("open",)), _happened("created", stage="open")),
        (StageLeft(stages=("open",)), _happened("advanced", changes=MOVED)),
        (Commented(), _happened("commented", data={"text": "好"})),
        (Commented(words=("加急",)), _happened("commented", data={"text": "请加急"})),
        (EvidenceReviewed(), _happened("evidence_reviewed", data={"verdict": "accepted"})),
        (ApprovalEnded(), _happened("approval.ended", data={"outcome": "agreed"})),
        (
            ApprovalEnded(workflow="review", outcomes=("refused",)),
            _happened("approval.ended", data={"outcome": "refused", "workflow": "review"}),
        ),
        (
            EvidenceReviewed(verdict="rejected", items=("minutes",)),
            _happened("evidence_reviewed", data={"verdict": "rejected", "item": "minutes"}),
        ),
    ],
)
def test_it_hears_what_it_waits_for(trigger: Trigger, happened: Happened) -> None:
    assert trigger.hears(happened)


@pytest.mark.parametrize(
    ("trigger", "happened"),
    [
        (Created(), _happened("edited")),
        (Changed(fields=("cost",)), _happened("created", changes={"cost": [None, 2]})),
        (Changed(fields=("cost",)), _happened("edited", changes={"name": [1, 2]})),
        (Deleted(), _happened("restored")),
        (StageEntered(stages=("open",)), _happened("advanced", changes=MOVED)),
        (StageEntered(stages=("open",)), _happened("edited", stage="open")),
        (StageLeft(stages=("fixing",)), _happened("advanced", changes=MOVED)),
        (Commented(words=("加急",)), _happened("commented", data={"text": "不急"})),
        (ApprovalEnded(), _happened("approval.agree")),
        (
            ApprovalEnded(outcomes=("refused",)),
            _happened("approval.ended", data={"outcome": "agreed"}),
        ),
        (
            ApprovalEnded(workflow="review"),
            _happened("approval.ended", data={"outcome": "agreed", "workflow": "other"}),
        ),
        (
            EvidenceReviewed(verdict="rejected"),
            _happened("evidence_reviewed", data={"verdict": "accepted"}),
        ),
        (
            EvidenceReviewed(items=("minutes",)),
            _happened("evidence_reviewed", data={"verdict": "accepted", "item": "photo"}),
        ),
        (Silent(after=Span(calendar=timedelta(days=1))), _happened("edited")),
    ],
)
def test_it_hears_nothing_else(trigger: Trigger, happened: Happened) -> None:
    assert not trigger.hears(happened)


def _windows(trigger: Trigger, now: datetime, **more: Any) -> tuple[Window, ...]:
    return trigger.windows(Looking(now=now, calendar=CALENDAR, **more))


def test_a_stage_is_overdue_by_its_own_time_or_by_what_it_expects() -> None:
    now = datetime(2026, 3, 11, 10, tzinfo=SHANGHAI)  # a Wednesday
    expected = {"open": timedelta(days=2), "fixing": timedelta(days=4)}

    [only] = _windows(
        Overdue(stages=("open",), after=Span(calendar=timedelta(days=4))), now, expected=expected
    )
    own = _windows(Overdue(), now, expected=expected)

    assert (only.stage, only.until) == ("open", now - timedelta(days=4))
    assert {one.stage: one.until for one in own} == {
        "open": now - timedelta(days=2),
        "fixing": datetime(2026, 3, 5, 10, tzinfo=SHANGHAI),
    }


def test_working_hours_count_only_while_people_work() -> None:
    now = datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)  # a Monday, an hour after work began

    [window] = _windows(Silent(after=Span(working_hours=timedelta(hours=2))), now)

    assert window.until == datetime(2026, 3, 6, 17, tzinfo=SHANGHAI)


def test_days_before_a_date_can_be_working_days() -> None:
    now = datetime(2026, 3, 6, 9, tzinfo=SHANGHAI)  # a Friday
    field = DateComes(field="due", days=(-1,), working=True)

    [window] = _windows(field, now)

    assert window.until == date(2026, 3, 9)
    assert field.goes_off(date(2026, 3, 9), -1, CALENDAR) == now
    [plain] = _windows(DateComes(field="due", days=(-1,)), now)
    assert (plain.until, plain.number) == (date(2026, 3, 7), -1)


def test_a_date_comes_at_its_time_of_day_and_stays_come_for_so_many_days() -> None:
    before = datetime(2026, 3, 6, 17, 59, tzinfo=SHANGHAI)
    trigger = DateComes(field="due", at="18:00", late=1)

    [early] = _windows(trigger, before)
    [then] = _windows(trigger, before + timedelta(minutes=1))

    assert (early.until, early.after) == (date(2026, 3, 5), date(2026, 3, 3))
    assert (then.until, then.after) == (date(2026, 3, 6), date(2026, 3, 4))


@pytest.mark.parametrize(
    ("held", "year", "day"),
    [
        (date(1988, 3, 4), 2026, date(2026, 3, 4)),
        (date(2000, 2, 29), 2026, date(2026, 2, 28)),
        (date(2000, 2, 29), 2028, date(2028, 2, 29)),
    ],
)
def test_a_date_comes_again_each_year(held: date, year: int, day: date) -> None:
    assert anniversary(held, year) == day


def test_the_days_on_which_a_date_comes_again_are_counted_like_any_others() -> None:
    now = datetime(2026, 1, 2, 9, tzinfo=SHANGHAI)
    [window] = _windows(DateComes(field="due", yearly=True, days=(-3,), late=1), now)
    assert window.anniversaries == (date(2026, 1, 4), date(2026, 1, 5))


@pytest.mark.parametrize(
    ("trigger", "days"),
    [
        (Schedule(every="day"), [2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (Schedule(every="day", working=True), [2, 3, 4, 5, 6, 9, 10]),
        (Schedule(every="week", on=("monday", "friday")), [2, 6, 9]),
        (Schedule(every="month", day=5), [5]),
    ],
)
def test_a_schedule_falls_on_its_days(trigger: Schedule, days: list[int]) -> None:
    since = datetime(2026, 3, 2, 0, tzinfo=UTC)
    times = trigger.times(since, datetime(2026, 3, 10, 12, tzinfo=UTC), CALENDAR)

    found = list(times)

    assert [one.day for one in found] == days
    assert {one.astimezone(SHANGHAI).hour for one in found} == {9}


def test_the_last_day_of_a_month_stands_in_for_one_that_it_lacks() -> None:
    since = datetime(2026, 2, 20, tzinfo=UTC)

    [only] = Schedule(every="month", day=31).times(
        since, datetime(2026, 3, 20, tzinfo=UTC), CALENDAR
    )

    assert only.date() == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("trigger", "option"),
    [
        (Silent(after=Span()), "after"),
        (Silent(after=Span(calendar=timedelta(1), working=timedelta(1))), "after"),
        (Silent(after=Span(calendar=timedelta(1)), repeat=Span(), most=2), "repeat"),
        (Silent(after=Span(calendar=timedelta(1)), of="item"), "of"),
        (Silent(after=Span(calendar=timedelta(1)), most=2), "most"),
        (Overdue(after=Span()), "after"),
        (DateComes(field="due", days=()), "days"),
        (DateComes(field="due", days=(1, 1)), "days"),
        (Schedule(every="week"), "on"),
        (Schedule(every="day", on=("monday",)), "on"),
        (Schedule(every="month"), "day"),
        (Schedule(every="day", day=3), "day"),
    ],
)
def test_options_that_do_not_go_together_are_told(trigger: Trigger, option: str) -> None:
    assert [name for name, _ in trigger.mistakes()] == [option]


def test_evidence_is_asked_for_by_its_date_and_by_its_age() -> None:
    now = datetime(2026, 3, 21, 10, tzinfo=SHANGHAI)
    evidence = {"minutes": None, "photo": timedelta(days=10)}
    late = EvidenceExpired(days=(0,), at="10:30", late=1)
    of_photos = EvidenceExpired(items=("photo",))

    [dated, aged] = of_photos.windows(Looking(now=now, calendar=CALENDAR, evidence=evidence))
    [before_its_time, _] = late.windows(Looking(now=now, calendar=CALENDAR, evidence=evidence))

    assert (dated.field, dated.until, dated.after) == (
        "expires_on",
        date(2026, 3, 20),
        date(2026, 3, 17),
    )
    assert (aged.field, aged.until) == ("added_at", now - timedelta(days=10))
    assert (dated.evidence, aged.evidence) == (("photo",), ("photo",))
    assert (before_its_time.until, before_its_time.after) == (date(2026, 3, 19), date(2026, 3, 17))
    assert before_its_time.evidence == ("minutes", "photo")
