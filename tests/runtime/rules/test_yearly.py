"""A date of a record comes again each year, once each time, also the one of 29 February."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.use_cases.rules.backtest import backtest
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.workspaces import DATABASES

RULES = {
    "yearly": """
label: 周年
form: ticket
on: {type: date, field: due, yearly: true, days: [-1, 0]}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
"""
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def _told_at(ruled: Ruled, year: int, month: int, day: int) -> list[str]:
    """Let the rule look at the clock in the morning of a day; return whom it told of since."""
    before = ruled.notices("ann")
    now = datetime(year, month, day, 2, tzinfo=UTC)
    Ruled(replace(ruled.desk, services=replace(ruled.desk.services, clock=lambda: now))).tick()
    return sorted(ruled.notices("ann")[len(before) :])


def test_it_goes_off_each_year_and_once_a_year(ruled: Ruled) -> None:
    ruled.desk.made("ticket", "ann", name="春", due="2020-03-04")
    ruled.desk.made("ticket", "ann", name="闰", due="2020-02-29")
    ruled.desk.made("ticket", "ann", name="新", due="2027-03-04")
    ruled.desk.made("ticket", "ann", name="除夕", due="2020-12-31")

    assert _told_at(ruled, 2027, 2, 26) == []
    assert _told_at(ruled, 2027, 2, 27) == ["闰"]  # the day before
    assert _told_at(ruled, 2027, 2, 28) == ["闰"]  # a year without the 29th
    assert _told_at(ruled, 2027, 3, 1) == []
    assert _told_at(ruled, 2027, 3, 4) == ["春", "春"]  # the new one has no anniversary yet
    assert _told_at(ruled, 2027, 3, 5) == []
    assert _told_at(ruled, 2028, 1, 1) == ["除夕", "除夕"]  # over the turn of the year
    assert _told_at(ruled, 2028, 2, 28) == ["闰"]
    assert _told_at(ruled, 2028, 2, 29) == ["闰"]
    assert _told_at(ruled, 2028, 3, 4) == ["新", "新", "春", "春"]


def test_the_backtest_finds_the_same_days(ruled: Ruled) -> None:
    ruled.desk.made("ticket", "ann", name="闰", due="2020-02-29")
    now = datetime(2028, 3, 2, 2, tzinfo=UTC)
    services = replace(ruled.desk.services, clock=lambda: now)
    found = backtest(services, services.apps["desk"].rules["yearly"], days=800)
    assert [f"{hit.at:%Y-%m-%d}" for hit in found.hits] == [
        "2028-02-29",
        "2028-02-28",
        "2027-02-28",
        "2027-02-27",
    ]
