"""How does an administrator say on which days the company works?"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.record import Actor
from engine.wording import Message
from engine.worktime import DAY, Window
from runtime.calendar import Statutory, announced, statutory
from runtime.services import Services
from runtime.store.calendar_days import SaidDay, told
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.unit import Unit
from runtime.use_cases.recount_deadlines import recount_later
from runtime.use_cases.working_hours import read_hours

FIRST, LAST = 2000, 2099
LONGEST_RANGE = timedelta(days=62)
LONGEST_REASON = 100


@dataclass(frozen=True, kw_only=True)
class DayShown:
    """One day of the calendar, and why it is as it is."""

    day: date
    working: bool
    by_rule: bool
    """Whether people would work if nobody had said anything here."""
    statutory: Statutory | None
    said: SaidDay | None
    hours: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True)
class DaysSaid:
    """What an administrator says about some days: worked, off, or as the rule has it."""

    first: date
    last: date
    working: bool | None
    hours: str = ""
    reason: str = ""


def day_shown(services: Services, day: date) -> DayShown:
    """Return a day with what is known about it."""
    days = services.calendar
    return DayShown(
        day=day,
        working=days.is_working_day(day),
        by_rule=days.works_by_rule(day),
        statutory=statutory(day),
        said=days.said.days.get(day),
        hours=days.hours(day),
    )


def month_shown(services: Services, year: int, month: int) -> tuple[tuple[DayShown, ...], ...]:
    """Return the weeks of a month from Monday on, with the days of its neighbours in them."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return tuple(tuple(day_shown(services, day) for day in week) for week in weeks)


def said_in(services: Services, year: int) -> tuple[SaidDay, ...]:
    """Return what the workspace says about days of a year, in their order."""
    said = services.calendar.said.days
    return tuple(said[day] for day in sorted(said) if day.year == year)


def needs_entering(services: Services, year: int) -> bool:
    """Tell whether the holidays of a year are not known here, so that weekends rule it."""
    return not services.calendar.known(year)


def say_days(services: Services, actor: Actor, said: DaysSaid) -> Message | None:
    """Say whether people work on some days, or let them follow the rule again; or say why not."""
    hours = read_hours(said.hours) if said.working else ()
    wrong = hours if isinstance(hours, Message) else _wrong(said)
    if wrong is not None or isinstance(hours, Message):
        return wrong
    days = [said.first + n * DAY for n in range((said.last - said.first).days + 1)]
    now = services.now()
    with services.store.unit() as unit:
        if said.working is None:
            for day in days:
                unit.calendar.unsay(day)
        else:
            unit.calendar.say(
                SaidDay(
                    day=day,
                    working=said.working,
                    hours=hours or None,
                    reason=said.reason.strip(),
                    changed_at=now,
                    changed_by=actor.id,
                )
                for day in days
            )
        _note(services, unit, actor, _told(said))
        recount_later(unit, now)
    services.calendar.forget()
    return None


def say_week(services: Services, actor: Actor, texts: Sequence[str]) -> Mapping[int, Message]:
    """Say when people work on each day of the week, from Monday on; or what is wrong, by day."""
    read = [read_hours(text) for text in texts]
    wrong = {n: found for n, found in enumerate(read) if isinstance(found, Message)}
    week = [found for found in read if not isinstance(found, Message)]
    if not wrong and not any(week):
        wrong[0] = Message("一周里至少要有一天上班")
    if wrong:
        return wrong
    with services.store.unit() as unit:
        unit.calendar.say_week(week, services.now(), actor.id)
        _note(services, unit, actor, {"week": [told(hours) for hours in week]})
        recount_later(unit, services.now())
    services.calendar.forget()
    return {}


def say_year(services: Services, actor: Actor, year: int, entered: bool) -> Message | None:
    """Say that the holidays of a year are entered, or not after all; or say why not."""
    if not FIRST <= year <= LAST or announced(year):
        return Message("{year} 年的放假安排已经公布", year=year)
    with services.store.unit() as unit:
        unit.calendar.say_year(year, entered, services.now(), actor.id)
        _note(services, unit, actor, {"year": year, "entered": entered})
    services.calendar.forget()
    return None


def _wrong(said: DaysSaid) -> Message | None:
    if not FIRST <= said.first.year <= said.last.year <= LAST:
        return Message("日期要在 {first} 到 {last} 年之间", first=FIRST, last=LAST)
    if said.last < said.first:
        return Message("结束日期不能早于开始日期")
    if said.last - said.first >= LONGEST_RANGE:
        return Message("一次最多调整 {most} 天", most=LONGEST_RANGE.days)
    if said.working is not None and not 1 <= len(said.reason.strip()) <= LONGEST_REASON:
        return Message("请写明原因，最多 {most} 个字", most=LONGEST_REASON)
    return None


def _told(said: DaysSaid) -> dict[str, object]:
    found: dict[str, object] = {"first": str(said.first), "last": str(said.last)}
    return {**found, "working": said.working, "hours": said.hours, "reason": said.reason}


def _note(services: Services, unit: Unit, actor: Actor, data: Mapping[str, object]) -> None:
    now = services.now()
    unit.events.add(Event(id=new_id(now), at=now, kind="calendar", actor=actor.id, data=data))
