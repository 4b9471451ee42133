"""What do use cases need of the outside: the store, the apps, the clock, the calendar?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.app import App, Form
from runtime.settings import Settings
from runtime.store import Store
from runtime.work_calendar import WorkspaceCalendar


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that is built once at start and handed to each use case."""

    store: Store
    apps: dict[str, App]
    """Grows and changes when apps are installed; always read it anew."""
    clock: Callable[[], datetime]
    calendar: WorkspaceCalendar
    settings: Settings

    def now(self) -> datetime:
        """Return this moment, with its zone."""
        return self.clock()

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the zone of the workspace."""
        return moment.astimezone(ZoneInfo(self.settings.zone))

    def today(self, now: datetime) -> date:
        """Return the day of a moment where the workspace is."""
        return self.local(now).date()

    def app(self, id_: str) -> App | None:
        """Return an installed app."""
        return self.apps.get(id_)

    def form(self, app: str, form: str) -> Form | None:
        """Return a form of an installed app."""
        found = self.apps.get(app)
        return found.forms.get(form) if found else None
