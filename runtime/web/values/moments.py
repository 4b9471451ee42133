"""How is a moment said to somebody who reads a page?"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from runtime.services import Services
from runtime.web.values.cells import Cells


def _(text: str) -> str:
    return text


TODAY, YESTERDAY = _("今天 {time}"), _("昨天 {time}")


def said_when(services: Services, cells: Cells, at: datetime) -> str:
    """Return a moment as people say it: by the clock today, by the date before."""
    today = services.today(services.now())
    day = at.astimezone(cells.zone).date()
    text = cells.moment(at)
    if day == today:
        return cells.say(TODAY).format(time=text[11:])
    if day == today - timedelta(days=1):
        return cells.say(YESTERDAY).format(time=text[11:])
    return text[5:] if day.year == today.year else text


def short_moment(services: Services, at: datetime) -> str:
    """Return a moment in figures, without the year that everybody knows."""
    zone = ZoneInfo(services.settings.zone)
    there = at.astimezone(zone)
    this_year = there.year == services.now().astimezone(zone).year
    return there.strftime("%m-%d %H:%M" if this_year else "%Y-%m-%d %H:%M")
