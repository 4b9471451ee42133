"""Random values of every kind, nulls and hard cases among them, from a seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from engine.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    INTEGER,
    LOCAL_DATETIME,
    MONTHS,
    NUMBER,
    TEXT,
    TIME,
    Env,
    Scope,
    YearsMonths,
    list_of,
    number,
)

SCOPE = Scope(
    {
        "a": NUMBER, "b": NUMBER, "m": number(2), "p": number(12), "q": number(12), "n": INTEGER,
        "k": INTEGER, "d": DATE, "e": DATE, "t": TIME, "u": TIME, "w": DATETIME, "x": DATETIME,
        "l": LOCAL_DATETIME, "j": DAYS, "i": DAYS, "y": MONTHS, "z": MONTHS, "s": TEXT, "r": TEXT,
        "f": BOOLEAN, "c": list_of(NUMBER), "v": list_of(TEXT),
    }
)  # fmt: skip
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
_HARD = ("0", "0.5", "-0.5", "2.5", "-2.5", "1E+30", "5E-12", "-1", "100", "1E-30", "99.995")
_CHARACTERS = "aAbB1 .-é好ß\ue000\uffee😀🂡\n$"
_MIDNIGHTS = (date(2024, 2, 29), date(2026, 1, 31), date(1, 1, 1), date(9999, 12, 31))
_EARLY = datetime.fromisoformat("2024-01-01")


class Values:
    """Makes values; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._makers: dict[str, Callable[[], Any]] = {
            **dict.fromkeys("ab", self.decimal), "m": lambda: self.scaled(2, 10**11),
            **dict.fromkeys("pq", lambda: self.scaled(12, 10**18)),
            "n": lambda: self.random.randint(-(2**63), 2**63),
            "k": lambda: self.random.randint(-12, 20), "d": self.day, "e": self.near_day,
            **dict.fromkeys("tu", self.clock), **dict.fromkeys("wx", self.moment),
            "l": self.local, **dict.fromkeys("ji", self.span), **dict.fromkeys("yz", self.months),
            **dict.fromkeys("sr", self.text), "f": lambda: self.random.random() < 0.5,
            "c": lambda: self.some(self.decimal), "v": lambda: self.some(self.text),
        }  # fmt: skip

    def row(self) -> dict[str, Any]:
        """Return a row of SCOPE; one field in ten is null."""
        return {name: self.or_null(make, 0.1) for name, make in self._makers.items()}

    def env(self) -> Env:
        """Return a request in some zone, on a day when clocks change in one of them.

        Never in UTC: there Python gives a time of day an offset, and in other zones none.
        """
        zone = ZoneInfo(self.random.choice(ZONES[:-1]))
        now = datetime(2026, 3, 29, 4, 30, tzinfo=zone)
        return Env(now.date(), now, {"id": "p1"})

    def or_null(self, make: Callable[[], Any], share: float) -> Any:
        """Return a value, or null in a share of cases."""
        return None if self.random.random() < share else make()

    def some(self, make: Callable[[], Any]) -> tuple[Any, ...]:
        """Return a short list, often without a null."""
        share = self.random.choice((0, 0, 0.3))
        return tuple(self.or_null(make, share) for _ in range(self.random.randint(0, 5)))

    def scaled(self, places: int, most: int) -> Decimal:
        """Return a number with so many digits after the point."""
        return Decimal(self.random.randint(-most, most)).scaleb(-places)

    def decimal(self) -> Decimal:
        """Return a number: usual, hard, or with up to 34 digits anywhere."""
        match self.random.randint(0, 3):
            case 0:
                return Decimal(self.random.choice(_HARD))
            case 1:
                digits = 10 ** self.random.randint(1, 34) - 1
                return self.scaled(self.random.randint(-8, 36), digits)
            case _:
                return self.scaled(self.random.randint(0, 4), 10**6)

    def day(self) -> date:
        """Return any day there is, the first and the last among them."""
        if self.random.random() < 0.2:
            return self.random.choice(_MIDNIGHTS)
        return date.fromordinal(self.random.randint(1, date.max.toordinal()))

    def near_day(self) -> date:
        """Return a day of these years."""
        return date(2024, 1, 1) + timedelta(self.random.randint(0, 1200))

    def clock(self) -> time:
        """Return a time of day, often a round one."""
        micro = self.random.choice((0, 0, self.random.randint(0, 999_999)))
        return time(self.random.randint(0, 23), self.random.choice((0, 30, 59)), 7, micro)

    def local(self) -> datetime:
        """Return a moment without a zone."""
        return _EARLY + timedelta(minutes=self.random.randint(0, 1_500_000))

    def moment(self) -> datetime:
        """Return a moment in some zone, often near a change of the clocks.

        Never in an hour that the clocks skip or repeat: Python calls such a moment unequal to
        every moment of another zone.
        """
        local = self.local()
        if self.random.random() < 0.3:
            change = datetime.fromisoformat("2026-03-29")
            local = change + timedelta(minutes=15 * self.random.randint(0, 20))
        found = local.replace(tzinfo=ZoneInfo(self.random.choice(ZONES)))
        return found if found.utcoffset() == found.replace(fold=1).utcoffset() else self.moment()

    def span(self) -> timedelta:
        """Return a duration in days and time."""
        micro = self.random.choice((0, 0, self.random.randint(-(10**9), 10**9)))
        hours = self.random.randint(-50_000, 50_000)
        return timedelta(hours=hours, microseconds=micro)

    def months(self) -> YearsMonths:
        """Return a duration in years and months."""
        return YearsMonths(self.random.randint(-2400, 2400))

    def text(self) -> str:
        """Return a short text of characters that programs get wrong."""
        return "".join(self.random.choices(_CHARACTERS, k=self.random.randint(0, 5)))
