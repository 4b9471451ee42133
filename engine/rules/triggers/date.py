"""The `date` trigger."""

from calendar import isleap
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.looking import Looking
from engine.rules.stretch import Stretch
from engine.rules.trigger import Trigger
from engine.rules.window import Window
from engine.wording import Message
from engine.worktime import WorkCalendar

DAY = timedelta(days=1)
FURTHEST = 400
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class DateComes(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="date"):
    """A date of the record comes, or comes near, or is past by some days."""

    title: ClassVar = {"zh": "日期临近或到期", "en": "A date comes"}
    about: ClassVar = {
        "zh": "离某个日期还有（或已过）若干天时触发；日期改了，按新日期重新触发。",
        "en": "Goes off some days before, on or after a date; when the date moves, anew.",
    }
    titles: ClassVar = {
        "field": ("哪个日期", "Date"),
        "days": ("提前或之后几天", "Days", "-7 是提前七天，0 是当天", "-7 is a week before"),
        "working": ("只算工作日", "Working days"),
        "at": ("几点", "At", "如 09:00", "As 09:00"),
        "yearly": (
            "每年都触发",
            "Every year",
            "从满一年起，每年的这一天；2 月 29 日在平年按 28 日算",
            "From a year later on; 29 February counts as the 28th in common years",
        ),
        "late": ("最多补几天", "Late by", "晚于它就不再触发", "Later it does not go off"),
    }
    by_clock: ClassVar = True

    field: Id
    """A date or a moment of the record."""
    days: tuple[Annotated[int, Meta(ge=-FURTHEST, le=FURTHEST)], ...] = (0,)
    """On which days: -7 is seven days before, 0 the day itself, 3 three days after."""
    working: bool = False
    """Count working days."""
    at: Annotated[str, Meta(pattern=CLOCK)] = "09:00"
    """From which time of that day."""
    yearly: bool = False
    """Each year anew, from a year after the date on: a birthday, an anniversary. Where a year has
    no 29 February, the 28th counts."""
    late: Annotated[int, Meta(ge=0, le=60)] = 2
    """So many days later it still goes off, as for records made meanwhile; then no more."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if len(set(self.days)) != len(self.days) or not self.days:
            yield "days", Message("天数不能为空，也不能重复")

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        local = looking.now.astimezone(looking.calendar.zone)
        reached = local.date() if f"{local:%H:%M}" >= self.at else local.date() - DAY
        gone = reached - (self.late + 1) * DAY
        return tuple(
            self._window(
                self._base(gone, offset, looking.calendar),
                self._base(reached, offset, looking.calendar),
                offset,
            )
            for offset in self.days
        )

    def _window(self, after: date, until: date, offset: int) -> Window:
        if not self.yearly:
            return Window(field=self.field, until=until, after=after, number=offset)
        days = tuple(after + step * DAY for step in range(1, (until - after).days + 1))
        return Window(field=self.field, until=until, anniversaries=days, number=offset)

    def _base(self, reached: date, offset: int, calendar: WorkCalendar) -> date:
        """Return the latest date whose day of going off has come by then."""
        if not self.working:
            return reached - offset * DAY
        base = reached - offset * DAY + (2 * abs(offset) + 30) * DAY
        while shifted(base, offset, calendar) > reached:
            base -= DAY
        return base

    @property
    def watched(self) -> str | None:
        return self.field

    def moments(self, stretch: Stretch) -> Iterator[datetime]:
        held = stretch.record.values.get(self.field)
        if isinstance(held, datetime):
            held = held.astimezone(stretch.calendar.zone).date()
        if isinstance(held, date):
            for base in self._bases(held, stretch):
                moments = (self.goes_off(base, offset, stretch.calendar) for offset in self.days)
                yield from (moment for moment in moments if stretch.has(moment))

    def _bases(self, held: date, stretch: Stretch) -> Iterator[date]:
        """Yield the days from which it counts: the date, or where it comes again each year."""
        if not self.yearly:
            yield held
            return
        # Days before and after a date may lie in another year than the date itself.
        first = max(held.year + 1, stretch.start.year - 2)
        yield from (anniversary(held, year) for year in range(first, stretch.end.year + 3))

    def goes_off(self, base: date, offset: int, calendar: WorkCalendar) -> datetime:
        """Return the moment at which it goes off for a date."""
        day = shifted(base, offset, calendar) if self.working else base + offset * DAY
        hour, minute = map(int, self.at.split(":"))
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=calendar.zone)


def anniversary(of: date, year: int) -> date:
    """Return the day of a year on which a date comes again; 29 February is the 28th where there
    is none."""
    leap_day = (of.month, of.day) == (2, 29)
    return of.replace(year=year, day=28) if leap_day and not isleap(year) else of.replace(year=year)


def shifted(day: date, offset: int, calendar: WorkCalendar) -> date:
    """Return the day so many working days later, or earlier; for 0, the day or the working day
    before it."""
    step = DAY if offset > 0 else -DAY
    left = abs(offset)
    while left or not calendar.is_working_day(day):
        day += step
        left -= left > 0 and calendar.is_working_day(day)
    return day
