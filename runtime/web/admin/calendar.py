"""How does an administrator look after the working calendar?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.keep_calendar import (
    FIRST,
    LAST,
    DaysSaid,
    day_shown,
    month_shown,
    needs_entering,
    said_in,
    say_days,
    say_week,
    say_year,
)
from runtime.use_cases.name_values import name_people
from runtime.use_cases.recount_deadlines import last_recount
from runtime.use_cases.working_hours import write_hours
from runtime.web.admin.calendar_words import MONTHS, WEEKDAYS, holiday
from runtime.web.answers import UNPROCESSABLE, asked_by_module, moved_on, part
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

WHERE = "/admin/calendar"
WORKING = {"work": True, "off": False, "rule": None}


def pages(services: Services) -> Blueprint:
    """Return the pages about working days."""
    blueprint = Blueprint("calendar_admin", __name__)

    @blueprint.get(WHERE)
    @administrator
    def show_calendar(visit: Visit) -> ResponseReturnValue:
        return _calendar(services, visit)

    @blueprint.get(f"{WHERE}/<day>")
    @administrator
    def ask_about_day(visit: Visit, day: str) -> ResponseReturnValue:
        return _sheet(services, visit, _day(day))

    @blueprint.post(f"{WHERE}/<day>")
    @administrator
    def change_day(visit: Visit, day: str) -> ResponseReturnValue:
        found = _day(day)
        wrong = say_days(services, visit.person, _said(found, found))
        if wrong is not None:
            return _sheet(services, visit, found, wrong)
        say = sayer(visit.locale)
        note(say("{day} 已保存", day=found.isoformat()))
        return moved_on(_month_of(found))

    _add_changes(services, blueprint)
    return blueprint


def _add_changes(services: Services, blueprint: Blueprint) -> None:
    @blueprint.post(f"{WHERE}/days")
    @administrator
    def change_days(visit: Visit) -> ResponseReturnValue:
        first, last = _typed("first"), _typed("last") or _typed("first")
        if first is None or last is None:
            return _calendar(services, visit, error=Message("请选择日期")), UNPROCESSABLE
        wrong = say_days(services, visit.person, _said(first, last))
        if wrong is not None:
            return _calendar(services, visit, error=wrong), UNPROCESSABLE
        note(sayer(visit.locale)("这些日期已保存"))
        return redirect(_month_of(first), 303)

    @blueprint.post(f"{WHERE}/week")
    @administrator
    def change_week(visit: Visit) -> ResponseReturnValue:
        texts = [request.form.get(f"hours-{n}", "") for n in range(7)]
        wrong = say_week(services, visit.person, texts)
        if wrong:
            return _calendar(services, visit, week_errors=wrong), UNPROCESSABLE
        note(sayer(visit.locale)("工作时间已保存"))
        return redirect(WHERE, 303)

    @blueprint.post(f"{WHERE}/year/<int:year>")
    @administrator
    def change_year(visit: Visit, year: int) -> ResponseReturnValue:
        wrong = say_year(services, visit.person, year, request.form.get("entered") == "1")
        if wrong is not None:
            return _calendar(services, visit, error=wrong), UNPROCESSABLE
        return redirect(f"{WHERE}?month={year}-01", 303)


def _calendar(
    services: Services,
    visit: Visit,
    error: Message | None = None,
    week_errors: Mapping[int, Message] | None = None,
) -> str:
    year, month = _asked_month(services)
    shown = date(year, month, 1)
    said = said_in(services, year)
    usual = [write_hours(services.calendar.usual_hours(n)) for n in range(7)]
    return show(
        services,
        visit,
        "admin/calendar.html",
        active="calendar",
        weeks=month_shown(services, year, month),
        year=year,
        month=month,
        months=MONTHS,
        weekdays=WEEKDAYS,
        before=_month_of(shown - timedelta(days=1)),
        after=_month_of(shown + timedelta(days=31)),
        today=services.today(services.now()),
        unannounced=needs_entering(services, year),
        entered=year in services.calendar.said.years,
        said=said,
        people=name_people(services, {one.changed_by for one in said if one.changed_by}),
        usual=[request.form.get(f"hours-{n}", text) for n, text in enumerate(usual)],
        error=error,
        week_errors=week_errors or {},
        recounted=_recounted(services),
        **_shown_with(visit),
    )


def _recounted(services: Services) -> Message | None:
    """Say what the last change of the calendar meant for what is under way."""
    last = last_recount(services)
    if last is None:
        return None
    if last.open:
        return Message("日历有改动，进行中的审批和待办的期限正在重新计算，稍后刷新可看到结果")
    return Message(
        "{at} 按改动后的日历重新计算了 {n} 个进行中的审批和 {tasks} 件待办，"
        "其中 {moved} 件的期限有变化",
        at=f"{services.local(last.ended_at or last.created_at):%Y-%m-%d %H:%M}",
        n=last.result.get("approvals", 0),
        tasks=last.result.get("tasks", 0),
        moved=last.result.get("moved", 0),
    )


def _sheet(
    services: Services, visit: Visit, day: date, error: Message | None = None
) -> ResponseReturnValue:
    found = day_shown(services, day)
    values: dict[str, Any] = {
        "active": "calendar",
        "found": found,
        "heading": f"{day} {sayer(visit.locale)(WEEKDAYS[day.weekday()].text)}",
        "error": error,
        "base": _month_of(day),
        "choice": request.form.get("working") or ("off" if found.working else "work"),
        "reason": request.form.get("reason", found.said.reason if found.said else ""),
        "hours": request.form.get(
            "hours", write_hours(found.said.hours or ()) if found.said else ""
        ),
        "unannounced": needs_entering(services, day.year),
        **_shown_with(visit),
    }
    status = UNPROCESSABLE if error else 200
    sheet = "admin/calendar_day.html"
    if asked_by_module():
        return part(show(services, visit, sheet, nav=None, **values), status)
    return show(services, visit, "sheet_page.html", sheet=sheet, **values), status


def _shown_with(visit: Visit) -> dict[str, Any]:
    say = sayer(visit.locale)
    return {"holiday": lambda names: holiday(say, names), "write_hours": write_hours}


def _said(first: date, last: date) -> DaysSaid:
    return DaysSaid(
        first=first,
        last=last,
        working=WORKING.get(request.form.get("working", "rule")),
        hours=request.form.get("hours", ""),
        reason=request.form.get("reason", ""),
    )


def _asked_month(services: Services) -> tuple[int, int]:
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        asked = services.today(services.now())
    return (asked.year, asked.month) if FIRST <= asked.year <= LAST else (FIRST, 1)


def _month_of(day: date) -> str:
    return f"{WHERE}?month={day:%Y-%m}"


def _typed(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if not FIRST <= found.year <= LAST:
        raise NotFound
    return found
