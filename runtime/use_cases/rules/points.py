"""How many points does somebody have, and who has the most?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.app import App
from engine.definition.ledger import LedgerDef
from engine.outcomes import Missing
from engine.record import Actor
from runtime.services import Services
from runtime.store.points import Booked
from runtime.use_cases.act import Act

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Score:
    """One ledger as somebody sees it."""

    app: App
    ledger: LedgerDef
    balance: Decimal
    this_month: Decimal
    booked: tuple[Booked, ...]
    """Their own, latest first."""
    more: bool
    ranking: tuple[tuple[str, Decimal], ...] | None
    """Everybody who has any; None if that is not for them."""
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ScoreWanted:
    """Which part of a ledger is looked at."""

    ledger: str | None = None
    """The first one without it."""
    month: bool = True
    """Whether the ranking counts this month only."""
    before: str | None = None


def may_see_points(app: App, actor: Actor) -> bool:
    """Tell whether somebody finds the page of points: all who play a part in an app with some."""
    return bool(app.definition.ledgers) and (actor.admin or bool(actor.roles_in(app.id)))


def score(services: Services, act: Act, app_id: str, wanted: ScoreWanted) -> Score | Missing:
    """Return somebody's own points, and everybody's for those who may see them."""
    app = services.app(app_id)
    if app is None or not may_see_points(app, act.actor):
        return Missing()
    ledgers = app.definition.ledgers
    ledger = next((one for one in ledgers if wanted.ledger in (None, one.id)), None)
    if ledger is None:
        return Missing()
    since, me = _first_of_month(services), act.actor.id
    with services.store.reading() as unit:
        booked = unit.points.of_person(app.id, ledger.id, me, PER_PAGE + 1, wanted.before)
        of_month = dict(unit.points.ranking(app.id, ledger.id, since, limit=10_000))
        ranking = None
        if _sees_all(app, ledger, act.actor):
            ranking = unit.points.ranking(app.id, ledger.id, since if wanted.month else None)
        balance = unit.points.balance(app.id, ledger.id, me)
        names = unit.people.names({person for person, _ in ranking or ()})
    return Score(
        app=app,
        ledger=ledger,
        balance=balance,
        this_month=of_month.get(me, Decimal(0)),
        booked=booked[:PER_PAGE],
        more=len(booked) > PER_PAGE,
        ranking=ranking,
        names=names,
    )


def _sees_all(app: App, ledger: LedgerDef, actor: Actor) -> bool:
    return actor.admin or bool(set(ledger.ranking) & actor.roles_in(app.id))


def _first_of_month(services: Services) -> datetime:
    today = services.today(services.now()).replace(day=1)
    return datetime.combine(today, time(0), ZoneInfo(services.settings.zone))
