"""What did the rules of an app do, for those who may know what the app is made of?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.access.designing import may_design
from engine.app import App, Rule
from engine.outcomes import Denied, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.store.connectors import Call
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.act import Act
from runtime.use_cases.rules.backtest import BackTest, backtest
from runtime.use_cases.rules.firing import retry

PER_PAGE = 50
NOT_YOURS = Message("只有应用的设计者和管理员可以查看规则")


@dataclass(frozen=True, kw_only=True)
class RunLog:
    """The rules of an app, and what they did lately."""

    app: App
    counts: Mapping[str, Mapping[str, int]]
    """By rule, how often it ended in each state."""
    runs: tuple[RuleRun, ...]
    more: bool
    people: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class OneRun:
    """One firing, and what can be said of it."""

    app: App
    rule: Rule | None
    """None if the app has no such rule any more."""
    run: RuleRun
    people: Mapping[str, str]
    departments: Mapping[str, str]
    calls: Mapping[int, Call]
    """What other systems were asked, by the number of the action."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which firings are looked for."""

    rule: str | None = None
    state: str | None = None
    before: str | None = None


def run_log(services: Services, act: Act, app_id: str, wanted: Wanted) -> RunLog | Denied | Missing:
    """Return what the rules of an app did, latest first."""
    app = _app(services, act, app_id)
    if not isinstance(app, App):
        return app
    with services.store.reading() as unit:
        runs = unit.rule_runs.of_app(
            app.id,
            rule=wanted.rule,
            state=wanted.state,
            before=wanted.before,
            limit=PER_PAGE + 1,
        )
        counts: dict[str, Counter[str]] = {id_: Counter() for id_ in app.rules}
        for (rule, state), count in unit.rule_runs.counts(app.id).items():
            counts.setdefault(rule, Counter())[state] += count
        people = unit.people.names({one for run in runs for one in people_in(run)})
    return RunLog(
        app=app, counts=counts, runs=runs[:PER_PAGE], more=len(runs) > PER_PAGE, people=people
    )


def one_run(services: Services, act: Act, app_id: str, run_id: str) -> OneRun | Denied | Missing:
    """Return one firing of a rule."""
    app = _app(services, act, app_id)
    if not isinstance(app, App):
        return app
    with services.store.reading() as unit:
        run = unit.rule_runs.one(run_id)
        if run is None or run.app != app.id:
            return Missing()
        people = unit.people.names(people_in(run))
        departments = unit.people.departments.names()
        calls = unit.connectors.of_run(run_id)
    rule = app.rules.get(run.rule)
    return OneRun(app=app, rule=rule, run=run, people=people, departments=departments, calls=calls)


def retry_run(services: Services, act: Act, app_id: str, run_id: str) -> RuleRun | Denied | Missing:
    """Let a rule go on from the action that failed."""
    found = one_run(services, act, app_id, run_id)
    if not isinstance(found, OneRun):
        return found
    return retry(services, run_id) or Missing()


def try_rule(
    services: Services, act: Act, app_id: str, rule_id: str, days: int
) -> BackTest | Denied | Missing:
    """Return how often a rule would have gone off in the last days."""
    app = _app(services, act, app_id)
    if not isinstance(app, App):
        return app
    rule = app.rules.get(rule_id)
    return backtest(services, rule, days) if rule and rule.definition.on.replays else Missing()


def people_in(run: RuleRun) -> Iterator[str]:
    """Yield the ids of the people that a firing names."""
    if isinstance(run.reason.get("by"), str):
        yield run.reason["by"]
    for step in run.steps:
        yield from step.get("told", {}).get("people", ())
    yield from (value for value in run.facts.values() if isinstance(value, str))


def _app(services: Services, act: Act, app_id: str) -> App | Denied | Missing:
    app = services.app(app_id)
    if app is None:
        return Missing()
    return app if may_design(app, act.actor) else Denied(NOT_YOURS)
