"""How often would a rule have gone off lately, and for which records?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.app import Form, Rule
from engine.record import Record
from engine.rules.stretch import Stretch
from runtime.limits import BACKTEST_RECORDS
from runtime.services import Services
from runtime.store import Event
from runtime.store.query import Query
from runtime.use_cases.act import env_of
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.acting import act_of
from runtime.use_cases.rules.hearing import happened_in, hears
from runtime.use_cases.rules.reading import titles_of
from runtime.use_cases.rules.ticking import expected_times

DAYS = 30
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One occasion on which the rule would have gone off."""

    at: datetime
    record: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """What a rule would have done in the last days, had it been there."""

    rule: Rule
    since: datetime
    hits: tuple[Hit, ...]
    """Latest first."""
    looked_at: int
    """How many records were looked at."""
    whole: bool
    """False if there are more records than that."""

    @property
    def records(self) -> int:
        """How many records it would have been about."""
        return len({hit.record for hit in self.hits})


def backtest(services: Services, rule: Rule, days: int = DAYS) -> BackTest:
    """Go through what happened and find where the rule would have gone off; nothing is changed
    and nobody is told. What records say beyond references is taken as it is now."""
    form = services.apps[rule.app].forms[rule.form]
    with services.store.reading() as unit:
        work = begin(services, unit, act_of(rule, None), form)
        since = work.now - timedelta(days=days)
        replay = _Replay(work, rule, since)
        looked_at = 0
        hits: list[Hit] = []
        query = Query(form=form, sight=work.sight, actor=work.act.actor, env=work.env)
        for batch in unit.query.batches(query, BATCH):
            looked_at += len(batch)
            hits += replay.hits(batch)
            if looked_at >= BACKTEST_RECORDS:
                break
        hits.sort(key=lambda hit: hit.at, reverse=True)
        titles = titles_of(work, {hit.record for hit in hits})
    return BackTest(
        rule=rule,
        since=since,
        hits=tuple(replace(hit, title=titles.get(hit.record, "")) for hit in hits),
        looked_at=looked_at,
        whole=looked_at < BACKTEST_RECORDS,
    )


@dataclass(frozen=True)
class _Replay:
    work: Work
    rule: Rule
    since: datetime

    def hits(self, records: Sequence[Record]) -> Iterator[Hit]:
        """Yield the occasions for some records."""
        ids = [record.id for record in records]
        events: dict[str, list[Event]] = defaultdict(list)
        for event in self.work.unit.events.of_form(self.work.form, self.since, ids):
            events[event.record or ""].append(event)
        arrivals = self._arrivals(ids)
        known = self.work.unit.records.many(self.work.form, ids)
        for record in (known[id_] for id_ in ids if id_ in known):
            life = tuple(_life(self.work.form, record, events[record.id]))
            if self.rule.definition.on.by_clock:
                yield from self._by_clock(life, record, arrivals.get(record.id))
            else:
                yield from self._by_event(life)

    def _by_event(self, life: Sequence[tuple[Event | None, Record]]) -> Iterator[Hit]:
        for event, record in life:
            if event is None or event.actor == self.rule.actor:
                continue
            happened = happened_in(event, record.stage)
            if hears(self.rule, happened) and self._holds(record, event.at):
                yield Hit(at=event.at, record=record.id)

    def _by_clock(
        self,
        life: Sequence[tuple[Event | None, Record]],
        now: Record,
        arrivals: tuple[datetime, ...] | None,
    ) -> Iterator[Hit]:
        for stretch in self._stretches(life, now, arrivals):
            for moment in self.rule.definition.on.moments(stretch):
                if self._holds(stretch.record, moment):
                    yield Hit(at=moment, record=stretch.record.id)

    def _stretches(
        self,
        life: Sequence[tuple[Event | None, Record]],
        now: Record,
        arrivals: tuple[datetime, ...] | None,
    ) -> Iterator[Stretch]:
        active, entered = self._before(life, now)
        starts = [event.at if event else max(self.since, now.created_at) for event, _ in life]
        for (event, record), start, end in zip(
            life, starts, [*starts[1:], self.work.now], strict=True
        ):
            if event is not None and event.door != "automation":
                active = event.at
            if event is not None and ("stage" in event.changes or event.kind == "created"):
                entered = event.at
            for from_, to, since in _parted(start, end, active, now.created_at, arrivals):
                yield Stretch(
                    start=from_,
                    end=to,
                    record=record,
                    active_at=since,
                    entered_at=entered,
                    calendar=self.work.services.calendar,
                    expected=expected_times(self.work.form),
                )

    def _before(
        self, life: Sequence[tuple[Event | None, Record]], now: Record
    ) -> tuple[datetime, datetime]:
        """Return when something last happened before the time looked at, and since when the
        record stood in its stage then."""
        later = [event for event, _ in life if event is not None]
        if not later:
            return now.last_activity_at, now.stage_entered_at or now.created_at
        older = self.work.unit.events.of_record(self.work.form, now.id, before=later[0].id)
        by_people = (event.at for event in older if event.door != "automation")
        moved = (event.at for event in older if "stage" in event.changes)
        return next(by_people, now.created_at), next(moved, now.created_at)

    def _arrivals(self, ids: Sequence[str]) -> Mapping[str, tuple[datetime, ...]]:
        trigger = self.rule.definition.on
        of, by = getattr(trigger, "of", None), getattr(trigger, "by", None)
        if not trigger.by_clock or of is None or by is None:
            return {}
        found = self.work.unit.rule_runs.arrivals(self.work.app.forms[of], by, ids)
        return {id_: found.get(id_, ()) for id_ in ids}

    def _holds(self, record: Record, at: datetime) -> bool:
        if self.rule.condition is None:
            return True
        work = self.work
        env = env_of(work.services, work.act, self.rule.app, at)
        return self.rule.condition.holds(work.row(record), env)


def _life(
    form: Form, now: Record, events: Sequence[Event]
) -> Iterator[tuple[Event | None, Record]]:
    """Yield each event with the record as it was after it, first the record before all of them."""
    states: list[tuple[Event | None, Record]] = []
    record = now
    for event in reversed(events):
        states.append((event, record))
        if event.kind == "created":
            break
        record = _before_it(form, record, event)
    else:
        states.append((None, record))
    yield from reversed(states)


def _before_it(form: Form, record: Record, event: Event) -> Record:
    values: dict[str, Any] = dict(record.values)
    system: dict[str, Any] = {}
    for name, (old, _) in event.changes.items():
        if name in form.fields:
            values[name] = form.fields[name].read(old)
        elif name in ("stage", "owner", "department"):
            system[name] = old
    return replace(record, values=values, **system)


def _parted(
    start: datetime,
    end: datetime,
    active: datetime,
    made: datetime,
    arrivals: tuple[datetime, ...] | None,
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield a stretch with when something last happened; if only what arrives in a list counts,
    the parts between two arrivals."""
    if arrivals is None:
        yield start, end, active
        return
    last = max((at for at in arrivals if at <= start), default=made)
    cuts = [at for at in arrivals if start < at < end]
    for from_, to in zip([start, *cuts], [*cuts, end], strict=True):
        yield from_, to, last if from_ == start else from_
