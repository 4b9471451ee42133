"""Where does somebody see their points, and who has the most?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from engine.wording import words
from runtime.services import Services
from runtime.store.points import Booked
from runtime.use_cases.rules.points import Score, ScoreWanted, score
from runtime.web.answers import not_found
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the page of points."""
    blueprint = Blueprint("points", __name__)

    @blueprint.get("/points/<app>")
    @signed_in
    def show_points(visit: Visit, app: str) -> ResponseReturnValue:
        wanted = ScoreWanted(
            ledger=request.args.get("ledger") or None,
            month=request.args.get("span") != "all",
            before=request.args.get("before") or None,
        )
        found = score(services, visit.act(), app, wanted)
        if isinstance(found, Missing):
            not_found()
        return show(services, visit, "rules/points.html", **_values(services, visit, found, wanted))

    return blueprint


def _values(services: Services, visit: Visit, found: Score, wanted: ScoreWanted) -> dict[str, Any]:
    locale = visit.locale
    ledgers = [(one.id, words(one.label, locale)) for one in found.app.definition.ledgers]
    return {
        "app": found.app.id,
        "active": "points",
        "label": words(found.ledger.label, locale),
        "help": words(found.ledger.help, locale) if found.ledger.help else "",
        "ledger": found.ledger.id,
        "ledgers": ledgers,
        "balance": points_text(found.balance),
        "this_month": points_text(found.this_month),
        "booked": [_line(services, visit, one) for one in found.booked],
        "next": found.booked[-1].id if found.more else None,
        "month": wanted.month,
        "ranking": None
        if found.ranking is None
        else [
            (at, found.names.get(person, "—"), points_text(points), person == visit.person.id)
            for at, (person, points) in enumerate(found.ranking, 1)
        ],
    }


def _line(services: Services, visit: Visit, one: Booked) -> dict[str, Any]:
    return {
        "at": f"{services.local(one.at):%Y-%m-%d %H:%M}",
        "text": one.text.fill(translate(visit.locale), visit.locale),
        "points": points_text(one.points, signed=True),
        "minus": one.points < 0,
        "href": f"/a/{one.app}/{one.form}/{one.record}" if one.record else None,
    }


def points_text(points: Decimal, signed: bool = False) -> str:
    """Return points without needless zeros."""
    text = f"{points:,.2f}".rstrip("0").rstrip(".")
    return f"+{text}" if signed and points > 0 else text
