"""Which moment a text means."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from engine.moments import day, is_moment, moment

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 31, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("+0d", NOW),
        ("-12d", datetime(2026, 3, 19, 9, 30, tzinfo=ZONE)),
        ("+2h", datetime(2026, 3, 31, 11, 30, tzinfo=ZONE)),
        ("+30min", datetime(2026, 3, 31, 10, 0, tzinfo=ZONE)),
        ("-2w", datetime(2026, 3, 17, 9, 30, tzinfo=ZONE)),
        ("-1mo", datetime(2026, 2, 28, 9, 30, tzinfo=ZONE)),
        ("+1y", datetime(2027, 3, 31, 9, 30, tzinfo=ZONE)),
        ("-3d 14:20", datetime(2026, 3, 28, 14, 20, tzinfo=ZONE)),
        ("2026-03-02 09:00", datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)),
        ("2026-03-02T09:00:05", datetime(2026, 3, 2, 9, 0, 5, tzinfo=ZONE)),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=ZONE)),
    ],
)
def test_a_moment_is_seen_from_now_or_written_out(text: str, meant: datetime) -> None:
    assert is_moment(text)
    assert moment(text, NOW) == meant
    assert day(text, NOW) == meant.date()


def test_a_day_at_the_end_of_a_month_stays_in_the_shorter_one() -> None:
    assert day("-1mo", NOW) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "text", ["3d", "yesterday", "+3", "-3d 25:00", "2026-02-30", "", "+3d 9:00", "-1d\n"]
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_moment(text)
    if "25" not in text:
        with pytest.raises(ValueError):  # noqa: PT011 - each in its own words
            moment(text, NOW)
