"""What does the workbench show: figures, short lists, what is late, what was last worked on?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from engine.app import App, Form
from engine.definition.page import Card
from engine.outcomes import Denied
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from runtime.use_cases.recent_records import recent_records
from runtime.web.inbox.doing import Doing, Item, record_href
from runtime.web.inbox.doing import title_of as called
from runtime.web.lists.state import write_filter
from runtime.web.lists.view import short_figure, sorted_by, standing_of, title_of
from runtime.web.showing import sayer
from runtime.web.values.moments import short_moment
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

WAN = Decimal(10_000)
GREETINGS = (
    (5, Message("夜深了，{name}")),
    (11, Message("早上好，{name}")),
    (13, Message("中午好，{name}")),
    (18, Message("下午好，{name}")),
    (24, Message("晚上好，{name}")),
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number on the workbench, with the records behind it."""

    label: str
    value: str
    unit: str
    href: str


@dataclass(frozen=True, kw_only=True)
class ShortList:
    """A few records on the workbench."""

    label: str
    href: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """The home page of one person, over all apps or in one."""

    services: Services
    visit: Visit
    app: str | None

    def apps(self) -> list[App]:
        """Return the apps that it looks at."""
        every = list(self.services.apps.values())
        return [each for each in every if self.app is None or each.id == self.app]

    def greeting(self) -> str:
        """Return what fits the hour where the workspace is."""
        hour = self.services.now().astimezone(ZoneInfo(self.services.settings.zone)).hour
        message = next(text for until, text in GREETINGS if hour < until)
        return sayer(self.visit.locale)(message.text, name=self.visit.person.name)

    def figures(self) -> tuple[Figure, ...]:
        """Return the numbers that the apps put on the home page."""
        return tuple(
            figure
            for form, card in self._cards()
            if card.show != "list" and (figure := self._figure(form, card))
        )

    def lists(self) -> tuple[ShortList, ...]:
        """Return the short lists that the apps put on the home page."""
        return tuple(
            made
            for form, card in self._cards()
            if card.show == "list" and (made := self._list(form, card))
        )

    def doing(self) -> tuple[Item, ...]:
        """Return what the person should do now, the most urgent first."""
        return Doing(services=self.services, visit=self.visit, app=self.app).all()

    def recent(self) -> tuple[Item, ...]:
        """Return what the person worked on last."""
        return tuple(
            Item(
                href=record_href(form, record),
                title=called(form, record, self.visit.locale),
                meta=self._label(form),
                symbol=form.definition.icon,
                when=short_moment(self.services, record.updated_at),
            )
            for form, record in recent_records(self.services, self.visit.act(), self.app)
        )

    def _cards(self) -> Iterator[tuple[Form, Card]]:
        for app in self.apps():
            roles = self.visit.person.roles_in(app.id)
            for card in app.definition.home:
                seen = not card.roles or self.visit.person.admin or roles & set(card.roles)
                if seen and card.form in app.forms:
                    yield app.forms[card.form], card

    def _figure(self, form: Form, card: Card) -> Figure | None:
        measure = f"sum:{card.of}" if card.show == "sum" and card.of else "count"
        wanted = Wanted(filters=card.where)
        act = self.visit.act()
        groups = aggregate_records(self.services, act, form, wanted, (), (measure,))
        if isinstance(groups, BadQuestion | Denied):
            return None
        value = groups[0][measure] if groups else 0
        shown, unit = self._number(form, card, value)
        return Figure(
            label=words(card.label, self.visit.locale),
            value=shown,
            unit=unit,
            href=_list_href(form, card),
        )

    def _number(self, form: Form, card: Card, value: Any) -> tuple[str, str]:
        if card.show == "count" or not card.of:
            return f"{int(value or 0):,}", ""
        amount = Decimal(str(value or 0))
        if self.visit.locale == "zh" and abs(amount) >= WAN:
            return f"{amount / WAN:,.1f}", "万"
        return short_figure(form.fields[card.of].show(amount, self.visit.locale)), ""

    def _list(self, form: Form, card: Card) -> ShortList | None:
        wanted = Wanted(
            filters=card.where,
            sort=card.sort or form.definition.list.sort,
            limit=card.limit,
            total=False,
        )
        page = list_records(self.services, self.visit.act(), form, wanted)
        if not isinstance(page, Page):
            return None
        cells = cells_for(self.services, self.visit, form, page.records)
        subtitle = form.definition.subtitle
        by = sorted_by(form, wanted.sort)
        items = tuple(
            Item(
                href=record_href(form, record),
                title=title_of(form, record, cells),
                meta=cells.text(form, subtitle, record.values.get(subtitle)) if subtitle else "",
                symbol=form.definition.icon,
                badge=cells.text(form, "stage", record.stage),
                tone="blue",
                when=standing_of(form, record, by, cells, self.services.now()),
            )
            for record in page.records
        )
        label = words(card.label, self.visit.locale)
        return ShortList(label=label, href=_list_href(form, card), items=items)

    def _label(self, form: Form) -> str:
        return words(form.definition.label, self.visit.locale)


def _list_href(form: Form, card: Card) -> str:
    if isinstance(card.where, str):
        query = urlencode({"feel": card.where})
    else:
        query = urlencode([("f", write_filter(each)) for each in card.where] or [("f", "")])
    return f"/a/{form.app}/{form.id}/?{query}"
