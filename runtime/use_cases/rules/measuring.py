"""Whose figures were too low or too high in the periods that have just ended?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.app import Form, Rule
from engine.rules.triggers.threshold import Period, Threshold
from runtime.services import Services
from runtime.store import Unit
from runtime.store.figures import ALL, Figures, Tally, tallies
from runtime.store.rule_lives import there_since
from runtime.use_cases.act import env_of
from runtime.use_cases.rules.acting import act_of
from runtime.use_cases.rules.figure import figure_of
from runtime.use_cases.rules.firing import Occurrence, fire

FIRE = "fire_rule"
IN_A_JOB = 50
PLACES = Decimal("0.01")


def watch_figures(services: Services, rule: Rule, trigger: Threshold, now: datetime) -> int:
    """Look at the figures of a rule once for each period that has ended since it looked last,
    and leave the work; return for how many it goes off. After a standstill, the last period."""
    periods = trigger.looked_for(now, services.calendar)
    with services.store.reading() as unit:
        since = unit.rule_runs.looked(rule.app, rule.id)
        born = there_since(unit, rule.app, rule.id)
    # A new rule counts only what has ended since it came.
    new = trigger.told_at(periods[0], services.calendar) <= born if born else since is None
    if since is not None and since >= trigger.told_at(periods[-1], services.calendar):
        return 0
    with services.store.unit() as unit:
        looking = () if new else _crossing(services, unit, rule, trigger, periods, now)
        found = tuple(looking)
        for first in range(0, len(found), IN_A_JOB):
            listed = found[first : first + IN_A_JOB]
            unit.jobs.save(FIRE, {"app": rule.app, "rule": rule.id, "figures": listed}, now)
        unit.rule_runs.look(rule.app, rule.id, now)
    return len(found)


def _crossing(
    services: Services,
    unit: Unit,
    rule: Rule,
    trigger: Threshold,
    periods: Sequence[Period],
    now: datetime,
) -> Iterator[dict[str, Any]]:
    """Yield whose figures crossed the line in each period; a period counts once."""
    found = tallies(unit, _asked(services, rule, trigger, periods, now))
    for subject in _subjects(unit, rule, trigger, found):
        figures = [
            _figure(trigger, found.get((subject, number), Tally()))
            for number in range(len(periods))
        ]
        counted = any(unit.rule_runs.known(_key(rule, subject, one)) for one in periods[:-1])
        if not counted and all(trigger.crossed(one) for one in figures):
            yield {
                "person": subject,
                "since": periods[0][0].isoformat(),
                "until": periods[-1][0].isoformat(),
                "value": _told(trigger, figures[-1]),
            }


def _key(rule: Rule, person: str, period: Period) -> str:
    return f"{rule.actor}:{person or 'all'}:{period[0].isoformat()}"


def _asked(
    services: Services, rule: Rule, trigger: Threshold, periods: Sequence[Period], now: datetime
) -> Figures:
    return Figures(
        form=services.apps[rule.app].forms[rule.form],
        when=trigger.when,
        periods=periods,
        zone=services.calendar.zone,
        by_owner=trigger.each == "owner",
        of=trigger.of,
        that=rule.logic.get("on/that"),
        condition=rule.condition,
        env=env_of(services, act_of(rule, None), rule.app, now),
    )


def _subjects(
    unit: Unit, rule: Rule, trigger: Threshold, found: Mapping[tuple[str, int], Tally]
) -> tuple[str, ...]:
    if trigger.each == "total":
        return (ALL,)
    if trigger.roles:
        playing = (unit.people.with_role(rule.app, role) for role in trigger.roles)
        return tuple(dict.fromkeys(person.id for people in playing for person in people))
    owners = tuple(dict.fromkeys(person for person, _ in found))
    known = unit.people.by_ids(owners)
    return tuple(id_ for id_ in owners if id_ in known and known[id_].active)


def _figure(trigger: Threshold, tally: Tally) -> Decimal | None:
    match trigger.measure:
        case "count":
            return Decimal(tally.count)
        case "sum":
            return tally.sum
        case "avg":
            return tally.sum / tally.given if tally.given else None
        case "ratio":
            return Decimal(tally.holding) / tally.count if tally.count else None


def _told(trigger: Threshold, figure: Decimal | None) -> str:
    shown = figure or Decimal(0)
    if trigger.measure == "ratio":
        return f"{(shown * 100).quantize(PLACES):f}".rstrip("0").rstrip(".") + "%"
    text = f"{shown.quantize(PLACES):f}"
    return text.rstrip("0").rstrip(".")


def fire_for_figures(
    services: Services, app: str, rule_id: str, figures: Sequence[Mapping[str, Any]]
) -> int:
    """Do what a rule says for figures that were noticed, and return how often it went off."""
    found = services.app(app)
    rule = found.rules.get(rule_id) if found else None
    if rule is None or rule.definition.paused:
        return 0
    form = services.apps[app].forms[rule.form]
    runs = (fire(services, _occurrence(services, rule, form, one)) for one in figures)
    return sum(run is not None for run in runs)


def _occurrence(services: Services, rule: Rule, form: Form, given: Mapping[str, Any]) -> Occurrence:
    return Occurrence(
        rule=rule,
        record="",
        key=f"{rule.actor}:{given['person'] or 'all'}:{given['until']}",
        reason=dict(given),
        about=lambda unit: figure_of(unit, form, given, services.now()),
    )
